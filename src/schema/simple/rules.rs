//! The facets in force for a type, its own and those it inherits, and whether a value satisfies them.

use super::builtin::Builtin;
use super::pattern::Pattern;
use super::unfit::{Bounding, Unfit, Unit, Why};
use super::value::{self, Value};
use std::cmp::Ordering;
use std::sync::Arc;

/// What values must satisfy beyond the form of their built-in type.
#[derive(Clone, Default, Debug)]
pub(super) struct Rules {
    pub(super) length: Option<u64>,
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    /// One of each step of derivation: all must match.
    pub(super) patterns: Vec<Arc<Pattern>>,
    /// Of the last step that has any, with the white space of the type.
    pub(super) allowed: Option<Arc<[Box<str>]>>,
    pub(super) lower: Option<Bound>,
    pub(super) upper: Option<Bound>,
    pub(super) total_digits: Option<u64>,
    pub(super) fraction_digits: Option<u64>,
}

/// One end of the range of values.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) inclusive: bool,
    /// As the schema writes it: read anew for each comparison, which is cheap and loses no digit.
    pub(super) written: Box<str>,
}

impl Rules {
    /// Whether every value of the built-in type is right.
    pub(super) fn are_none(&self) -> bool {
        let lengths = self.length.is_none() && self.min_length.is_none() && self.max_length.is_none();
        let sizes = self.lower.is_none() && self.upper.is_none();
        let digits = self.total_digits.is_none() && self.fraction_digits.is_none();
        lengths && sizes && digits && self.patterns.is_empty() && self.allowed.is_none()
    }

    /// Whether the text is looked at beside its value.
    pub(super) fn need_text(&self) -> bool {
        !self.patterns.is_empty() || self.allowed.is_some()
    }

    /// 4.3.4: the text with the white space of its type.
    pub(super) fn check_patterns(&self, text: &str) -> Result<(), Why> {
        match self.patterns.iter().find(|pattern| !pattern.matches(text)) {
            Some(pattern) => Err(Why::Pattern(Unfit::listed(pattern.sources()).0)),
            None => Ok(()),
        }
    }

    /// 4.3.5, with the question whether two texts mean the same value. The usual text is one of the list as it stands.
    pub(super) fn check_allowed(&self, text: &str, is_same: impl Fn(&str) -> bool) -> Result<(), Why> {
        let Some(allowed) = &self.allowed else { return Ok(()) };
        if allowed.iter().any(|one| **one == *text) || allowed.iter().any(|one| is_same(one)) {
            return Ok(());
        }
        let (allowed, more) = Unfit::listed(allowed);
        Err(Why::NotAllowed { allowed, more })
    }

    /// 4.3.1 to 4.3.3.
    pub(super) fn check_length(&self, unit: Unit, measure: impl FnOnce() -> Option<u64>) -> Result<(), Why> {
        let wanted = [
            (self.length, Bounding::Exactly, Ordering::is_ne as fn(Ordering) -> bool),
            (self.min_length, Bounding::AtLeast, Ordering::is_lt),
            (self.max_length, Bounding::AtMost, Ordering::is_gt),
        ];
        if wanted.iter().all(|(bound, ..)| bound.is_none()) {
            return Ok(());
        }
        let Some(found) = measure() else { return Ok(()) };
        for (bound, must, is_wrong) in wanted {
            if let Some(bound) = bound.filter(|bound| is_wrong(found.cmp(bound))) {
                return Err(Why::Length { must, bound, found, unit });
            }
        }
        Ok(())
    }

    /// 4.3.7 to 4.3.12: what only numbers, dates and durations have.
    pub(super) fn check_size(&self, kind: Builtin, value: &Value<'_>) -> Result<(), Why> {
        if let Some(bound) = self.lower.as_ref().filter(|bound| !bound.lets(kind, value, Ordering::Greater)) {
            let must = if bound.inclusive { Bounding::AtLeast } else { Bounding::Above };
            return Err(Why::Bound { must, bound: bound.written.clone() });
        }
        if let Some(bound) = self.upper.as_ref().filter(|bound| !bound.lets(kind, value, Ordering::Less)) {
            let must = if bound.inclusive { Bounding::AtMost } else { Bounding::Below };
            return Err(Why::Bound { must, bound: bound.written.clone() });
        }
        let Value::Decimal(decimal) = value else { return Ok(()) };
        for (bound, found, fraction) in
            [(self.fraction_digits, decimal.fraction_digits(), true), (self.total_digits, decimal.total_digits(), false)]
        {
            if let Some(bound) = bound.filter(|bound| found > *bound) {
                return Err(Why::Digits { fraction, bound, found });
            }
        }
        Ok(())
    }
}

impl Bound {
    /// A value without an order to the bound is outside (4.3.7: only what is greater or equal is inside).
    fn lets(&self, kind: Builtin, value: &Value<'_>, side: Ordering) -> bool {
        let bound = value::read(kind.primitive(), &self.written);
        match bound.ok().and_then(|bound| value.partial_cmp(&bound)) {
            Some(Ordering::Equal) => self.inclusive,
            order => order == Some(side),
        }
    }
}
