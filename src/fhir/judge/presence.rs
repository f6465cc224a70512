//! What invariants ask of an object: is an element there, what is its value, which of two comes first.

use super::super::json::{Json, Object};
use super::invariant::Shape;
use std::cmp::Ordering;

/// Whether an element is there, as a value or as `_name` alone. `[x]` behind the name means any type.
pub(super) fn has(object: &Object<'_>, name: &str) -> bool {
    let stem = name.strip_suffix("[x]");
    object.members().iter().any(|(member, _)| {
        let bare = member.strip_prefix('_').unwrap_or(member);
        match stem {
            None => bare == name,
            Some(stem) => bare.strip_prefix(stem).is_some_and(|kind| kind.starts_with(|c: char| c.is_ascii_uppercase())),
        }
    })
}

/// The text of an element.
pub(super) fn text<'o>(object: &'o Object<'_>, name: &str) -> Option<&'o str> {
    object.get(name)?.text()
}

/// The objects of an element, whether it is one or an array.
pub(super) fn each<'o, 'a>(object: &'o Object<'a>, name: &str) -> impl Iterator<Item = &'o Object<'a>> {
    let value = object.get(name);
    let single = value.filter(|value| !matches!(value, Json::Array(_)));
    single.into_iter().chain(value.map(Json::items).unwrap_or_default()).filter_map(Json::object)
}

/// Whether a CodeableConcept has a code of a system.
pub(super) fn has_code(object: &Object<'_>, concept: &str, system: &str, codes: &[&str]) -> bool {
    let fits = |coding: &Object<'_>| {
        text(coding, "system") == Some(system) && text(coding, "code").is_some_and(|code| codes.contains(&code))
    };
    each(object, concept).any(|concept| each(concept, "coding").any(fits))
}

/// Whether no two are the same.
pub(super) fn all_different<T: Ord>(values: impl Iterator<Item = T>) -> bool {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.windows(2).all(|two| two[0] != two[1])
}

/// A number as a `double`: enough to tell a sign and an order.
pub(super) fn number(object: &Object<'_>, name: &str) -> Option<f64> {
    object.get(name)?.token()?.parse().ok()
}

/// Whether one dateTime is not behind another. Unknown, and so true, where one is less exact and could be either.
pub(super) fn is_not_behind(one: Option<&str>, other: Option<&str>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    match (instant(one), instant(other)) {
        (Some(one), Some(other)) => one <= other,
        _ => {
            let length = one.len().min(other.len()).min("2026-11-22".len());
            let order = one.as_bytes()[..length].cmp(&other.as_bytes()[..length]);
            order != Ordering::Greater
        }
    }
}

/// Only a time with its zone is an instant.
fn instant(written: &str) -> Option<jiff::Timestamp> {
    if written.contains('T') { written.parse().ok() } else { None }
}

/// Whether an object is as a shape wants it.
pub(super) fn holds(shape: &Shape, object: &Object<'_>) -> bool {
    match shape {
        Shape::AnyOf(names) => names.iter().any(|name| has(object, name)),
        Shape::OneOf(one, other) => has(object, one) != has(object, other),
        Shape::NotBoth(one, other) => !(has(object, one) && has(object, other)),
        Shape::Needs(one, other) => !has(object, one) || has(object, other),
        Shape::Own(holds, _) => holds(object),
        Shape::Elsewhere(_) => true,
    }
}
