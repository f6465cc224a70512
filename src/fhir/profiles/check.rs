//! Whether an object is as a profile wants it: every fault, with the way to it.

use super::super::json::{Json, Object};
use super::shelf::by_name;
use super::table::{Demand, Profile, Wish};

/// One fault.
pub(in crate::fhir) struct Fault {
    /// Members and positions, from the object to what is wrong.
    pub way: Vec<(&'static str, Option<usize>)>,
    pub demand: &'static Demand,
}

/// A value, and the way to it.
struct Found<'o> {
    way: Vec<(&'static str, Option<usize>)>,
    json: &'o Json<'o>,
}

/// Everything that a profile does not allow in an object.
pub(in crate::fhir) fn faults(object: &Json<'_>, profile: &'static Profile) -> Vec<Fault> {
    let mut faults = Vec::new();
    let whole = Found { way: Vec::new(), json: object };
    for demand in &profile.demands {
        let holders = match &demand.slice {
            None => vec![Found { way: Vec::new(), json: whole.json }],
            Some(slice) => {
                let is_it = |one: &Found<'_>| below(one, slice.by).iter().any(|by| by.json.text() == Some(slice.value));
                below(&whole, slice.path).into_iter().filter(is_it).collect()
            }
        };
        holders.iter().for_each(|holder| check(holder, demand, &mut faults));
    }
    faults
}

fn check(holder: &Found<'_>, demand: &'static Demand, faults: &mut Vec<Fault>) {
    let all = below(holder, demand.path);
    let mut fault = |way: &[(&'static str, Option<usize>)]| faults.push(Fault { way: way.to_vec(), demand });
    match &demand.wish {
        Wish::Some => {
            if all.is_empty() && !is_told_beside(holder.json, demand.path) {
                fault(&holder.way);
            }
        }
        Wish::Fixed(value) => {
            all.iter().filter(|one| one.json.text() != Some(value)).for_each(|one| fault(&one.way));
        }
        Wish::Code(_, system, codes) => {
            let is_in = |coding: &Json<'_>| {
                let text = |name: &str| coding.get(name).and_then(Json::text);
                text("system") == Some(system) && text("code").is_some_and(|code| codes.contains(&code))
            };
            let has = |one: &&Found<'_>| !one.json.get("coding").map_or(&[][..], Json::items).iter().any(is_in);
            all.iter().filter(has).for_each(|one| fault(&one.way));
        }
        Wish::Once(url) => {
            let is_it = |one: &&Found<'_>| one.json.get("url").and_then(Json::text) == Some(*url);
            if let Some(second) = all.iter().filter(is_it).nth(1) {
                fault(&second.way);
            }
        }
        Wish::Type(name) => {
            let Some(profile) = by_name(name) else { return };
            for one in &all {
                for mut inner in self::faults(one.json, profile) {
                    inner.way.splice(0..0, one.way.iter().copied());
                    faults.push(inner);
                }
            }
        }
    }
}

/// An element that is there by an extension alone.
fn is_told_beside(holder: &Json<'_>, path: &str) -> bool {
    !path.contains('.') && holder.object().is_some_and(|object| object.get(&format!("_{path}")).is_some())
}

/// What stands at a path; lists are looked into.
fn below<'o>(from: &Found<'o>, path: &'static str) -> Vec<Found<'o>> {
    let mut found = vec![Found { way: from.way.clone(), json: from.json }];
    for name in path.split('.').filter(|name| !name.is_empty()) {
        found = found.iter().flat_map(|one| members(one, name)).collect();
    }
    found
}

fn members<'o>(from: &Found<'o>, name: &'static str) -> Vec<Found<'o>> {
    let to = |at: Option<usize>, json: &'o Json<'o>| {
        let mut way = from.way.clone();
        way.push((name, at));
        Found { way, json }
    };
    match from.json.object().and_then(|object: &Object<'o>| object.get(name)) {
        None => Vec::new(),
        Some(Json::Array(items)) => items.iter().enumerate().map(|(at, item)| to(Some(at), item)).collect(),
        Some(single) => vec![to(None, single)],
    }
}
