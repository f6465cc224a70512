//! What an invariant of R4 is: its key in the standard, the type that it is about, and what must hold.

use super::super::json::Object;
use crate::domain::{Language, Text};
use std::fmt;

/// How bad an issue is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Valid, but probably not what was meant.
    Warning,
    /// Not valid.
    Error,
}

/// An invariant.
#[derive(Debug)]
pub struct Invariant {
    /// Its key in R4: `per-1`.
    pub key: &'static str,
    /// The type that it is about: `Period`, `Bundle.entry`.
    pub on: &'static str,
    /// How bad it is when it does not hold.
    pub severity: Severity,
    /// What must hold.
    pub(super) shape: Shape,
}

/// What must hold. `[x]` behind a name means an element of whichever type.
pub(super) enum Shape {
    /// At least one of these is there.
    AnyOf(&'static [&'static str]),
    /// One of the two is there, not both and not neither.
    OneOf(&'static str, &'static str),
    /// The two are not there together.
    NotBoth(&'static str, &'static str),
    /// Where the first is, the second is too.
    Needs(&'static str, &'static str),
    /// Something of its own.
    Own(fn(&Object<'_>) -> bool, Text),
    /// Something that takes more than the object: it is judged where its constant is used.
    Elsewhere(Text),
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shape")
    }
}

impl Invariant {
    pub(super) const fn new(key: &'static str, on: &'static str, shape: Shape) -> Self {
        Self { key, on, severity: Severity::Error, shape }
    }

    /// What must hold, in one sentence.
    pub fn sentence(&self, language: Language) -> String {
        let plain = |name: &str| format!("`{}`", name.trim_end_matches("[x]"));
        let (one, other) = match &self.shape {
            Shape::Own(_, says) | Shape::Elsewhere(says) => return says.in_language(language).to_owned(),
            Shape::AnyOf(names) => return any_of(&names.iter().map(|name| plain(name)).collect::<Vec<_>>(), language),
            Shape::OneOf(one, other) | Shape::NotBoth(one, other) | Shape::Needs(one, other) => (plain(one), plain(other)),
        };
        let (en, nb, nn) = match &self.shape {
            Shape::OneOf(..) => (
                format!("Either {one} or {other} must be there, not both."),
                format!("Enten {one} eller {other} må være med, ikke begge."),
                format!("Anten {one} eller {other} må vere med, ikkje begge."),
            ),
            Shape::NotBoth(..) => (
                format!("{one} and {other} may not be there together."),
                format!("{one} og {other} kan ikke stå sammen."),
                format!("{one} og {other} kan ikkje stå saman."),
            ),
            _ => (
                format!("Where {one} is, {other} must be too."),
                format!("Når {one} er med, må {other} også være med."),
                format!("Når {one} er med, må {other} òg vere med."),
            ),
        };
        match language {
            Language::En => en,
            Language::Nb => nb,
            Language::Nn => nn,
        }
    }
}

fn any_of(names: &[String], language: Language) -> String {
    let names = names.join(", ");
    match language {
        Language::En => format!("At least one of these must be there: {names}."),
        Language::Nb => format!("Minst én av disse må være med: {names}."),
        Language::Nn => format!("Minst éin av desse må vere med: {names}."),
    }
}
