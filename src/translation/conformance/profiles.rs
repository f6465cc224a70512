//! Profiles of what the gateway makes (`gw-*`), and of what a platform may send that knows FHIR only (`gw-native-Bundle`).

use super::extensions::{FHIR_VERSION, slice};
use super::published::{About, Published};
use crate::fhir::{Json, Object, array};
use crate::translation::mapping::Inventory;

/// One for each kind of resource that the mappings make, and the Bundles.
pub(super) fn profiles(inventory: &Inventory) -> Vec<Published> {
    let kinds = inventory.resources.iter().copied().filter(|kind| *kind != "Binary");
    let mut found: Vec<Published> = kinds.map(|kind| of_kind(kind, inventory)).collect();
    found.push(bundle(
        "gw-Bundle",
        "A message that was made from XML, with all that is needed to make the same XML again.",
        &BUNDLE,
    ));
    found.push(bundle("gw-native-Bundle", "The least that a message of a sender has to hold who knows FHIR only.", &NATIVE));
    found
}

fn profile(id: String, description: &str, kind: &'static str, elements: Vec<Object<'static>>) -> Published {
    let about = About { kind: "StructureDefinition", title: id.replace('-', " "), id, description };
    let url = about.url();
    let elements: Vec<Json<'static>> = elements.into_iter().map(Json::from).collect();
    let resource = about
        .resource(&url)
        .with("fhirVersion", FHIR_VERSION)
        .with("kind", "resource")
        .with("abstract", false)
        .with("type", kind)
        .with("baseDefinition", format!("http://hl7.org/fhir/StructureDefinition/{kind}"))
        .with("derivation", "constraint")
        .with("differential", Object::new().with("element", elements));
    about.publish(url, resource)
}

/// The extensions that stand in a resource of this kind.
fn of_kind(kind: &'static str, inventory: &Inventory) -> Published {
    let mut elements = vec![Object::new().with("id", kind).with("path", kind)];
    let is_in = |place: &str| place == kind || place.strip_prefix(kind).is_some_and(|rest| rest.starts_with('.'));
    let mut places: Vec<(&str, &str)> = inventory
        .extensions
        .iter()
        .flat_map(|(url, one)| one.at.iter().filter(|place| is_in(place)).map(move |place| (place.as_str(), *url)))
        .collect();
    places.sort_unstable();
    let mut last = "";
    for (place, url) in places {
        let Some(slice) = inventory.extensions.get(url).and_then(|one| slice(place, url, one)) else { continue };
        if place != last {
            last = place;
            elements.push(sliced_by_url(place));
        }
        elements.push(slice);
    }
    let description = format!("{kind} as the gateway makes it from a message: the extensions that it may have.");
    profile(format!("gw-{kind}"), &description, kind, elements)
}

fn sliced_by_url(place: &str) -> Object<'static> {
    let by = Object::new().with("type", "value").with("path", "url");
    let slicing = Object::new().with("discriminator", array([by])).with("rules", "open");
    let id = format!("{place}.extension");
    Object::new().with("id", id.clone()).with("path", id).with("slicing", slicing)
}

/// An element of a Bundle that must be there, and the code that it must be.
struct Wanted {
    path: &'static str,
    short: &'static str,
    code: Option<&'static str>,
}

const fn wanted(path: &'static str, short: &'static str) -> Wanted {
    Wanted { path, short, code: None }
}

const BUNDLE: [Wanted; 4] = [
    Wanted { path: "Bundle.type", short: "A message", code: Some("message") },
    wanted("Bundle.identifier", "MsgId"),
    wanted("Bundle.timestamp", "GenDate"),
    wanted("Bundle.entry", "The MessageHeader first, then everything that it leads to"),
];

const NATIVE: [Wanted; 4] = [
    Wanted { path: "Bundle.type", short: "A message", code: Some("message") },
    wanted("Bundle.timestamp", "When it was made; becomes GenDate"),
    wanted("Bundle.entry", "The MessageHeader first: its id is a UUID and becomes the MsgId"),
    wanted("Bundle.entry.fullUrl", "By which the other entries refer to it"),
];

fn bundle(id: &'static str, description: &str, all: &[Wanted]) -> Published {
    let mut elements = vec![Object::new().with("id", "Bundle").with("path", "Bundle")];
    elements.extend(all.iter().map(|one| {
        let element = Object::new().with("id", one.path).with("path", one.path).with("short", one.short).with("min", 1);
        element.with("fixedCode", one.code)
    }));
    profile(id.to_owned(), description, "Bundle", elements)
}
