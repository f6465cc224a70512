//! The promise: an element with a code in it has a row that says of which list, or that there is none. It holds for every such
//! element that the schemas declare, and for every one in the samples that the authorities publish.

use bindeledd::codelists::{Membership, by_number, by_oid};
use bindeledd::messages::bindings::{Binding, Kind, Space, all, binding};
use bindeledd::xml::{Limits, Node, Tree, decode};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> =
        paths.flat_map(|path| if path.is_dir() { files_below(&path, ending) } else { vec![path] }).collect();
    found.retain(|path| path.extension().is_some_and(|has| has == ending));
    found.sort();
    found
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Shows the root of a file. The schemas of the W3C have a document type, which is not read, and no codes.
fn with_root(path: &Path, see: impl FnMut(Node<'_>)) {
    let bytes = std::fs::read(path).expect("reads");
    let text = decode(&bytes).unwrap_or_else(|trouble| panic!("{}: {trouble:?}", path.display()));
    let (tree, _) = Tree::read(&text, &Limits::default());
    tree.root().into_iter().for_each(see);
}

/// The name of the nearest element declaration or named type around this one.
fn declared_in<'t>(node: Node<'t>) -> &'t str {
    let above = std::iter::successors(node.parent(), |node| node.parent());
    above.filter_map(|node| node.attribute("name")).next().unwrap_or_default()
}

#[test]
fn every_coded_element_that_a_schema_declares_has_a_row_of_its_kind_and_no_row_is_for_nothing() {
    let folders = ["schemas", "../shared/standards/xsd"].map(|folder| project().join(folder));
    let mut declared: BTreeSet<(Space, String)> = BTreeSet::new();
    let mut wrong = Vec::new();
    for file in folders.iter().flat_map(|folder| files_below(folder, "xsd")) {
        with_root(&file, |schema| {
            let namespace = schema.attribute("targetNamespace").unwrap_or_default();
            let Some(space) = Space::of(namespace) else { return };
            for element in schema.descendants().filter(|node| node.is(SCHEMA, "element")) {
                let (Some(name), Some(of_type)) = (element.attribute("name"), element.attribute("type")) else { continue };
                let wanted = match of_type.rsplit(':').next() {
                    Some("CS") => Kind::Cs,
                    Some("CV") => Kind::Cv,
                    Some("PQ") => Kind::Unit,
                    _ => continue,
                };
                declared.insert((space, name.to_string()));
                let found = binding(namespace, declared_in(element), name).map(|row| row.kind);
                if found != Some(wanted) {
                    wrong.push(format!(
                        "{}: {}/{name} is {wanted:?}, the row is {found:?}",
                        file.display(),
                        declared_in(element)
                    ));
                }
            }
        });
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    if declared.is_empty() {
        return eprintln!("SKIPPED: there is no schema");
    }
    let for_nothing: Vec<_> = all()
        .iter()
        .filter(|row| !declared.contains(&(row.space, row.element.to_string())))
        .map(|row| row.element)
        .collect();
    assert!(for_nothing.is_empty(), "no schema has {for_nothing:?}");
}

/// What the official samples hold, counted.
#[derive(Default)]
struct Figures {
    bound: usize,
    agreed: usize,
    members: usize,
    possible: usize,
    strangers: BTreeMap<String, usize>,
    unbound: BTreeMap<String, usize>,
}

impl Figures {
    fn see(&mut self, node: Node<'_>) {
        let (v, unit) = (node.attribute("V"), node.attribute("U"));
        if v.is_none() && node.attribute("S").is_none() && node.attribute("OT").is_none() {
            return;
        }
        let parent = node.parent().map_or("", |parent| parent.name().local);
        let path = format!("{}/{}", parent, node.name().local);
        let Some(row) = binding(node.name().namespace, parent, node.name().local) else {
            *self.unbound.entry(path).or_default() += 1;
            return;
        };
        self.bound += 1;
        let code = if row.kind == Kind::Unit { unit } else { v };
        let Some(code) = code.filter(|_| !row.lists.is_empty()) else {
            self.agreed += 1;
            return;
        };
        match membership(row, node.attribute("S"), code) {
            Some(Membership::Member(_)) => self.members += 1,
            Some(Membership::Possible) => self.possible += 1,
            Some(Membership::Stranger) | None => *self.strangers.entry(format!("{path}={code}")).or_default() += 1,
        }
    }
}

/// Whether the code is of the list that `S` names, or of any that the element may have.
fn membership(row: &Binding, s: Option<&str>, code: &str) -> Option<Membership> {
    let may_be = |number: &u32| row.lists.contains(number);
    let lists: Vec<u32> = match s {
        Some(oid) => by_oid(oid).map(|list| list.number).filter(may_be).into_iter().collect(),
        None => row.lists.to_vec(),
    };
    let memberships = lists.iter().filter_map(|list| by_number(*list)).map(|list| list.membership(code));
    memberships.min_by_key(|membership| match membership {
        Membership::Member(_) => 0,
        Membership::Possible => 1,
        Membership::Stranger => 2,
    })
}

#[test]
fn every_code_in_the_official_samples_is_of_a_list_that_its_element_has() {
    let samples = project().join("../shared/standards/samples");
    let folders = ["plo-1.6", "dialog-1.0", "dialog-1.1", "apprec"].map(|folder| samples.join(folder));
    let files: Vec<_> = folders.iter().flat_map(|folder| files_below(folder, "xml")).collect();
    if files.is_empty() {
        return eprintln!("SKIPPED: there is no {}", samples.display());
    }
    let mut figures = Figures::default();
    for file in &files {
        with_root(file, |root| root.descendants().for_each(|node| figures.see(node)));
    }
    let Figures { bound, agreed, members, possible, strangers, unbound } = figures;
    eprintln!(
        "{} samples, {bound} coded elements: {members} with a code of our edition, {possible} that the list may have, {agreed} \
         without a list or a code; {strangers:?}",
        files.len()
    );
    // TS and URL have a V too, and no code in it.
    let no_codes =
        ["IssueDate", "TeleAddress", "TidspunktForHendelse", "AdmStart", "DoseringStarttidspunkt", "DoseringSluttidspunkt"];
    let unbound: Vec<_> =
        unbound.keys().filter(|path| !no_codes.iter().any(|name| path.ends_with(&format!("/{name}")))).collect();
    assert!(unbound.is_empty(), "no row for {unbound:?}");
    assert!(strangers.is_empty(), "{strangers:?}");
    assert!(bound > 700, "only {bound} coded elements");
}
