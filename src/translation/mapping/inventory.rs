//! What the mappings make in FHIR, found by walking the tables: extensions and where they stand, kinds of resources, sections, maps of
//! codes, and the place of each element. From it the definitions are made that others read.

use std::collections::{BTreeMap, BTreeSet};

use super::language::{FILES, PROGRAM, without_comment};
use super::page::{Cells, cells};
use super::place::Step;
use super::program::{Constant, Kind, Leaf, Program, Row, Way};
use super::words;

/// How an extension is used.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Extension {
    /// The elements that it stands at, as FHIR names them: `Composition.section`.
    pub at: BTreeSet<String>,
    /// The types of its value; none for one that only has others inside.
    pub values: BTreeSet<&'static str>,
    /// The extensions inside, by their word.
    pub parts: BTreeMap<&'static str, Extension>,
    /// True for one that stands more than once at the same element.
    pub is_many: bool,
}

/// Where the content of an element or attribute stands.
pub struct Carrier {
    /// The file of the mapping, without its ending: `plo/person`.
    pub file: &'static str,
    /// The type that the row belongs to: `po:ParorendeForesatt`.
    pub of: &'static str,
    /// The name of the element, or `@` and that of the attribute.
    pub name: &'static str,
    /// Data type or type.
    pub kind: String,
    /// The place, in the words of the mapping; empty where FHIR has nothing of it.
    pub place: &'static str,
}

/// Everything that the mappings make in FHIR.
#[derive(Default)]
pub struct Inventory {
    /// By URL; also those that others have defined.
    pub extensions: BTreeMap<&'static str, Extension>,
    /// Kinds of resources.
    pub resources: BTreeSet<&'static str>,
    /// The codes of sections.
    pub sections: BTreeSet<&'static str>,
    /// Maps of codes: name, and pairs of a national code and that of FHIR.
    pub maps: BTreeMap<&'static str, &'static [(&'static str, &'static str)]>,
    /// Where each element stands, in the order of the files.
    pub carriers: Vec<Carrier>,
}

/// Walks the tables.
pub fn inventory() -> Inventory {
    let program = &*PROGRAM;
    let mut walk = Walk { program, seen: BTreeSet::new(), found: Inventory::default() };
    walk.found.resources.extend(["Binary", "Patient"]);
    walk.machine();
    for root in &program.roots {
        let kind = if root.kind.is_empty() { "DocumentReference" } else { root.kind };
        walk.found.resources.insert(kind);
        walk.inside(root.of, &Spot::At(kind.into()));
    }
    walk.found.maps = program.maps.iter().map(|(name, map)| (*name, map.0.as_slice())).collect();
    walk.found.carriers = carriers();
    walk.found
}

/// Where in FHIR the walk is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    /// At an element.
    At(String),
    /// In an extension: its URL, and the words of those inside each other.
    In(Vec<&'static str>),
}

struct Walk {
    program: &'static Program,
    seen: BTreeSet<(usize, Spot)>,
    found: Inventory,
}

impl Walk {
    /// What data types have beside them, whatever the row.
    fn machine(&mut self) {
        let simple = [
            (words::LITERAL, "string", "Element"),
            (words::LITERAL_BASE64, "base64Binary", "Element"),
            (words::CODING, "Coding", "Element"),
            (words::ORIGINAL_TEXT, "string", "Coding"),
            (words::NAME, "code", "Element"),
            (words::EMPTY, "string", "Element"),
            (words::PATH, "string", "DomainResource"),
            (words::FRAGMENT, "base64Binary", "Element"),
        ];
        for (url, value, at) in simple {
            let one = self.found.extensions.entry(url).or_default();
            one.at.insert(at.into());
            one.values.insert(value);
            one.is_many = url == words::EMPTY;
        }
        let element = self.found.extensions.entry(words::ELEMENT).or_default();
        element.at.insert("Element".into());
        element.is_many = true;
        element.parts.entry("path").or_default().values.insert("string");
        element.parts.entry("value").or_default().values.extend(VALUES);
    }

    fn inside(&mut self, of: usize, spot: &Spot) {
        if !self.seen.insert((of, spot.clone())) {
            return;
        }
        let kind = self.program.of_type(of);
        for constant in &kind.constants {
            self.constant(constant, spot);
        }
        for row in &kind.rows {
            for place in [&row.place, &row.otherwise] {
                self.row(row, place, spot);
            }
        }
    }

    fn row(&mut self, row: &'static Row, place: &'static [Step], spot: &Spot) {
        let at = self.follow(spot, place, row.is_many);
        match row.kind {
            Kind::Leaf(leaf) => {
                self.value(&at, value_type(leaf));
                row.constants.iter().for_each(|constant| self.constant(constant, spot));
            }
            Kind::Usual(_) => self.value(&at, "string"),
            Kind::Opaque => self.value(&at, "base64Binary"),
            Kind::Inside(of) => self.content(row, of, spot, &at),
            Kind::Fixed(_) | Kind::Dropped | Kind::Content => {}
        }
    }

