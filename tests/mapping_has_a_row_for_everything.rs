//! The promise: every element and attribute that the schemas let stand in a message has a row in the mappings, and the page of the
//! mappings says what their files say.
//!
//! `BINDELEDD_UPDATE=1 cargo test --test mapping_has_a_row_for_everything` writes the page anew.

#![expect(clippy::print_stderr, reason = "the figures are wanted")]

#[expect(dead_code, reason = "this promise needs less of them than the one they are made for")]
mod mutants;

use bindeledd::translation::mapping::{knows, page, roots};
use mutants::blueprint::{Blueprint, Part, XS, sheets, texts};
use mutants::originals::standards;
use std::path::{Path, PathBuf};

/// From the root: namespaces and names.
type Way = Vec<(String, String)>;

struct Walk<'s> {
    blueprint: &'s Blueprint<'s>,
    seen: usize,
    missing: Vec<String>,
}

impl<'s> Walk<'s> {
    fn element(&mut self, declaration: Part<'s>, namespace: &str, way: &Way) {
        let reference = declaration.named("ref").and_then(|name| self.blueprint.find("element", name));
        let declared = reference.unwrap_or(declaration);
        let Some(local) = declared.get("name") else { return };
        let is_global = reference.is_some() || way.is_empty();
        let own = if is_global { declared.namespace() } else { declared.namespace_by_form("elementFormDefault") };
        let step = (own.to_owned(), local.to_owned());
        // An organisation in an organisation in an organisation has the same rows.
        if way.iter().filter(|known| **known == step).count() > 1 {
            return;
        }
        let mut way = way.clone();
        way.push(step);
        self.ask(&way);
        let named = declared.named("type").and_then(|name| self.blueprint.find("complexType", name));
        if let Some(kind) = declared.child(&["complexType"]).or(named) {
            self.inside(kind, namespace, &way);
        }
    }

    fn ask(&mut self, way: &Way) {
        self.seen += 1;
        let names: Vec<(&str, &str)> = way.iter().map(|(namespace, local)| (namespace.as_str(), local.as_str())).collect();
        if !knows(&names) {
            self.missing.push(names.iter().map(|(_, local)| *local).collect::<Vec<_>>().join("/"));
        }
    }

    /// Children and attributes, those of the base too.
    fn inside(&mut self, part: Part<'s>, namespace: &str, way: &Way) {
        for child in part.children() {
            match child.kind() {
                "element" => self.element(child, namespace, way),
                "attribute" => self.attribute(child, way),
                "attributeGroup" | "group" => {
                    let named = child.named("ref").and_then(|name| self.blueprint.find(child.kind(), name));
                    named.into_iter().for_each(|group| self.inside(group, namespace, way));
                }
                "extension" | "restriction" => {
                    let base = child.named("base").filter(|(namespace, _)| *namespace != XS);
                    let base = base.and_then(|name| self.blueprint.find("complexType", name));
                    base.into_iter().for_each(|base| self.inside(base, namespace, way));
                    self.inside(child, namespace, way);
                }
                "sequence" | "choice" | "all" | "simpleContent" | "complexContent" => self.inside(child, namespace, way),
                _ => {}
            }
        }
    }

    fn attribute(&mut self, attribute: Part<'s>, way: &Way) {
        let reference = attribute.named("ref").and_then(|name| self.blueprint.find("attribute", name));
        let declared = reference.unwrap_or(attribute);
        let Some(local) = declared.get("name") else { return };
        let own =
            if reference.is_some() { declared.namespace() } else { declared.namespace_by_form("attributeFormDefault") };
        let mut way = way.clone();
        way.push((own.to_owned(), local.to_owned()));
        self.ask(&way);
    }
}

#[test]
fn whatever_a_schema_lets_stand_in_a_message_has_a_row() {
    let mut files = standards::files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas"), "xsd");
    files.retain(|file| !file.ends_with("all.xsd"));
    let texts = texts(files.iter().map(PathBuf::as_path));
    let sheets = sheets(&texts);
    let blueprint = Blueprint::of(&sheets);
    let mut walk = Walk { blueprint: &blueprint, seen: 0, missing: Vec::new() };
    let roots = roots();
    assert!(roots.len() >= 20, "only {} roots", roots.len());
    for (namespace, local) in roots {
        let declaration = blueprint.find("element", (namespace, local));
        walk.element(declaration.unwrap_or_else(|| panic!("no schema has {local} in {namespace}")), namespace, &Vec::new());
    }
    eprintln!("{} elements and attributes, each with its way from the root", walk.seen);
    assert!(walk.seen > 3_000, "only {} were met", walk.seen);
    assert!(walk.missing.is_empty(), "{} without a row:\n{}", walk.missing.len(), walk.missing.join("\n"));
}

#[test]
fn the_page_of_the_mappings_says_what_their_files_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/mapping.md");
    if std::env::var_os("BINDELEDD_UPDATE").is_some() {
        std::fs::write(&path, page()).expect("the page can be written");
    }
    let is_current = std::fs::read_to_string(&path).is_ok_and(|written| written == page());
    assert!(is_current, "docs/mapping.md is out of date; BINDELEDD_UPDATE=1 writes it anew");
}
