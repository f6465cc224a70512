//! Why a text is no value of a type: which rule, what is allowed, what a right value looks like. Never the text itself.

use super::builtin::Builtin;
use super::slip::Slip;
use std::fmt;

/// So many allowed values are listed, and so many patterns.
const LISTED_MAX: usize = 20;

/// A text does not fit its type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unfit {
    /// The type, as messages name it: `xs:date`, a name of the schema, or the nearest named type it restricts.
    pub type_name: Box<str>,
    /// The built-in type below it; `AnySimpleType` for lists and unions.
    pub builtin: Builtin,
    /// The rule that is broken.
    pub why: Why,
}

/// The rule that a text breaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// It is not written as the built-in type is.
    Form(Slip),
    /// An item of a list does not fit.
    Item {
        /// Which one, from 1.
        number: usize,
        /// Why not.
        why: Box<Unfit>,
    },
    /// It fits none of the members of a union: their names.
    NoMember(Vec<Box<str>>),
    /// `length`, `minLength` or `maxLength`.
    Length {
        /// What the length must be.
        must: Bounding,
        /// In the unit of the type.
        bound: u64,
        /// The length it has.
        found: u64,
        /// What is counted.
        unit: Unit,
    },
    /// None of these patterns matches.
    Pattern(Vec<Box<str>>),
    /// `enumeration`: it is none of these.
    NotAllowed {
        /// The first allowed values, as the schema writes them.
        allowed: Vec<Box<str>>,
        /// How many more there are.
        more: usize,
    },
    /// `minInclusive`, `maxInclusive`, `minExclusive` or `maxExclusive`.
    Bound {
        /// Which side, and whether the bound itself is allowed.
        must: Bounding,
        /// The bound, as the schema writes it.
        bound: Box<str>,
    },
    /// `totalDigits` or `fractionDigits`.
    Digits {
        /// Whether it is about the digits behind the point.
        fraction: bool,
        /// At most so many.
        bound: u64,
        /// So many there are.
        found: u64,
    },
}

/// What is wanted of a size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bounding {
    /// Neither more nor less.
    Exactly,
    /// The bound or more.
    AtLeast,
    /// The bound or less.
    AtMost,
    /// More than the bound.
    Above,
    /// Less than the bound.
    Below,
}

impl Bounding {
    /// In words, before the bound.
    pub fn words(self) -> &'static str {
        match self {
            Self::Exactly => "exactly",
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::Above => "more than",
            Self::Below => "less than",
        }
    }
}

/// What a length counts (4.3.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Characters of a text.
    Characters,
    /// Octets of binary data.
    Octets,
    /// Items of a list.
    Items,
}

impl Unit {
    /// In words: one of them, or several.
    pub fn words(self, count: u64) -> &'static str {
        match (self, count) {
            (Self::Characters, 1) => "character",
            (Self::Characters, _) => "characters",
            (Self::Octets, 1) => "octet",
            (Self::Octets, _) => "octets",
            (Self::Items, 1) => "item",
            (Self::Items, _) => "items",
        }
    }
}

impl Unfit {
    /// The rule by its name in the standard (part 2, 4.1.4 and 4.3).
    pub fn clause(&self) -> &'static str {
        match &self.why {
            Why::Form(Slip::EntityUndeclared) => "cvc-simple-type.2.2",
            Why::Form(_) => "cvc-datatype-valid.1.2.1",
            Why::Item { .. } => "cvc-datatype-valid.1.2.2",
            Why::NoMember(_) => "cvc-datatype-valid.1.2.3",
            Why::Length { must: Bounding::AtLeast, .. } => "cvc-minLength-valid",
            Why::Length { must: Bounding::AtMost, .. } => "cvc-maxLength-valid",
            Why::Length { .. } => "cvc-length-valid",
            Why::Pattern(_) => "cvc-pattern-valid",
            Why::NotAllowed { .. } => "cvc-enumeration-valid",
            Why::Bound { must: Bounding::AtLeast, .. } => "cvc-minInclusive-valid",
            Why::Bound { must: Bounding::AtMost, .. } => "cvc-maxInclusive-valid",
            Why::Bound { must: Bounding::Above, .. } => "cvc-minExclusive-valid",
            Why::Bound { .. } => "cvc-maxExclusive-valid",
            Why::Digits { fraction: true, .. } => "cvc-fractionDigits-valid",
            Why::Digits { .. } => "cvc-totalDigits-valid",
        }
    }

    /// A value that is written as the built-in type wants it. It need not satisfy the facets.
    pub fn example(&self) -> Option<&'static str> {
        match (&self.why, self.builtin) {
            (Why::Form(Slip::PrefixUnbound | Slip::EntityUndeclared), _) | (_, Builtin::AnySimpleType) => None,
            (Why::Form(_), builtin) => Some(builtin.example()),
            _ => None,
        }
    }

    /// As much of a list as a message can show, and how many are left out.
    pub(super) fn listed(all: &[impl AsRef<str>]) -> (Vec<Box<str>>, usize) {
        let listed = all.iter().take(LISTED_MAX).map(|one| one.as_ref().into()).collect();
        (listed, all.len().saturating_sub(LISTED_MAX))
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.type_name;
        match &self.why {
            Why::Form(slip) => write!(out, "no value of the type {name}: {}", slip.words())?,
            Why::Item { number, why } => write!(out, "item {number} of the list: {why}")?,
            Why::NoMember(members) => write!(out, "a value of none of the types {}", members.join(", "))?,
            Why::Length { must, bound, found, unit } => {
                let (must, noun) = (must.words(), unit.words(*bound));
                write!(out, "the type {name} has {must} {bound} {noun}, and here are {found}")?;
            }
            Why::Pattern(patterns) => write!(out, "the type {name} has the pattern {}", patterns.join(" or "))?,
            Why::NotAllowed { allowed, more } => {
                write!(out, "the type {name} allows only '{}'", allowed.join("', '"))?;
                if *more > 0 {
                    write!(out, " and {more} more")?;
                }
            }
            Why::Bound { must, bound } => write!(out, "the type {name} has values {} {bound}", must.words())?,
            Why::Digits { fraction, bound, found } => {
                let place = if *fraction { " behind the point" } else { "" };
                write!(out, "the type {name} has at most {bound} digits{place}, and here are {found}")?;
            }
        }
        match self.example() {
            Some(example) => write!(out, "; right is for example '{example}'"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_the_rule_and_what_would_be_right() {
        let of = |why| Unfit { type_name: "xs:date".into(), builtin: Builtin::Date, why };
        let day = of(Why::Form(Slip::Day));
        assert_eq!(day.clause(), "cvc-datatype-valid.1.2.1");
        assert_eq!(
            day.to_string(),
            "no value of the type xs:date: the month has no such day; right is for example '2012-05-04'"
        );
        let item = of(Why::Item { number: 2, why: Box::new(day) });
        assert!(item.to_string().starts_with("item 2 of the list: no value of"));
        let (allowed, more) = Unfit::listed(&["a"; 25]);
        let not_allowed = of(Why::NotAllowed { allowed, more });
        assert_eq!(not_allowed.clause(), "cvc-enumeration-valid");
        assert!(not_allowed.to_string().ends_with("'a', 'a' and 5 more"));
        let short = of(Why::Length { must: Bounding::AtLeast, bound: 1, found: 0, unit: Unit::Characters });
        assert_eq!(short.to_string(), "the type xs:date has at least 1 character, and here are 0");
    }
}
