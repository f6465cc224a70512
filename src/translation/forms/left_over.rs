//! What of a Bundle is not in the message that it was made into: no loss is silent, of somebody's additions neither.

use super::grow::text_at;
use crate::fhir::{self, Json};
use crate::translation::mapping::{Space, bundle_of, to_xml};
use crate::xml::{Limits, Tree};
use std::collections::HashMap;

/// The values of a Bundle that are not in the Bundle which its message would be, in FHIRPath, in order. What is only about the Bundle, what
/// it was made from, and narratives do not count.
pub fn left_over(bundle: &Json<'_>) -> Vec<String> {
    let Ok(xml) = to_xml(bundle) else { return Vec::new() };
    let (tree, _) = Tree::read(&xml, &Limits::default());
    let space = Space::default();
    let again = tree.root().and_then(|root| Some(bundle_of(root, "x", &space).ok()?.tree()));
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for value in again.iter().flat_map(values) {
        *known.entry((value.name, value.text)).or_default() += 1;
    }
    let mut is_new = |value: &Value| match known.get_mut(&(value.name.clone(), value.text.clone())) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let mut all = values(bundle);
    all.retain(|value| is_new(value));
    all.into_iter().map(|value| value.path).collect()
}

/// One value with its place.
struct Value {
    /// The resource and the names on the way, without numbers: an order that changed is no loss.
    name: String,
    /// In FHIRPath.
    path: String,
    text: String,
}

fn values(bundle: &Json<'_>) -> Vec<Value> {
    let mut all = Vec::new();
    let entries = bundle.get("entry").map_or(&[][..], Json::items);
    for (at, entry) in entries.iter().enumerate() {
        let Some(resource) = entry.get("resource").filter(|resource| !is_about_the_bundle(resource)) else { continue };
        let url = entry.get("fullUrl").and_then(Json::text).unwrap_or_default();
        walk(resource, url.to_owned(), format!("Bundle.entry[{at}].resource"), &mut all);
    }
    for name in ["timestamp", "identifier"] {
        if let Some(value) = bundle.get(name) {
            walk(value, name.to_owned(), format!("Bundle.{name}"), &mut all);
        }
    }
    all
}

/// Whether a resource tells of the Bundle itself: its making, or what it was made from.
fn is_about_the_bundle(resource: &Json<'_>) -> bool {
    match resource.resource_type() {
        Some("Provenance") => true,
        Some("DocumentReference") => text_at(resource, &["category", "coding", "code"]) == Some("original-message"),
        // Where other XML is carried, its text is found at the document that names it.
        Some("Binary") => true,
        _ => false,
    }
}

fn walk(json: &Json<'_>, name: String, path: String, all: &mut Vec<Value>) {
    if let Some(object) = json.object() {
        for (member, value) in object.members().iter().filter(|(member, _)| !matches!(&**member, "text" | "meta" | "id")) {
            walk(value, format!("{name}.{member}"), format!("{path}.{member}"), all);
        }
    } else if let Json::Array(items) = json {
        for (at, item) in items.iter().enumerate() {
            walk(item, name.clone(), format!("{path}[{at}]"), all);
        }
    } else {
        let text = match json {
            fhir::Json::Null => return,
            other => other.compact(),
        };
        all.push(Value { name, path, text });
    }
}
