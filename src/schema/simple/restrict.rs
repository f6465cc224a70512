//! Restriction: a type with further facets, and whether a schema may state them so (part 2, 4.3).

use super::blanks::{WhiteSpace, trim};
use super::builtin::Builtin;
use super::facet::{Facet, FacetFlaw, FacetKind, FacetTrouble};
use super::pattern::Pattern;
use super::rules::{Bound, Rules};
use super::simple_type::{SimpleType, Variety};
use super::value;
use std::cmp::Ordering;
use std::sync::Arc;

impl SimpleType {
    /// A type derived from another by facets. An error has every facet that the standard does not allow so.
    pub fn restrict(base: &Arc<Self>, name: Option<&str>, facets: &[Facet<'_>]) -> Result<Arc<Self>, Vec<FacetTrouble>> {
        let mut step = Step { base, rules: base.rules.clone(), white_space: base.white_space, troubles: Vec::new() };
        step.look_for_repetitions(facets);
        for facet in facets.iter().filter(|facet| !facet.kind.may_repeat()) {
            step.take(facet);
        }
        step.take_patterns(facets);
        step.take_allowed(facets);
        step.look_for_conflicts(facets);
        if !step.troubles.is_empty() {
            return Err(step.troubles);
        }
        let variety = match &base.variety {
            Variety::Atomic(kind) => Variety::Atomic(*kind),
            Variety::List(item) => Variety::List(Arc::clone(item)),
            Variety::Union(members) => Variety::Union(members.clone()),
        };
        let mut fixed = base.fixed.clone();
        fixed.extend(facets.iter().filter(|facet| facet.fixed).map(|facet| facet.kind));
        let (white_space, rules) = (step.white_space, step.rules);
        Ok(Arc::new(Self::made(name, Some(Arc::clone(base)), variety, white_space, rules, fixed)))
    }
}

/// One step of derivation while it is made.
struct Step<'b> {
    base: &'b Arc<SimpleType>,
    rules: Rules,
    white_space: WhiteSpace,
    troubles: Vec<FacetTrouble>,
}

