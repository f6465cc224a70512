//! Whether each contained resource belongs to the one around it: dom-3.

use super::super::json::{Json, Object};
use super::presence::text;
use std::collections::HashSet;

/// The numbers of the contained resources that nothing refers to, and that do not refer to the one around them.
pub(super) fn strangers(resource: &Object<'_>) -> Vec<u32> {
    let Some(contained) = resource.get("contained").map(Json::items).filter(|items| !items.is_empty()) else {
        return Vec::new();
    };
    let mut named = HashSet::new();
    resource.members().iter().for_each(|(_, value)| collect(value, &mut named));
    let is_strange = |item: &Json<'_>| {
        let Some(item) = item.object() else { return false };
        let referred_to = text(item, "id").is_some_and(|id| named.contains(id));
        let mut inside = HashSet::new();
        item.members().iter().for_each(|(_, value)| collect(value, &mut inside));
        !referred_to && !inside.contains("")
    };
    (0..).zip(contained).filter(|(_, item)| is_strange(item)).map(|(at, _)| at).collect()
}

/// What is referred to with `#`: in references, and in texts of which the tables alone would tell whether they are a `uri`.
fn collect<'j>(json: &'j Json<'_>, named: &mut HashSet<&'j str>) {
    match json {
        Json::Text(text) => named.extend(text.strip_prefix('#')),
        Json::Array(items) => items.iter().for_each(|item| collect(item, named)),
        Json::Object(object) => object.members().iter().for_each(|(_, value)| collect(value, named)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
