//! A StructureDefinition for each extension of ours, from the tables of the mapping: where it stands, and what is in it.

use super::extension_words::description;
use super::published::{About, Published, canonical};
use crate::fhir::{Json, Object, array};
use crate::translation::mapping::{BASE, Extension, Inventory};

/// The version of FHIR that the definitions are of.
pub(super) const FHIR_VERSION: &str = "4.0.1";

/// All that the mappings make, ours only.
pub(super) fn extensions(inventory: &Inventory) -> Vec<Published> {
    inventory.extensions.iter().filter_map(|(url, extension)| Some(one(id_of(url)?, extension))).collect()
}

/// The last part of the URL of an extension of ours.
pub(super) fn id_of(url: &str) -> Option<&str> {
    url.strip_prefix(BASE)?.strip_prefix("/StructureDefinition/")
}

fn one(id: &str, extension: &Extension) -> Published {
    let about = About {
        kind: "StructureDefinition",
        id: id.to_owned(),
        title: id.replace('-', " "),
        description: description(id).unwrap_or_default(),
    };
    let url = about.url();
    let context = extension.at.iter().map(|place| Object::new().with("type", "element").with("expression", place.clone()));
    let mut elements = vec![element("Extension", description(id).unwrap_or_default()).with("min", 0).with("max", "*")];
    inside("Extension", "Extension", extension, &url, &mut elements);
    let elements: Vec<Json<'static>> = elements.into_iter().map(Json::from).collect();
    let resource = about
        .resource(&url)
        .with("fhirVersion", FHIR_VERSION)
        .with("kind", "complex-type")
        .with("abstract", false)
        .with("context", array(context))
        .with("type", "Extension")
        .with("baseDefinition", "http://hl7.org/fhir/StructureDefinition/Extension")
        .with("derivation", "constraint")
        .with("differential", Object::new().with("element", elements));
    about.publish(url, resource)
}

fn element(id: &str, short: &str) -> Object<'static> {
    // A slice has its name in the id and not in the path.
    let path: Vec<&str> = id.split('.').map(|step| step.split(':').next().unwrap_or_default()).collect();
    Object::new().with("id", id.to_owned()).with("path", path.join(".")).with("short", short.to_owned())
}

/// The parts, the URL and the value. A part is known by its word alone.
fn inside(id: &str, name: &str, extension: &Extension, url: &str, elements: &mut Vec<Object<'static>>) {
    for (word, part) in &extension.parts {
        let id = format!("{id}.extension:{word}");
        let most = if part.is_many { "*" } else { "1" };
        elements.push(element(&id, word).with("sliceName", (*word).to_owned()).with("min", 0).with("max", most));
        inside(&id, word, part, word, elements);
    }
    let fixed = Object::new().with("fixedUri", url.to_owned());
    let mut named = element(&format!("{id}.url"), name);
    named.members_mut().extend(fixed.members().iter().cloned());
    elements.push(named);
    let mut value = element(&format!("{id}.value[x]"), name).with("min", 0);
    if extension.values.is_empty() {
        value.set("max", "0");
    } else {
        value.set("type", array(extension.values.iter().map(|code| Object::new().with("code", *code))));
    }
    elements.push(value);
}

/// How a resource holds one of our extensions: an element of its profile.
pub(super) fn slice(at: &str, url: &str, extension: &Extension) -> Option<Object<'static>> {
    let name = id_of(url)?;
    let profile = canonical("StructureDefinition", name);
    let kind = Object::new().with("code", "Extension").with("profile", array([profile]));
    let most = if extension.is_many { "*" } else { "1" };
    let slice = element(&format!("{at}.extension:{name}"), description(name).unwrap_or_default());
    Some(slice.with("sliceName", name.to_owned()).with("min", 0).with("max", most).with("type", array([kind])))
}