impl Step<'_> {
    fn trouble(&mut self, kind: FacetKind, why: FacetFlaw) {
        self.troubles.push(FacetTrouble { kind, why });
    }

    fn look_for_repetitions(&mut self, facets: &[Facet<'_>]) {
        for (at, facet) in facets.iter().enumerate() {
            if !facet.kind.may_repeat() && facets[..at].iter().any(|other| other.kind == facet.kind) {
                self.trouble(facet.kind, FacetFlaw::Twice);
            }
        }
    }

    fn take(&mut self, facet: &Facet<'_>) {
        let result = if self.is_applicable(facet.kind) {
            self.taken(facet.kind, trim(facet.value))
        } else {
            Err(FacetFlaw::NotApplicable(self.base.shown_name().to_owned()))
        };
        if let Err(why) = result {
            self.trouble(facet.kind, why);
        }
    }

    /// 4.1.5, cos-applicable-facets.
    fn is_applicable(&self, facet: FacetKind) -> bool {
        use FacetKind as F;
        let kind = match &self.base.variety {
            Variety::Atomic(kind) => kind.primitive(),
            Variety::List(_) => {
                let is_length = matches!(facet, F::Length | F::MinLength | F::MaxLength);
                return is_length || matches!(facet, F::Pattern | F::Enumeration | F::WhiteSpace);
            }
            Variety::Union(_) => return matches!(facet, F::Pattern | F::Enumeration),
        };
        match facet {
            F::Pattern | F::WhiteSpace => kind != Builtin::AnySimpleType,
            F::Enumeration => !matches!(kind, Builtin::AnySimpleType | Builtin::Boolean),
            F::Length | F::MinLength | F::MaxLength => matches!(
                kind,
                Builtin::String
                    | Builtin::HexBinary
                    | Builtin::Base64Binary
                    | Builtin::AnyUri
                    | Builtin::QName
                    | Builtin::Notation
            ),
            F::TotalDigits | F::FractionDigits => kind == Builtin::Decimal,
            F::MaxInclusive | F::MaxExclusive | F::MinExclusive | F::MinInclusive => {
                matches!(kind, Builtin::Decimal | Builtin::Float | Builtin::Double | Builtin::Duration)
                    || is_of_calendar(kind)
            }
        }
    }

    fn taken(&mut self, kind: FacetKind, value: &str) -> Result<(), FacetFlaw> {
        let base = &self.base.rules;
        let fixed = self.base.fixed.contains(&kind);
        match kind {
            FacetKind::Length => self.rules.length = Some(number(value, base.length, fixed, Ordering::is_eq)?),
            FacetKind::MinLength => self.rules.min_length = Some(number(value, base.min_length, fixed, Ordering::is_ge)?),
            FacetKind::MaxLength => self.rules.max_length = Some(number(value, base.max_length, fixed, Ordering::is_le)?),
            FacetKind::FractionDigits => {
                self.rules.fraction_digits = Some(number(value, base.fraction_digits, fixed, Ordering::is_le)?);
            }
            FacetKind::TotalDigits => {
                let digits = number(value, base.total_digits, fixed, Ordering::is_le)?;
                self.rules.total_digits = Some(digits).filter(|digits| *digits > 0);
                return self.rules.total_digits.map(drop).ok_or(FacetFlaw::BadValue);
            }
            FacetKind::WhiteSpace => {
                let mode = WhiteSpace::by_name(value).ok_or(FacetFlaw::BadValue)?;
                match mode.cmp(&self.white_space) {
                    Ordering::Less => return Err(FacetFlaw::Looser),
                    Ordering::Greater if fixed => return Err(FacetFlaw::Fixed),
                    _ => self.white_space = mode,
                }
            }
            FacetKind::MaxInclusive | FacetKind::MaxExclusive | FacetKind::MinExclusive | FacetKind::MinInclusive => {
                return self.take_bound(kind, value, fixed);
            }
            FacetKind::Pattern | FacetKind::Enumeration => {}
        }
        Ok(())
    }

    /// 4.3.7 to 4.3.10: a bound must be a value of the form, and inside what the base type allows.
    fn take_bound(&mut self, kind: FacetKind, value: &str, fixed: bool) -> Result<(), FacetFlaw> {
        let form = self.base.form();
        if let Err(slip) = value::read(form, value) {
            return Err(FacetFlaw::NotOfBase(Box::new(self.base.unfit(super::unfit::Why::Form(slip)))));
        }
        let inclusive = matches!(kind, FacetKind::MaxInclusive | FacetKind::MinInclusive);
        let is_lower = matches!(kind, FacetKind::MinInclusive | FacetKind::MinExclusive);
        let bound = Bound { inclusive, written: value.into() };
        let rules = &self.base.rules;
        let (same_side, other_side, inside) = match is_lower {
            true => (&rules.lower, &rules.upper, Ordering::Greater),
            false => (&rules.upper, &rules.lower, Ordering::Less),
        };
        if let Some(old) = same_side {
            match order(form, &bound, old) {
                Some(Ordering::Equal) if bound.inclusive && !old.inclusive => return Err(FacetFlaw::Looser),
                Some(Ordering::Equal) | None => {}
                Some(_) if fixed => return Err(FacetFlaw::Fixed),
                Some(found) if found != inside => return Err(FacetFlaw::Looser),
                Some(_) => {}
            }
        }
        if let Some(old) = other_side {
            match order(form, &bound, old) {
                Some(Ordering::Equal) if !old.inclusive => return Err(FacetFlaw::Looser),
                Some(found) if found == inside => return Err(FacetFlaw::Looser),
                _ => {}
            }
        }
        if is_lower {
            self.rules.lower = Some(bound)
        } else {
            self.rules.upper = Some(bound)
        }
        Ok(())
    }

    fn take_patterns(&mut self, facets: &[Facet<'_>]) {
        let sources: Vec<&str> = of_kind(facets, FacetKind::Pattern).collect();
        if sources.is_empty() {
            return;
        }
        if !self.is_applicable(FacetKind::Pattern) {
            return self.trouble(FacetKind::Pattern, FacetFlaw::NotApplicable(self.base.shown_name().to_owned()));
        }
        match Pattern::compile(&sources) {
            Ok(pattern) => self.rules.patterns.push(Arc::new(pattern)),
            Err((_, trouble)) => self.trouble(FacetKind::Pattern, FacetFlaw::Pattern(trouble)),
        }
    }

    /// 4.3.5: every allowed value must be a value of the base type.
    fn take_allowed(&mut self, facets: &[Facet<'_>]) {
        let kind = FacetKind::Enumeration;
        let values: Vec<&str> = of_kind(facets, kind).collect();
        if values.is_empty() {
            return;
        }
        if !self.is_applicable(kind) {
            return self.trouble(kind, FacetFlaw::NotApplicable(self.base.shown_name().to_owned()));
        }
        if self.base.has_prefixes() {
            return self.trouble(kind, FacetFlaw::NotImplemented);
        }
        for value in &values {
            if let Err(unfit) = self.base.check(value) {
                self.trouble(kind, FacetFlaw::NotOfBase(Box::new(unfit)));
            }
        }
        self.rules.allowed = Some(values.iter().map(|value| self.white_space.apply(value).into()).collect());
    }

    fn look_for_conflicts(&mut self, facets: &[Facet<'_>]) {
        use FacetKind as F;
        let has = |kind| facets.iter().any(|facet| facet.kind == kind);
        for (one, other) in [
            (F::Length, F::MinLength),
            (F::Length, F::MaxLength),
            (F::MinInclusive, F::MinExclusive),
            (F::MaxInclusive, F::MaxExclusive),
        ] {
            if has(one) && has(other) {
                self.trouble(one, FacetFlaw::Conflict(other));
            }
        }
        let rules = &self.rules;
        let mut crossed = Vec::new();
        let above = |one: Option<u64>, other: Option<u64>| matches!((one, other), (Some(one), Some(other)) if one > other);
        if above(rules.min_length, rules.max_length) || above(rules.min_length, rules.length) {
            crossed.push((F::MinLength, if rules.length.is_some() { F::Length } else { F::MaxLength }));
        }
        if above(rules.length, rules.max_length) {
            crossed.push((F::Length, F::MaxLength));
        }
        if above(rules.fraction_digits, rules.total_digits) {
            crossed.push((F::FractionDigits, F::TotalDigits));
        }
        if let (Some(lower), Some(upper)) = (&rules.lower, &rules.upper) {
            let crosses = match order(self.base.form(), lower, upper) {
                Some(Ordering::Equal) => lower.inclusive != upper.inclusive,
                found => found == Some(Ordering::Greater),
            };
            let name = |bound: &Bound, inclusive, exclusive| if bound.inclusive { inclusive } else { exclusive };
            if crosses {
                let lower = name(lower, F::MinInclusive, F::MinExclusive);
                crossed.push((lower, name(upper, F::MaxInclusive, F::MaxExclusive)));
            }
        }
        for (kind, other) in crossed {
            self.trouble(kind, FacetFlaw::Conflict(other));
        }
    }
}

fn of_kind<'f>(facets: &[Facet<'f>], kind: FacetKind) -> impl Iterator<Item = &'f str> {
    facets.iter().filter(move |facet| facet.kind == kind).map(|facet| facet.value)
}

fn order(form: Builtin, one: &Bound, other: &Bound) -> Option<Ordering> {
    let kind = form.primitive();
    let one = value::read(kind, &one.written).ok()?;
    one.partial_cmp(&value::read(kind, &other.written).ok()?)
}

/// A count that stands in the right order to the one of the base type.
fn number(value: &str, of_base: Option<u64>, fixed: bool, is_right: fn(Ordering) -> bool) -> Result<u64, FacetFlaw> {
    let number: u64 = value.parse().map_err(|_| FacetFlaw::BadValue)?;
    match of_base.map(|old| number.cmp(&old)) {
        Some(found) if fixed && found.is_ne() => Err(FacetFlaw::Fixed),
        Some(found) if !is_right(found) => Err(FacetFlaw::Looser),
        _ => Ok(number),
    }
}

fn is_of_calendar(kind: Builtin) -> bool {
    (Builtin::DateTime..=Builtin::GMonth).contains(&kind)
}
