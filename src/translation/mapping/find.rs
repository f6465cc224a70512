//! The values that stand at a place of an object.

use super::coded::Trail;
use super::place::Step;
use super::primitive::{Found, extensions};
use super::put::value_of;
use super::shapes::bears;
use super::words::{ELEMENT, NAME};
use crate::fhir::Json;

/// Tells of every value at a place, in order; the steps have no hop.
pub(super) fn find<'b>(json: &'b Json<'b>, steps: &'static [Step], label: Trail<'_>, tell: &mut dyn FnMut(Found<'b>)) {
    let Some((step, rest)) = steps.split_first() else {
        return tell(Found { json: Some(json), beside: None });
    };
    match step {
        Step::Member(member, beside) if rest.is_empty() => tell_if_there(json.get(member), json.get(beside), tell),
        Step::Member(member, _) => go(json.get(member), rest, label, tell),
        Step::First(member, beside) if rest.is_empty() => match first(json, member) {
            Some(object @ Json::Object(_)) => tell(Found { json: Some(object), beside: None }),
            None if !items(json, member).is_empty() => {}
            _ => tell_item(json, member, beside, 0, tell),
        },
        Step::First(member, _) => go(first(json, member), rest, label, tell),
        Step::Each(member, beside) if rest.is_empty() => {
            let count = |name: &str| json.get(name).map_or(0, |all| all.items().len());
            (0..count(member).max(count(beside))).for_each(|at| tell_item(json, member, beside, at, tell));
        }
        Step::Each(member, _) => items(json, member).iter().for_each(|item| find(item, rest, label, tell)),
        Step::OfList(member, system) => {
            let of_list = |found: Found<'_>| found.json.and_then(|coding| coding.get("system")?.text()) == Some(*system);
            for item in items(json, member) {
                find(item, rest, label, &mut |found| {
                    if of_list(found) {
                        tell(found)
                    }
                });
            }
        }
        Step::Named(member, word) => {
            items(json, member).iter().filter(|item| bears(item, word)).for_each(|item| find(item, rest, label, tell));
        }
        Step::Extension(url) | Step::Inner(url) => {
            for one in extensions(json, url) {
                if rest.is_empty() {
                    let (value, beside) = value_of(one);
                    tell_if_there(value, beside, tell);
                } else {
                    find(one, rest, label, tell);
                }
            }
        }
        Step::ExtensionValue(url, member) | Step::InnerValue(url, member) => {
            extensions(json, url).for_each(|one| go(one.get(member), rest, label, tell));
        }
        Step::Element => elements(json, label, tell),
        Step::Hop(..) | Step::Bundle => {}
    }
}

/// Every object at the place of an element: list items, members, extensions.
pub(super) fn objects<'b>(json: &'b Json<'b>, steps: &'static [Step], tell: &mut dyn FnMut(&'b Json<'b>)) {
    match steps {
        [Step::Extension(url) | Step::Inner(url)] => extensions(json, url).for_each(tell),
        [Step::Extension(url) | Step::Inner(url), rest @ ..] => {
            extensions(json, url).for_each(|one| objects(one, rest, tell))
        }
        [Step::Member(member, _), rest @ ..] if !rest.is_empty() => {
            json.get(member).into_iter().for_each(|inner| objects(inner, rest, tell));
        }
        steps => find(json, steps, Trail::of(""), &mut |found| found.json.into_iter().for_each(&mut *tell)),
    }
}

fn go<'b>(json: Option<&'b Json<'b>>, rest: &'static [Step], label: Trail<'_>, tell: &mut dyn FnMut(Found<'b>)) {
    if let Some(json) = json {
        find(json, rest, label, tell);
    }
}

/// The first item without a name.
pub(super) fn first<'b>(json: &'b Json<'b>, member: &str) -> Option<&'b Json<'b>> {
    items(json, member).iter().find(|item| extensions(item, NAME).next().is_none())
}

/// The values of this label that FHIR has no place for.
fn elements<'b>(json: &'b Json<'b>, label: Trail<'_>, tell: &mut dyn FnMut(Found<'b>)) {
    for one in extensions(json, ELEMENT) {
        let path = extensions(one, "path").next().and_then(|path| path.get("valueString")?.text());
        if !path.is_some_and(|path| label.is(path)) {
            continue;
        }
        if let Some((value, beside)) = extensions(one, "value").next().map(value_of) {
            tell_if_there(value, beside, tell);
        }
    }
}

fn items<'b>(json: &'b Json<'b>, member: &str) -> &'b [Json<'b>] {
    json.get(member).map_or(&[][..], Json::items)
}

fn tell_item<'b>(json: &'b Json<'b>, member: &str, beside: &str, at: usize, tell: &mut dyn FnMut(Found<'b>)) {
    tell_if_there(items(json, member).get(at), items(json, beside).get(at), tell);
}

fn tell_if_there<'b>(json: Option<&'b Json<'b>>, beside: Option<&'b Json<'b>>, tell: &mut dyn FnMut(Found<'b>)) {
    let real = |json: &&Json<'_>| !matches!(json, Json::Null);
    let (json, beside) = (json.filter(real), beside.filter(real));
    if json.is_some() || beside.is_some() {
        tell(Found { json, beside });
    }
}
