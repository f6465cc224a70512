//! What the parts of this folder share: resources beside those of a message, with ids that follow from it.

use crate::fhir::{Json, Object};
use crate::translation::mapping::BASE;
use std::sync::LazyLock;
use uuid::Uuid;

/// The space of all ids that we give to resources beside a message.
static SPACE: LazyLock<Uuid> = LazyLock::new(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{BASE}/ns/forms").as_bytes()));

/// The id of a resource that there is once for a message: the same message gives the same one again, so that a server that gets it
/// twice has it once.
pub(super) fn id_of(message: &str, what: &str) -> String {
    Uuid::new_v5(&SPACE, format!("{message}\n{what}").as_bytes()).to_string()
}

/// A reference to an entry.
pub(super) fn reference(id: &str) -> Object<'static> {
    Object::new().with("reference", format!("urn:uuid:{id}"))
}

/// A concept with one coding of ours.
pub(super) fn concept(system: &str, code: &'static str) -> Object<'static> {
    let coding = Object::new().with("system", format!("{BASE}/CodeSystem/{system}")).with("code", code);
    Object::new().with("coding", vec![coding.into()])
}

/// The resources of a Bundle, in order.
pub(super) fn resources<'b, 'a>(bundle: &'b Json<'a>) -> impl Iterator<Item = &'b Json<'a>> {
    bundle.get("entry").map_or(&[][..], Json::items).iter().filter_map(|entry| entry.get("resource"))
}

/// The text at the end of a way of members, the first item of a list each.
pub(super) fn text_at<'b>(json: &'b Json<'_>, way: &[&str]) -> Option<&'b str> {
    let last = way.iter().try_fold(json, |inner, name| inner.first(name).or_else(|| inner.get(name)))?;
    last.text()
}

/// Adds a resource at the end of a Bundle.
pub(super) fn add<'a>(bundle: &mut Json<'a>, id: &str, resource: Object<'a>) {
    let entry = Object::new().with("fullUrl", format!("urn:uuid:{id}")).with("resource", resource);
    if let Some(bundle) = bundle.object_mut() {
        bundle.push("entry", entry);
    }
}
