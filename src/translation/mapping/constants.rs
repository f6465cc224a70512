//! Constants of a mapping: what an object always has, where no row has said anything.

use super::place::Step;
use super::put::{first_object, member_object};
use super::shapes::bears;
use crate::fhir::{Json, Object};
use std::borrow::Cow;

/// The object that a step leads to, if it is there.
pub(super) fn inside<'o, 't>(object: &'o Object<'t>, step: &Step) -> Option<&'o Object<'t>> {
    match step {
        Step::Member(name, _) => object.get(name)?.object(),
        Step::First(name, _) => object.get(name)?.items().first()?.object(),
        _ => None,
    }
}

/// Puts a constant where nothing stands. An item with a name or of a list is only completed.
pub(super) fn complete<'t>(object: &mut Object<'t>, place: &'static [Step], json: Cow<'_, Json<'static>>) {
    let Some((step, rest)) = place.split_first() else { return };
    let of_all = |items: &mut Json<'t>, is_it: &dyn Fn(&Json<'t>) -> bool| {
        let Json::Array(items) = items else { return };
        for item in items.iter_mut().filter(|item| is_it(item)) {
            if let Json::Object(item) = item {
                complete(item, rest, Cow::Borrowed(&json));
            }
        }
    };
    match step {
        Step::Member(name, _) | Step::First(name, _) if rest.is_empty() && object.get(name).is_some() => {}
        Step::Member(name, _) if rest.is_empty() => object.add(name, json.into_owned()),
        Step::First(name, _) if rest.is_empty() => object.add(name, vec![json.into_owned()]),
        Step::Member(name, _) => complete(member_object(object, name), rest, json),
        Step::First(name, _) => complete(first_object(object, name), rest, json),
        Step::Each(name, _) => object.get_mut(name).into_iter().for_each(|items| of_all(items, &|_| true)),
        Step::Named(name, word) => {
            object.get_mut(name).into_iter().for_each(|items| of_all(items, &|item| bears(item, word)))
        }
        Step::OfList(name, system) => {
            let has = |item: &Json<'t>| holds(item, system);
            object.get_mut(name).into_iter().for_each(|items| of_all(items, &has));
        }
        _ => {}
    }
}

/// Whether a coding of this system is in an item.
fn holds(json: &Json<'_>, system: &str) -> bool {
    json.get("system").and_then(Json::text) == Some(system)
        || json.items().iter().any(|item| holds(item, system))
        || json.object().is_some_and(|object| object.members().iter().any(|(_, value)| holds(value, system)))
}