    fn content(&mut self, row: &'static Row, of: usize, spot: &Spot, at: &Spot) {
        let kinds: &[&'static str] = match row.way {
            Way::Here | Way::Value => return self.inside(of, spot),
            Way::Element => return self.inside(of, at),
            Way::Section => {
                self.found.sections.insert(row.local);
                return self.inside(of, &Spot::At("Composition.section".into()));
            }
            Way::SharedSection(kind) => {
                self.found.sections.insert(row.local);
                &[kind]
            }
            Way::Entry(kind) | Way::Resource(kind) | Way::Contained(kind) | Way::Inverse(kind, ..) => &[kind],
            Way::Party if matches!(row.local, "Organisation" | "Inst") => &["Organization"],
            Way::Party => &["PractitionerRole"],
        };
        self.value(at, "Reference");
        for kind in kinds {
            self.found.resources.insert(kind);
            row.constants.iter().for_each(|constant| self.constant(constant, &Spot::At((*kind).into())));
            self.inside(of, &Spot::At((*kind).into()));
        }
    }

    fn constant(&mut self, constant: &'static Constant, spot: &Spot) {
        self.follow(spot, &constant.place, false);
    }

    fn value(&mut self, at: &Spot, value: &'static str) {
        if let Spot::In(way) = at
            && let Some(one) = self.extension(way)
        {
            one.values.insert(value);
        }
    }

    fn extension(&mut self, way: &[&'static str]) -> Option<&mut Extension> {
        let (url, inner) = way.split_first()?;
        let outer = self.found.extensions.entry(url).or_default();
        Some(inner.iter().fold(outer, |one, word| one.parts.entry(word).or_default()))
    }

    fn follow(&mut self, from: &Spot, steps: &'static [Step], is_many: bool) -> Spot {
        let mut spot = from.clone();
        for step in steps {
            spot = self.step(spot, step, is_many);
        }
        spot
    }

    fn step(&mut self, spot: Spot, step: &'static Step, is_many: bool) -> Spot {
        match step {
            Step::Member(name, _) | Step::First(name, _) | Step::Each(name, _) => Spot::At(member(&spot, name)),
            Step::OfList(name, _) | Step::Named(name, _) => Spot::At(member(&spot, name)),
            Step::Hop(_, kind) => {
                self.found.resources.insert(kind);
                Spot::At((*kind).into())
            }
            Step::Bundle => Spot::At("Bundle".into()),
            Step::Element => Spot::At("Extension".into()),
            Step::Extension(url) | Step::ExtensionValue(url, _) => {
                let one = self.found.extensions.entry(url).or_default();
                one.is_many |= is_many;
                one.at.insert(match &spot {
                    Spot::At(place) => place.clone(),
                    Spot::In(_) => "Extension".into(),
                });
                self.behind(step, vec![url])
            }
            Step::Inner(word) | Step::InnerValue(word, _) => {
                let Spot::In(mut way) = spot else { return spot };
                way.push(word);
                if let Some(one) = self.extension(&way) {
                    one.is_many |= is_many;
                }
                self.behind(step, way)
            }
        }
    }

    /// In an extension, or in its value.
    fn behind(&mut self, step: &'static Step, way: Vec<&'static str>) -> Spot {
        let (Step::ExtensionValue(_, value) | Step::InnerValue(_, value)) = step else { return Spot::In(way) };
        let kind = value.strip_prefix("value").unwrap_or(value);
        self.value(&Spot::In(way), kind);
        Spot::At(kind.into())
    }
}

fn member(spot: &Spot, name: &str) -> String {
    match spot {
        Spot::At(place) => format!("{place}.{name}"),
        Spot::In(_) => format!("Extension.{name}"),
    }
}

/// What `value[x]` of an element without a place may be.
const VALUES: [&str; 12] = [
    "string",
    "boolean",
    "integer",
    "decimal",
    "date",
    "dateTime",
    "code",
    "base64Binary",
    "Coding",
    "Quantity",
    "Identifier",
    "ContactPoint",
];

/// The type of an extension that has the value of a leaf.
fn value_type(leaf: Leaf) -> &'static str {
    match leaf {
        Leaf::Boolean => "boolean",
        Leaf::Integer => "integer",
        Leaf::Decimal => "decimal",
        Leaf::Date | Leaf::Year => "date",
        Leaf::DateTime | Leaf::Stamp => "dateTime",
        Leaf::Word | Leaf::Code(..) | Leaf::BooleanCode(_) => "code",
        Leaf::Coded(..) | Leaf::CodedValue => "Coding",
        Leaf::Quantity => "Quantity",
        Leaf::Identifier(_) | Leaf::MessageId => "Identifier",
        Leaf::Address => "Address",
        Leaf::Telecom | Leaf::Url => "ContactPoint",
        Leaf::Base64 => "base64Binary",
        Leaf::Text | Leaf::Uri | Leaf::Id | Leaf::Any => "string",
    }
}

fn carriers() -> Vec<Carrier> {
    let mut found = Vec::new();
    for (file, text) in FILES {
        let mut of = "";
        for line in text.lines().map(without_comment) {
            if let Some(head) = line.strip_prefix("type ") {
                of = head.split_whitespace().next().unwrap_or_default();
            } else if line.starts_with(' ') && !line.trim_start().starts_with("+ ") {
                let Cells { name, kind, place, .. } = cells(line.trim_start());
                found.push(Carrier { file, of, name, kind, place });
            }
        }
    }
    found
}
