//! The mappings as the program knows them: types, rows, maps of codes, namespaces.

use std::collections::HashMap;

use super::labels::label;
use super::place::Step;
use crate::fhir::Json;
use crate::xml::is_same_name;

/// Everything that the files say.
#[derive(Default)]
pub(super) struct Program {
    pub types: Vec<Type>,
    pub type_numbers: HashMap<&'static str, usize>,
    pub roots: Vec<Root>,
    pub maps: CodeMaps,
    /// Prefix, namespace, version.
    pub namespaces: Vec<Namespace>,
    /// The same without versions, for paths.
    pub prefixes: Vec<(&'static str, &'static str)>,
    /// Every prefix once: a row knows the number.
    pub prefix_names: Vec<&'static str>,
    /// For each version the namespaces of all prefixes, in their order.
    pub versions: Vec<(&'static str, Vec<&'static str>)>,
}

/// What is known of a namespace in a document.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub prefix: Option<&'static str>,
    /// The number of that prefix; one that no row has when it has none.
    pub number: usize,
    pub version: &'static str,
}

/// What a prefix stands for in one version of a family.
pub(super) struct Namespace {
    pub prefix: &'static str,
    pub name: &'static str,
    /// Such as `plo-1.6`; empty when all versions have the same.
    pub version: &'static str,
}

/// The root element of a document.
pub(super) struct Root {
    pub prefix: &'static str,
    pub local: &'static str,
    pub of: usize,
    /// The resource that it becomes; empty when it stays about the resource around it.
    pub kind: &'static str,
}

/// What may stand in an element.
pub(super) struct Type {
    pub name: &'static str,
    pub prefix: &'static str,
    pub constants: Vec<Constant>,
    pub rows: Vec<Row>,
    /// The names of its elements, in the order of the rows.
    pub elements: Vec<Element>,
    /// Whether the names of a person may stand in it.
    pub has_names: bool,
    /// Whether it is a text under a heading.
    pub has_headings: bool,
}

/// The name of an element, and the row that it belongs to.
pub(super) struct Element {
    key: u64,
    row: usize,
}

/// What tells nearly all names apart.
fn key(local: &str) -> u64 {
    let bytes = local.as_bytes();
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        // Those of one schema begin alike, or end alike.
        (Some(head), Some(tail)) => {
            u64::from_le_bytes(*head).rotate_left(29) ^ u64::from_le_bytes(*tail) ^ bytes.len() as u64
        }
        _ => bytes.iter().fold(bytes.len() as u64, |key, byte| key << 8 | u64::from(*byte)),
    }
}

/// What a FHIR object always has.
#[derive(Clone)]
pub(super) struct Constant {
    pub place: Vec<Step>,
    pub value: Given,
}

