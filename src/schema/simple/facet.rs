//! Facets as a schema states them, and what can be wrong with such a statement.

use super::pattern::PatternTrouble;
use super::unfit::Unfit;
use std::fmt;

/// The constraining facets of part 2, 4.3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "each variant is the facet that the standard calls so")]
pub enum FacetKind {
    Length,
    MinLength,
    MaxLength,
    Pattern,
    Enumeration,
    WhiteSpace,
    MaxInclusive,
    MaxExclusive,
    MinExclusive,
    MinInclusive,
    TotalDigits,
    FractionDigits,
}

const NAMES: [(FacetKind, &str); 12] = [
    (FacetKind::Length, "length"),
    (FacetKind::MinLength, "minLength"),
    (FacetKind::MaxLength, "maxLength"),
    (FacetKind::Pattern, "pattern"),
    (FacetKind::Enumeration, "enumeration"),
    (FacetKind::WhiteSpace, "whiteSpace"),
    (FacetKind::MaxInclusive, "maxInclusive"),
    (FacetKind::MaxExclusive, "maxExclusive"),
    (FacetKind::MinExclusive, "minExclusive"),
    (FacetKind::MinInclusive, "minInclusive"),
    (FacetKind::TotalDigits, "totalDigits"),
    (FacetKind::FractionDigits, "fractionDigits"),
];

impl FacetKind {
    /// The facet whose element in a schema has this local name.
    pub fn by_name(local: &str) -> Option<Self> {
        NAMES.iter().find(|row| row.1 == local).map(|row| row.0)
    }

    /// The local name of its element in a schema.
    pub fn name(self) -> &'static str {
        NAMES[self as usize].1
    }

    /// Whether it may be given several times in one restriction.
    pub(super) fn may_repeat(self) -> bool {
        matches!(self, Self::Pattern | Self::Enumeration)
    }
}

/// One facet in a restriction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facet<'s> {
    /// Which one.
    pub kind: FacetKind,
    /// Its value as the schema has it.
    pub value: &'s str,
    /// `fixed="true"`: types derived from this one must not change it.
    pub fixed: bool,
}

/// A facet that cannot be used: a fault of the schema.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FacetTrouble {
    /// Which facet.
    pub kind: FacetKind,
    /// What is wrong with it.
    pub why: FacetFlaw,
}

/// What is wrong with a facet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FacetFlaw {
    /// The base type, named, has no such facet (cos-applicable-facets).
    NotApplicable(String),
    /// Given twice in one restriction.
    Twice,
    /// The value is no number of the kind the facet wants, or no mode of white space.
    BadValue,
    /// The value is no value of the base type.
    NotOfBase(Box<Unfit>),
    /// Allows what the base type does not.
    Looser,
    /// The base type says that it must not change.
    Fixed,
    /// Cannot stand beside the other facet.
    Conflict(FacetKind),
    /// The pattern cannot be used.
    Pattern(PatternTrouble),
    /// Right, but not implemented: enumerations of qualified names.
    NotImplemented,
}

impl fmt::Display for FacetTrouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "facet {}: ", self.kind.name())?;
        match &self.why {
            FacetFlaw::NotApplicable(base) => write!(out, "{base} has no such facet (cos-applicable-facets)"),
            FacetFlaw::Twice => out.write_str("given twice in one restriction"),
            FacetFlaw::BadValue => out.write_str("its value is not what this facet takes"),
            FacetFlaw::NotOfBase(unfit) => write!(out, "its value is no value of the base type: {unfit}"),
            FacetFlaw::Looser => out.write_str("allows what the base type does not"),
            FacetFlaw::Fixed => out.write_str("the base type has fixed it to another value"),
            FacetFlaw::Conflict(other) => write!(out, "does not go together with {}", other.name()),
            FacetFlaw::Pattern(trouble) => trouble.fmt(out),
            FacetFlaw::NotImplemented => out.write_str("not implemented for qualified names"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_is_found_by_its_name() {
        for (at, (kind, name)) in NAMES.into_iter().enumerate() {
            assert_eq!(kind as usize, at);
            assert_eq!((FacetKind::by_name(name), kind.name()), (Some(kind), name));
        }
        assert_eq!(FacetKind::by_name("assertion"), None);
    }
}
