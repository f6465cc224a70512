//! Which rows there are and which of them messages use: so that tests can say that none is missing and that all were tried.

use std::collections::BTreeSet;

use super::beside::{ADDRESS_TYPE, COUNTRY, COUNTY, How, Part, TELECOM_TYPE};
use super::language::PROGRAM;
use super::program::{Kind, Leaf, Program, Root, Row};
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

/// A value of FHIR that the source's own text or code stands beside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Native {
    /// The row of the value.
    pub row: RowName,
    /// The element with the code: that of the row, or one inside of it.
    pub element: &'static str,
    /// The system of the code that stands beside it; empty where it is none of a fixed list.
    pub system: &'static str,
    /// The member of the object with the value; empty where the row's place says it.
    pub member: &'static str,
    /// The values that it may have and the code for each; none where any text will do.
    pub values: Vec<(&'static str, &'static str)>,
}

/// Every value that has the source's own beside it, row by row.
pub fn natives() -> Vec<Native> {
    let program = &*PROGRAM;
    let known = all_rows();
    let types = program.types.iter().flat_map(|kind| kind.rows.iter().map(move |row| (kind.name, row)));
    types.filter(|(of, row)| known.contains(&(*of, row.local))).flat_map(|(of, row)| natives_of(program, of, row)).collect()
}

fn natives_of(program: &'static Program, of: &'static str, row: &'static Row) -> Vec<Native> {
    let Kind::Leaf(leaf) = row.kind else { return Vec::new() };
    let values = |map: &str| -> Vec<(&str, &str)> {
        let Some(map) = program.maps.get(map) else { return Vec::new() };
        map.0.iter().filter_map(|(_, made)| Some((*made, map.back(made)?))).collect()
    };
    let native = |element, system, member, values| Native { row: (of, row.local), element, system, member, values };
    let part = |part: &'static Part| {
        part.members.iter().map(move |(member, how)| {
            let values = if let How::Map(name) = how { values(name) } else { Vec::new() };
            native(part.element, part.system, *member, values)
        })
    };
    let kind = if row.local == "AdditionalId" { "Type" } else { "TypeId" };
    match leaf {
        Leaf::Code(system, map) => vec![native(row.local, system, "", values(map))],
        Leaf::BooleanCode(map) => vec![native(row.local, "", "", values(map))],
        Leaf::Identifier(_) => vec![native(kind, "", "system", values("ident-system"))],
        Leaf::Telecom => part(&TELECOM_TYPE).collect(),
        Leaf::Address => [&ADDRESS_TYPE, &COUNTY, &COUNTRY].into_iter().flat_map(part).collect(),
        _ => Vec::new(),
    }
}

/// The row that an element belongs to, by the local names from a root to it; what is inside of a data type belongs to its row.
pub fn row_at(way: &[&str]) -> Option<RowName> {
    let program = &*PROGRAM;
    let root_of = |local: &str| program.roots.iter().find(|root| root.local == local).map(|root| root.of);
    let mut of = root_of(way.first()?)?;
    let mut rest = &way[1..];
    while let Some((local, behind)) = rest.split_first() {
        let kind = program.of_type(of);
        let row = kind.rows.iter().find(|row| !row.is_attribute && row.names(local))?;
        match (row.kind, behind) {
            (Kind::Inside(inner), _) => (of, rest) = (inner, behind),
            (Kind::Content, [root, behind @ ..]) => (of, rest) = (root_of(root)?, behind),
            _ => return Some((kind.name, row.local)),
        }
    }
    None
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
    use crate::translation::mapping::labels::LABELS;

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