/// The value of a constant.
#[derive(Clone)]
pub(super) enum Given {
    Json(Json<'static>),
    /// A reference to the patient.
    Patient,
    /// The party that sends, and the first that receives.
    Sender,
    Receiver,
}

/// One element or attribute.
#[derive(Clone)]
pub(super) struct Row {
    /// Of its namespace; empty for an attribute in none.
    pub prefix: &'static str,
    /// The number of the prefix.
    pub prefix_number: usize,
    pub local: &'static str,
    /// What it is called for people.
    pub label: &'static str,
    /// Further elements that make up the same value.
    pub more: Vec<&'static str>,
    pub is_attribute: bool,
    /// One of a repeated choice.
    pub is_loose: bool,
    pub kind: Kind,
    pub way: Way,
    pub place: Vec<Step>,
    /// Where all elements but the first stand, if not there.
    pub otherwise: Vec<Step>,
    /// Whether it may be repeated.
    pub is_many: bool,
    /// Constants of the object that the row makes, before those of its type.
    pub constants: Vec<Constant>,
    /// Whether another row of its type makes entries of the same kind, or a party at the same place.
    pub has_a_twin: bool,
}

/// What an element or attribute has in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Leaf(Leaf),
    /// By the type of this number.
    Inside(usize),
    /// What the schema fixes.
    Fixed(&'static str),
    /// A text that is nearly always the same in a version: `version=text,version=text`.
    Usual(&'static str),
    /// Kept only in the original.
    Dropped,
    /// Exact XML.
    Opaque,
    /// The content of a document.
    Content,
}

/// Data types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Leaf {
    Text,
    Word,
    Uri,
    Boolean,
    Integer,
    Decimal,
    Date,
    Year,
    DateTime,
    MessageId,
    Stamp,
    /// Its list, and another in one version, with that version.
    Coded(&'static str, Option<(&'static str, &'static str)>),
    CodedValue,
    /// The system and the map.
    Code(&'static str, &'static str),
    BooleanCode(&'static str),
    Quantity,
    /// An identifier; the system of its kind where the kind is a CS.
    Identifier(Option<&'static str>),
    /// An id of FHIR's own kind.
    Id,
    Url,
    Address,
    Telecom,
    Base64,
    Any,
}

/// What FHIR object the content of an element is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// A value at the place.
    Value,
    Here,
    Section,
    /// One section for all elements of the row, each an entry of it.
    SharedSection(&'static str),
    Entry(&'static str),
    Resource(&'static str),
    Contained(&'static str),
    Element,
    /// A new resource of this kind whose member, perhaps a list, refers back to this one.
    Inverse(&'static str, &'static str, bool),
    /// A party, of which the place refers to the innermost part.
    Party,
}

/// The maps by their names.
pub(super) type CodeMaps = HashMap<&'static str, CodeMap>;

/// Codes and what they become.
#[derive(Default)]
pub(super) struct CodeMap(pub Vec<(&'static str, &'static str)>);

impl CodeMap {
    pub fn forth(&self, code: &str) -> Option<&'static str> {
        self.0.iter().find(|(known, _)| *known == code).map(|(_, made)| *made)
    }

    /// The first that becomes this.
    pub fn back(&self, made: &str) -> Option<&'static str> {
        self.0.iter().find(|(_, known)| *known == made).map(|(code, _)| *code)
    }
}

impl Type {
    /// The row of an element that fits, by its number. Most come in the order of the rows: `next` is where the last one was found.
    pub fn row_of(&self, local: &str, next: &mut usize, fits: impl Fn(&Row) -> bool) -> Option<usize> {
        let key = key(local);
        let is_it = |element: &Element| {
            element.key == key && self.rows.get(element.row).is_some_and(|row| row.names(local) && fits(row))
        };
        let (before, behind) = self.elements.split_at(*next);
        let behind_it = || behind.iter().position(is_it).map(|at| at + before.len());
        *next = behind_it().or_else(|| before.iter().position(is_it))?;
        Some(self.elements[*next].row)
    }

    fn name_elements(&mut self) {
        let all = self.rows.iter().enumerate().filter(|(_, row)| !row.is_attribute);
        let names = all.flat_map(|(at, row)| std::iter::once(&row.local).chain(&row.more).map(move |name| (at, name)));
        self.elements = names.map(|(row, name)| Element { key: key(name), row }).collect();
    }
}

impl Row {
    fn has_a_twin_in(&self, rows: &[Row]) -> bool {
        match self.way {
            Way::Entry(kind) => rows.iter().filter(|row| matches!(row.way, Way::Entry(other) if other == kind)).count() > 1,
            // A role in an organisation is part of the party that another row is about.
            _ => rows.iter().any(|other| other.way == Way::Party && other.place == self.place),
        }
    }

    /// Whether an element of this local name belongs to it.
    #[inline]
    pub fn names(&self, local: &str) -> bool {
        let is_it = |name: &str| is_same_name(name.as_bytes(), local.as_bytes());
        is_it(self.local) || self.more.iter().any(|name| is_it(name))
    }
}

/// The text of a [`Kind::Usual`] in a version; `_` stands for a blank.
pub(super) fn usual(texts: &str, version: &str) -> Option<String> {
    let pair = texts.split(',').find_map(|pair| pair.split_once('=').filter(|(known, _)| *known == version))?;
    Some(pair.1.replace('_', " "))
}

impl Program {
    pub fn of_type(&self, number: usize) -> &Type {
        &self.types[number]
    }

    /// The prefix of a namespace, in whatever version.
    pub fn prefix(&self, namespace: &str) -> Option<&'static str> {
        self.namespaces.iter().find(|known| known.name == namespace).map(|known| known.prefix)
    }

    /// What is known of a namespace.
    pub fn known(&self, namespace: &str) -> Known {
        let of = self.namespaces.iter().find(|known| known.name == namespace);
        let number = of.and_then(|of| self.prefix_names.iter().position(|prefix| *prefix == of.prefix));
        Known {
            prefix: of.map(|of| of.prefix),
            number: number.unwrap_or(usize::MAX),
            version: of.map_or("", |of| of.version),
        }
    }

    /// The namespaces of all prefixes in a version; in one that nobody knows, those that all have.
    pub fn namespaces_of(&self, version: &str) -> &[&'static str] {
        let of = |version: &str| self.versions.iter().find(|(known, _)| *known == version);
        of(version).or_else(|| of("")).map_or(&[][..], |(_, names)| names)
    }

    /// Numbers the prefixes, and tells types and rows what they need to know of their rows and of each other.
    pub fn number(&mut self) {
        let mut versions = vec![""];
        for known in &self.namespaces {
            if !self.prefix_names.contains(&known.prefix) {
                self.prefix_names.push(known.prefix);
            }
            if !versions.contains(&known.version) {
                versions.push(known.version);
            }
        }
        self.prefix_names.push("");
        let names =
            |version| self.prefix_names.iter().map(|prefix| self.namespace(prefix, version).unwrap_or_default()).collect();
        self.versions = versions.into_iter().map(|version| (version, names(version))).collect();
        for kind in &mut self.types {
            let twins: Vec<bool> = kind.rows.iter().map(|row| row.has_a_twin_in(&kind.rows)).collect();
            for (row, has_a_twin) in kind.rows.iter_mut().zip(twins) {
                let number = self.prefix_names.iter().position(|known| *known == row.prefix);
                (row.prefix_number, row.has_a_twin) = (number.unwrap_or(self.prefix_names.len() - 1), has_a_twin);
                row.label = label(row.local);
            }
            kind.name_elements();
            let has = |local: &str| kind.rows.iter().any(|row| row.local == local);
            kind.has_names = ["GivenName", "MiddleName", "FamilyName"].into_iter().any(has);
            kind.has_headings = has("Overskriftskode") && has("Notat");
        }
    }

    /// The root of this name.
    pub fn root(&self, namespace: &str, local: &str) -> Option<&Root> {
        let prefix = self.prefix(namespace)?;
        self.roots.iter().find(|root| root.prefix == prefix && root.local == local)
    }

    /// The version that a namespace belongs to.
    pub fn version(&self, namespace: &str) -> Option<&'static str> {
        self.namespaces.iter().find(|known| known.name == namespace).map(|known| known.version)
    }

    /// The namespace of a prefix in a version.
    pub fn namespace(&self, prefix: &str, version: &str) -> Option<&'static str> {
        let of = |version: &str| self.namespaces.iter().find(|known| known.prefix == prefix && known.version == version);
        let any = || self.namespaces.iter().find(|known| known.prefix == prefix);
        of(version).or_else(|| of("")).or_else(any).map(|known| known.name)
    }
}
