//! One definition: a resource with a canonical URL, by which others refer to it.

use crate::fhir::{Json, Object};
use crate::translation::mapping::BASE;

/// The day from which the definitions hold; a new one when they change.
const DATE: &str = "2026-11-22";
const PUBLISHER: &str = "Bindeledd";

/// A resource that is published.
pub struct Published {
    /// Its type: `StructureDefinition`.
    pub kind: &'static str,
    /// The last part of its address.
    pub id: String,
    /// What others refer to it by.
    pub url: String,
    /// The resource.
    pub json: Json<'static>,
}

/// What every definition says of itself.
pub(super) struct About<'s> {
    /// Its type.
    pub kind: &'static str,
    /// The last part of its address.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What it is for.
    pub description: &'s str,
}

impl About<'_> {
    /// The canonical URL of one of ours.
    pub fn url(&self) -> String {
        canonical(self.kind, &self.id)
    }

    /// The resource so far, with a URL.
    pub fn resource(&self, url: &str) -> Object<'static> {
        Object::resource(self.kind)
            .with("id", self.id.clone())
            .with("url", url.to_owned())
            .with("version", env!("CARGO_PKG_VERSION"))
            .with("name", pascal(&self.id))
            .with("title", self.title.clone())
            .with("status", "active")
            .with("experimental", false)
            .with("date", DATE)
            .with("publisher", PUBLISHER)
            .with("description", self.description.to_owned())
    }

    /// With the rest of it.
    pub fn publish(self, url: String, resource: Object<'static>) -> Published {
        Published { kind: self.kind, id: self.id, url, json: resource.into() }
    }
}

/// The address of a definition of ours.
pub(super) fn canonical(kind: &str, id: &str) -> String {
    format!("{BASE}/{kind}/{id}")
}

/// A name that programs can use: `gw-Bundle` is `GwBundle` (FHIR R4, sdf-0).
fn pascal(id: &str) -> String {
    let mut out = String::new();
    for word in id.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    if out.starts_with(|c: char| c.is_ascii_digit()) { format!("List{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word_that_begins_with_a_letter() {
        for (id, name) in [("gw-Bundle", "GwBundle"), ("src-literal-b64", "SrcLiteralB64"), ("8279", "List8279")] {
            assert_eq!(pascal(id), name);
        }
    }
}
