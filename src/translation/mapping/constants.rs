//! Constants of a mapping: what an object always has, where no row has said anything.

use super::draft::{Json, Object, Space};
use super::place::Step;
use super::put::first_object;
use super::shapes::bears_in;
use crate::fhir;

/// What a constant puts there.
#[derive(Clone, Copy)]
pub(super) enum Ready<'t> {
    Given(&'static fhir::Json<'static>),
    /// A reference to a resource, by its URL.
    Reference(&'t str),
}

impl<'t> Ready<'t> {
    /// Made anew for each place: nobody who changes one changes another.
    fn json(self, space: &'t Space) -> Json<'t> {
        match self {
            Self::Given(json) => space.given(json),
            Self::Reference(url) => space.object().with("reference", url).into(),
        }
    }
}

/// The object that a step leads to, if it is there.
pub(super) fn inside<'t>(object: Object<'t>, step: &Step) -> Option<Object<'t>> {
    match step {
        Step::Member(name, _) => object.get(name)?.object(),
        Step::First(name, _) => object.items(name).next()?.object(),
        _ => None,
    }
}

/// Puts a constant where nothing stands. An item with a name or of a list is only completed.
pub(super) fn complete<'t>(object: Object<'t>, place: &'static [Step], ready: Ready<'t>) {
    let Some((step, rest)) = place.split_first() else { return };
    let space = object.space();
    let of_all = |name: &str, is_it: &dyn Fn(Json<'t>) -> bool| {
        let items = object.items(name).filter(|item| is_it(*item)).filter_map(Json::object);
        items.for_each(|item| complete(item, rest, ready));
    };
    match step {
        Step::Member(name, _) | Step::First(name, _) if rest.is_empty() && object.get(name).is_some() => {}
        Step::Member(name, _) if rest.is_empty() => object.add(name, ready.json(space)),
        Step::First(name, _) if rest.is_empty() => object.add(name, space.list(ready.json(space))),
        Step::Member(name, _) => complete(object.member(name), rest, ready),
        Step::First(name, _) => complete(first_object(object, name), rest, ready),
        Step::Each(name, _) => of_all(name, &|_| true),
        Step::Named(name, word) => of_all(name, &|item| bears_in(item, word)),
        Step::OfList(name, system) => of_all(name, &|item| holds(item, system)),
        _ => {}
    }
}

/// Whether a coding of this system is in an item.
fn holds(json: Json<'_>, system: &str) -> bool {
    json.get("system").and_then(Json::text) == Some(system)
        || json.items().any(|item| holds(item, system))
        || json.object().is_some_and(|object| object.members().any(|(_, value)| holds(value, system)))
}
