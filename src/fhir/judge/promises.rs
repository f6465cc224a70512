//! The promises of the judge that need its inside: every sentence and every invariant.

use super::invariant::Shape;
use super::presence::is_not_behind;
use super::{Severity, invariants};
use crate::domain::Language;
use crate::fhir::r4::r4;
use std::collections::BTreeSet;

#[test]
fn every_invariant_is_about_a_type_of_r4_and_says_what_must_hold_in_three_languages() {
    let mut keys = BTreeSet::new();
    for invariant in invariants() {
        assert!(keys.insert(invariant.key), "{} stands there twice", invariant.key);
        let on = invariant.on.strip_suffix(".div").unwrap_or(invariant.on);
        let of = r4().by_name(on).unwrap_or_else(|| panic!("{}: {on} is no type", invariant.key));
        let sentences = [Language::En, Language::Nb, Language::Nn].map(|language| invariant.sentence(language));
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.')), "{sentences:?}");
        let named: Vec<&str> = match &invariant.shape {
            Shape::AnyOf(names) => names.to_vec(),
            Shape::OneOf(one, other) | Shape::NotBoth(one, other) | Shape::Needs(one, other) => vec![*one, *other],
            Shape::Own(..) | Shape::Elsewhere(_) => vec![],
        };
        for name in named {
            let element = r4().of(of).elements.iter().find(|element| element.name == name.trim_end_matches("[x]"));
            let element = element.unwrap_or_else(|| panic!("{}: {on} has no {name}", invariant.key));
            assert_eq!(element.choice.is_some(), name.ends_with("[x]"), "{}: {name}", invariant.key);
        }
    }
    assert!(keys.len() >= 80, "only {} invariants", keys.len());
    assert!(invariants().any(|invariant| invariant.severity == Severity::Warning));
}

#[test]
fn times_are_only_told_apart_as_far_as_they_are_written() {
    let ordered = |one: &str, other: &str| is_not_behind(Some(one), Some(other));
    assert!(ordered("2026", "2026-11-22") && ordered("2026-11-22", "2026"));
    assert!(ordered("2026-11-22T12:00:00+02:00", "2026-11-22T10:00:00Z"));
    assert!(!ordered("2026-11-22T12:00:01+02:00", "2026-11-22T10:00:00Z"));
    assert!(!ordered("2026-12", "2026-11-22") && !ordered("2027", "2026"));
    assert!(is_not_behind(None, Some("2026")) && is_not_behind(Some("2026"), None));
}
