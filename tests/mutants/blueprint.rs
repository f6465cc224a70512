//! A set of schema files as trees, with their named parts findable: enough of them to grow documents from. It judges nothing.

use super::outline::Outline;
use bindeledd::xml::{Limits, Node, Tree, decode};
use std::collections::HashMap;
use std::path::Path;

pub const XS: &str = "http://www.w3.org/2001/XMLSchema";

/// The texts of schema files.
pub fn texts<'p>(files: impl IntoIterator<Item = &'p Path>) -> Vec<String> {
    let text = |file: &Path| {
        let bytes = std::fs::read(file).expect("reads");
        let text = decode(&bytes).expect("a schema is text");
        // A document type would be refused, and says nothing here.
        match text.split_once("<!DOCTYPE") {
            Some((before, rest)) => before.to_string() + rest.split_once("]>").expect("its end").1,
            None => text.into_owned(),
        }
    };
    files.into_iter().map(text).collect()
}

/// A schema file.
pub struct Sheet<'a> {
    tree: Tree<'a>,
    prefixes: HashMap<String, String>,
}

/// Reads schema files.
pub fn sheets(texts: &[String]) -> Vec<Sheet<'_>> {
    texts.iter().map(|text| Sheet::read(text)).collect()
}

impl<'a> Sheet<'a> {
    fn read(text: &'a str) -> Self {
        let (tree, trouble) = Tree::read(text, &Limits::default());
        assert_eq!(trouble, None);
        let outline = Outline::of(text);
        let declared = outline.root().attributes.iter().filter_map(|it| {
            let prefix = outline.str(&it.name).strip_prefix("xmlns")?;
            Some((prefix.trim_start_matches(':').to_string(), outline.str(&it.value).to_string()))
        });
        let prefixes = declared.collect();
        Self { tree, prefixes }
    }

    fn root(&self) -> Node<'_> {
        self.tree.root().expect("a root")
    }
}

/// A part of a schema, and the file it stands in.
#[derive(Clone, Copy)]
pub struct Part<'s> {
    pub node: Node<'s>,
    sheet: &'s Sheet<'s>,
}

/// The named parts of all files.
pub struct Blueprint<'s> {
    parts: HashMap<(&'s str, &'s str, &'s str), Part<'s>>,
}

impl<'s> Blueprint<'s> {
    pub fn of(sheets: &'s [Sheet<'s>]) -> Self {
        let named = |sheet: &'s Sheet<'s>| {
            let part = move |node: Node<'s>| {
                Some(((node.name().local, namespace(sheet), node.attribute("name")?), Part { node, sheet }))
            };
            sheet.root().children().filter_map(part)
        };
        Self { parts: sheets.iter().flat_map(named).collect() }
    }

    /// A named part, such as the `complexType` of a namespace and name.
    pub fn find(&self, kind: &str, (namespace, local): (&str, &str)) -> Option<Part<'s>> {
        self.parts.get(&(kind, namespace, local)).copied()
    }

    /// Namespace and name of every part of some kinds, in order.
    pub fn names(&self, kinds: &[&str]) -> Vec<(String, String)> {
        let wanted = self.parts.keys().filter(|(kind, ..)| kinds.contains(kind));
        let mut names: Vec<_> = wanted.map(|(_, namespace, name)| (namespace.to_string(), name.to_string())).collect();
        names.sort();
        names
    }
}

fn namespace<'s>(sheet: &'s Sheet<'s>) -> &'s str {
    sheet.root().attribute("targetNamespace").unwrap_or_default()
}

impl<'s> Part<'s> {
    pub fn kind(self) -> &'s str {
        self.node.name().local
    }

    pub fn get(self, attribute: &str) -> Option<&'s str> {
        self.node.attribute(attribute)
    }

    pub fn children(self) -> impl Iterator<Item = Part<'s>> {
        self.node.children().map(move |node| Part { node, ..self })
    }

    pub fn child(self, kinds: &[&str]) -> Option<Part<'s>> {
        self.children().find(|part| kinds.contains(&part.kind()))
    }

    /// What an attribute of this part names; the first, if it names several.
    pub fn named(self, attribute: &str) -> Option<(&'s str, &'s str)> {
        let name = self.get(attribute)?.split_whitespace().next()?;
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        Some((self.sheet.prefixes.get(prefix).map_or("", String::as_str), local))
    }

    pub fn namespace(self) -> &'s str {
        namespace(self.sheet)
    }

    /// The namespace of a local declaration of this kind.
    pub fn namespace_by_form(self, default: &str) -> &'s str {
        let form = self.get("form").or(self.sheet.root().attribute(default));
        if form == Some("qualified") { self.namespace() } else { "" }
    }
}
