//! Which rows messages use: so that a test can say that it tried them all.

use std::collections::BTreeSet;

use super::language::PROGRAM;
use super::program::{Kind, Program};
use crate::xml::Node;

/// A row: its type and its name.
pub type RowName = (&'static str, &'static str);

/// Every row that a root leads to.
pub fn all_rows() -> BTreeSet<RowName> {
    let program = &*PROGRAM;
    let mut found = BTreeSet::new();
    let mut waiting: Vec<usize> = program.roots.iter().map(|root| root.of).collect();
    let mut seen: BTreeSet<usize> = waiting.iter().copied().collect();
    while let Some(of) = waiting.pop() {
        let kind = program.of_type(of);
        for row in &kind.rows {
            found.extend(std::iter::once(row.local).chain(row.more.iter().copied()).map(|name| (kind.name, name)));
            if let Kind::Inside(inner) = row.kind
                && seen.insert(inner)
            {
                waiting.push(inner);
            }
        }
    }
    found
}

/// The rows that a message uses.
pub fn rows_of(root: Node<'_>) -> BTreeSet<RowName> {
    let program = &*PROGRAM;
    let mut found = BTreeSet::new();
    if let Some(of) = program.root(root.name().namespace, root.name().local) {
        walk(program, of.of, root, &mut found);
    }
    found
}

fn walk(program: &'static Program, of: usize, node: Node<'_>, found: &mut BTreeSet<RowName>) {
    let kind = program.of_type(of);
    for (name, _) in node.attributes() {
        let row = kind.rows.iter().find(|row| row.is_attribute && row.local == name.local);
        found.extend(row.map(|row| (kind.name, row.local)));
    }
    for child in node.children() {
        let (name, prefix) = (child.name(), program.prefix(child.name().namespace));
        let is_it = |names: &str| names == name.local;
        let row = kind.rows.iter().find(|row| !row.is_attribute && row.names(name.local) && Some(row.prefix) == prefix);
        let Some(row) = row else { continue };
        let all = std::iter::once(row.local).chain(row.more.iter().copied());
        found.extend(all.filter(|names| is_it(names)).map(|names| (kind.name, names)));
        match row.kind {
            Kind::Inside(inner) => walk(program, inner, child, found),
            Kind::Content => {
                for content in child.children() {
                    let root = program.root(content.name().namespace, content.name().local);
                    root.into_iter().for_each(|root| walk(program, root.of, content, found));
                }
            }
            _ => {}
        }
    }
}
