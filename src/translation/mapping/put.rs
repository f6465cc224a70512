//! A value at a place in an object: what is on the way there is made.

use super::draft::{Array, Json, Object, Space};
use super::labels::label;
use super::place::Step;
use super::primitive::{Value, extension_in};
use super::shapes::{bears_in, name};
use super::words::{ELEMENT, NAME, SECTIONS};
use crate::fhir;

/// What is known of the element that a value is from.
#[derive(Clone, Copy)]
pub(super) struct Label<'w> {
    /// The elements around it, from the one that the object is about.
    pub outer: &'w [&'static str],
    pub last: &'static str,
    /// Whether it may be repeated.
    pub is_many: bool,
}

impl Label<'_> {
    pub fn none() -> Self {
        Self { outer: &[], last: "", is_many: false }
    }
}

/// What an element is called where FHIR has no place for it: the way from the element that an object is about.
pub(super) fn path<'t>(trail: &[&'static str], last: &'static str, space: &'t Space) -> &'t str {
    if trail.is_empty() {
        return last;
    }
    space.concat(&trail.iter().flat_map(|step| [*step, "/"]).chain([last]).collect::<Vec<_>>())
}

/// Puts a value; the steps have no hop.
pub(super) fn put<'t>(object: Object<'t>, steps: &'static [Step], value: Value<'t>, label: Label<'_>) {
    let Some((step, rest)) = steps.split_first() else { return };
    match step {
        Step::Extension(url) | Step::Inner(url) if rest.is_empty() => {
            object.push("extension", valued(url, value, object.space()));
        }
        Step::Extension(url) | Step::Inner(url) => put(extension(object, url), rest, value, label),
        Step::ExtensionValue(url, member) | Step::InnerValue(url, member) => {
            put(extension(object, url).member(member), rest, value, label);
        }
        Step::Member(member, beside) if rest.is_empty() => put_member(object, member, beside, value),
        Step::Member(member, _) => put(object.member(member), rest, value, label),
        Step::First(member, beside) if rest.is_empty() => put_item(object, member, beside, value, true),
        Step::First(member, _) => put(first_object(object, member), rest, value, label),
        Step::Each(member, beside) if rest.is_empty() => put_item(object, member, beside, value, false),
        Step::Each(member, _) | Step::OfList(member, _) => put(object.list(member).push_object(), rest, value, label),
        Step::Named(member, word) => {
            let item = named_object(object, member, word, label.is_many);
            match value.json {
                Some(Json::Object(made)) if rest.is_empty() => merge(item, made),
                _ => put(item, rest, value, label),
            }
        }
        Step::Element => {
            let space = object.space();
            object.push("extension", element(value, path(label.outer, label.last, space), space));
        }
        Step::Hop(..) | Step::Bundle => {}
    }
}

/// A value that FHIR has no place for.
fn element<'t>(value: Value<'t>, label: &'t str, space: &'t Space) -> Object<'t> {
    let parts = space.list(space.extension("path", "valueString", label));
    parts.push(valued("value", value, space));
    space.extension(ELEMENT, "extension", parts)
}

/// An extension with a value: `value[x]`, and what stands beside it.
fn valued<'t>(url: &'static str, value: Value<'t>, space: &'t Space) -> Object<'t> {
    let (member, beside) = value_names(value.kind);
    let made = space.extension(url, member, value.json);
    made.add(beside, value.beside.map(|one| space.beside(one)));
    made
}

/// What the value of an extension is called, by its kind.
const VALUES: [(&str, &str, &str); 16] = [
    ("String", "valueString", "_valueString"),
    ("Boolean", "valueBoolean", "_valueBoolean"),
    ("Integer", "valueInteger", "_valueInteger"),
    ("Decimal", "valueDecimal", "_valueDecimal"),
    ("Date", "valueDate", "_valueDate"),
    ("DateTime", "valueDateTime", "_valueDateTime"),
    ("Code", "valueCode", "_valueCode"),
    ("Base64Binary", "valueBase64Binary", "_valueBase64Binary"),
    ("Coding", "valueCoding", "_valueCoding"),
    ("Quantity", "valueQuantity", "_valueQuantity"),
    ("Identifier", "valueIdentifier", "_valueIdentifier"),
    ("Address", "valueAddress", "_valueAddress"),
    ("ContactPoint", "valueContactPoint", "_valueContactPoint"),
    ("Reference", "valueReference", "_valueReference"),
    ("Period", "valuePeriod", "_valuePeriod"),
    ("", "valueString", "_valueString"),
];

