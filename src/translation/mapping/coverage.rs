//! Which rows there are and which of them messages use: so that tests can say that none is missing and that all were tried.

use std::collections::BTreeSet;

use super::language::PROGRAM;
use super::program::{Kind, Program, Root, Row};
use crate::xml::Node;

/// Whether there is a row for an element or attribute: the names, with their namespaces, from a root to it. An attribute of no
/// namespace has none; what is inside of a data type is known by its name alone.
pub fn knows(way: &[(&str, &str)]) -> bool {
    const PARTS: [&str; 12] = [
        "Id",
        "TypeId",
        "Type",
        "StreetAdr",
        "PostalCode",
        "City",
        "Postbox",
        "County",
        "Country",
        "CityDistr",
        "TypeTelecom",
        "TeleAddress",
    ];
    const VALUES: [&str; 5] = ["V", "S", "DN", "OT", "U"];
    let program = &*PROGRAM;
    let Some(root) = way.first().and_then(|(namespace, local)| program.root(namespace, local)) else { return false };
    let mut of = root.of;
    let mut rest = &way[1..];
    while let Some(((namespace, local), behind)) = rest.split_first() {
        let prefix = if namespace.is_empty() { Some("") } else { program.prefix(namespace) };
        let is_it = |row: &&Row| row.names(local) && Some(row.prefix) == prefix;
        let Some(row) = program.of_type(of).rows.iter().find(is_it) else { return false };
        match row.kind {
            Kind::Inside(inner) => of = inner,
            Kind::Leaf(_) => return behind.iter().all(|(_, name)| PARTS.contains(name) || VALUES.contains(name)),
            _ => return true,
        }
        rest = behind;
    }
    true
}

/// The namespaces and names of all roots, in all versions.
pub fn roots() -> Vec<(&'static str, &'static str)> {
    let program = &*PROGRAM;
    let of = |root: &Root| {
        let (prefix, local) = (root.prefix, root.local);
        program.namespaces.iter().filter(move |known| known.prefix == prefix).map(move |known| (known.name, local))
    };
    program.roots.iter().flat_map(of).collect()
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::mapping::narrative::LABELS;

    /// Types of the head and of receipts, which are no part of what is read, and what is inside of a data type.
    const UNREAD: [&str; 5] = ["mh:", "ar:", "ds:", "b64:", "m1:"];

    #[test]
    fn every_element_that_is_read_has_a_norwegian_label() {
        let is_read = |of: &str| !UNREAD.iter().any(|prefix| of.starts_with(prefix));
        // Attributes of components (epj/meta) and parts of an Ident or an address are read with their element.
        let is_part = |name: &str| name.starts_with(|c: char| c.is_lowercase()) || matches!(name, "Id" | "TypeId");
        let names: BTreeSet<&str> =
            all_rows().into_iter().filter(|(of, name)| is_read(of) && !is_part(name)).map(|(_, name)| name).collect();
        let missing: Vec<&&str> = names.iter().filter(|name| LABELS.iter().all(|(known, _)| known != *name)).collect();
        assert!(missing.is_empty() && names.len() > 200, "{missing:?} of {}", names.len());
        let stray: Vec<&str> = LABELS.iter().map(|(name, _)| *name).filter(|name| !names.contains(name)).collect();
        assert!(stray.is_empty(), "no row has {stray:?}");
    }
}
