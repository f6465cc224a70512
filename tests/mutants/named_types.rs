//! The names of the types that a set of schemas declares: what `xsi:type` can ask for.

use bindeledd::xml::{Limits, Tree, decode};
use std::path::Path;

const XS: &str = "http://www.w3.org/2001/XMLSchema";

/// Namespace and name of every named type in these schema files.
pub fn of<'p>(files: impl IntoIterator<Item = &'p Path>) -> Vec<(String, String)> {
    let mut types: Vec<(String, String)> = files.into_iter().flat_map(of_one).collect();
    types.sort();
    types
}

fn of_one(file: &Path) -> Vec<(String, String)> {
    let bytes = std::fs::read(file).expect("reads");
    let text = decode(&bytes).expect("a schema is text");
    // A document type would be refused, and says nothing here.
    let text = match text.split_once("<!DOCTYPE") {
        Some((before, rest)) => before.to_string() + rest.split_once("]>").expect("its end").1,
        None => text.into_owned(),
    };
    let (tree, _) = Tree::read(&text, &Limits::default());
    let root = tree.root().expect("a root");
    let namespace = root.attribute("targetNamespace").unwrap_or_default();
    let is_type = |name: &str| name == "complexType" || name == "simpleType";
    let named = root.children().filter(|node| node.name().namespace == XS && is_type(node.name().local));
    named.filter_map(|node| Some((namespace.to_string(), node.attribute("name")?.to_string()))).collect()
}