fn value_names(kind: &str) -> (&'static str, &'static str) {
    VALUES
        .iter()
        .find(|(known, ..)| *known == kind)
        .map_or(("valueString", "_valueString"), |(_, member, beside)| (member, beside))
}

/// The value of an extension, whatever it is called.
pub(super) fn value_of<'b>(made: &'b fhir::Json<'_>) -> (Option<&'b fhir::Json<'b>>, Option<&'b fhir::Json<'b>>) {
    let member = |name: &&str| made.get(name);
    let value = VALUES.iter().map(|(_, member, _)| member).find_map(&member);
    let beside = VALUES.iter().map(|(_, _, beside)| beside).find_map(member);
    (value, beside)
}

fn put_member<'t>(object: Object<'t>, member: &'static str, beside: &'static str, value: Value<'t>) {
    match value.json {
        Some(Json::Object(made)) => merge(object.member(member), made),
        Some(json) => object.set(member, json),
        None => {}
    }
    if let Some(one) = value.beside {
        object.member(beside).push("extension", one);
    }
}

/// Adds the members of an object to another; lists of extensions become one.
pub(super) fn merge<'t>(target: Object<'t>, more: Object<'t>) {
    for (name, value) in more.members() {
        match (target.get(name), value) {
            (Some(Json::Object(present)), Json::Object(inner)) => merge(present, inner),
            (Some(Json::Array(present)), Json::Array(items)) => items.items().for_each(|item| present.push(item)),
            (_, value) => target.set(name, value),
        }
    }
}

/// An item of a list of primitives or objects; `_member` stays as long as the list when it is needed.
fn put_item<'t>(object: Object<'t>, member: &'static str, beside: &'static str, value: Value<'t>, is_first: bool) {
    if let (true, Some(Json::Object(made))) = (is_first, value.json) {
        return merge(first_object(object, member), made);
    }
    if let (None, None, Some(json)) = (value.beside, object.get(beside), value.json) {
        return object.list(member).push(json);
    }
    let count = object.items(member).count().max(object.items(beside).count());
    if value.json.is_some() || object.get(member).is_some() {
        push_at(object.list(member), count, value.json.into());
    }
    if let Some(one) = value.beside {
        push_at(object.list(beside), count, object.space().beside(one).into());
    }
}

/// Pushes behind so many items, with fillers before it.
fn push_at<'t>(items: Array<'t>, count: usize, item: Json<'t>) {
    (items.items().count()..count).for_each(|_| items.push(Json::Null));
    items.push(item);
}

/// The first item without a name, made if need be.
pub(super) fn first_object<'t>(object: Object<'t>, member: &'static str) -> Object<'t> {
    let items = object.list(member);
    let mut unnamed = items.items().filter(|item| extension_in(*item, NAME).is_none());
    unnamed.next().and_then(Json::object).unwrap_or_else(|| items.push_object())
}

/// The item of this name; a new one where each element has its own.
fn named_object<'t>(object: Object<'t>, member: &'static str, word: &'static str, is_new: bool) -> Object<'t> {
    let items = object.list(member);
    let known = items.items().find(|item| bears_in(*item, word)).filter(|_| !is_new);
    known.and_then(Json::object).unwrap_or_else(|| {
        let item = items.push_object();
        item.push("extension", name(word, object.space()));
        item
    })
}

/// The extension of this URL, made if need be.
fn extension<'t>(object: Object<'t>, url: &'static str) -> Object<'t> {
    let items = object.list("extension");
    let known = items.items().find(|one| one.get("url").and_then(Json::text) == Some(url));
    known.and_then(Json::object).unwrap_or_else(|| items.push_object().with("url", url))
}

/// The section of this name, made if need be.
pub(super) fn shared_section<'t>(object: Object<'t>, name: &'static str) -> Object<'t> {
    let known = object.items("section").find(|one| is_section(*one, name));
    known.and_then(Json::object).unwrap_or_else(|| {
        let section = object.list("section").push_object();
        section.with("title", label(name)).with("code", section_code(name, object.space()))
    })
}

/// What a section is about: elements of this name.
pub(super) fn section_code<'t>(name: &'static str, space: &'t Space) -> Object<'t> {
    let coding = space.object().with("system", SECTIONS).with("code", name);
    space.object().with("coding", space.list(coding))
}

fn is_section(section: Json<'_>, name: &str) -> bool {
    let codings = section.get("code").and_then(|code| code.get("coding")).unwrap_or(Json::Null);
    codings.items().any(|coding| {
        coding.get("code").and_then(Json::text) == Some(name) && coding.get("system").and_then(Json::text) == Some(SECTIONS)
    })
}
