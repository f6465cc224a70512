//! All definitions, made once.

use super::codes::codes;
use super::extensions::extensions;
use super::maps::maps;
use super::messages::messages;
use super::profiles::profiles;
use super::published::{Published, canonical};
use crate::fhir::{Json, Object, array};
use crate::translation::mapping::inventory;
use std::sync::LazyLock;

static ALL: LazyLock<Vec<Published>> = LazyLock::new(|| {
    let inventory = inventory();
    let mut all = messages();
    all.extend(extensions(&inventory));
    all.extend(profiles(&inventory));
    all.extend(codes(&inventory));
    all.extend(maps(&inventory));
    all
});

/// Every definition.
pub fn all() -> &'static [Published] {
    &ALL
}

/// The definition of this type and id: `StructureDefinition`, `src-literal`.
pub fn find(kind: &str, id: &str) -> Option<&'static Json<'static>> {
    all().iter().find(|one| one.kind == kind && one.id == id).map(|one| &one.json)
}

/// A searchset of all of a type; with a URL, of those that have it. None for a type that is not published.
pub fn search(kind: &str, url: Option<&str>) -> Option<Json<'static>> {
    let mut of_kind = all().iter().filter(|one| one.kind == kind).peekable();
    of_kind.peek()?;
    let found: Vec<&Published> = of_kind.filter(|one| url.is_none_or(|url| one.url == url)).collect();
    let entry = |one: &&Published| {
        let search = Object::new().with("mode", "match");
        let address = canonical(one.kind, &one.id);
        Object::new().with("fullUrl", address).with("resource", one.json.clone()).with("search", search)
    };
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let bundle = Object::resource("Bundle").with("type", "searchset").with("total", total);
    Some(bundle.with("entry", array(found.iter().map(entry))).into())
}
