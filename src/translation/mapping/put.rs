//! A value at a place in an object: what is on the way there is made.

use std::borrow::Cow;

use super::labels::label;
use super::place::Step;
use super::primitive::{Value, extensions};
use super::shapes::{bears, is_section, name};
use super::words::{ELEMENT, NAME, SECTIONS};
use crate::fhir::{Json, Object};

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
pub(super) fn path(trail: &[&'static str], last: &'static str) -> Cow<'static, str> {
    if trail.is_empty() {
        return Cow::Borrowed(last);
    }
    let mut path = String::with_capacity(trail.iter().map(|step| step.len() + 1).sum::<usize>() + last.len());
    trail.iter().for_each(|step| path.extend([step, "/"]));
    path.push_str(last);
    Cow::Owned(path)
}

/// Puts a value; the steps have no hop.
pub(super) fn put<'t>(object: &mut Object<'t>, steps: &'static [Step], value: Value<'t>, label: Label<'_>) {
    let Some((step, rest)) = steps.split_first() else { return };
    match step {
        Step::Extension(url) | Step::Inner(url) if rest.is_empty() => object.push("extension", valued(url, value)),
        Step::Extension(url) | Step::Inner(url) => put(extension(object, url), rest, value, label),
        Step::ExtensionValue(url, member) | Step::InnerValue(url, member) => {
            put(member_object(extension(object, url), member), rest, value, label);
        }
        Step::Member(member, beside) if rest.is_empty() => put_member(object, member, beside, value),
        Step::Member(member, _) => put(member_object(object, member), rest, value, label),
        Step::First(member, beside) if rest.is_empty() => put_item(object, member, beside, value, true),
        Step::First(member, _) => put(first_object(object, member), rest, value, label),
        Step::Each(member, beside) if rest.is_empty() => put_item(object, member, beside, value, false),
        Step::Each(member, _) | Step::OfList(member, _) => put(new_object(object, member), rest, value, label),
        Step::Named(member, word) => {
            let item = named_object(object, member, word, label.is_many);
            match value.json {
                Some(Json::Object(made)) if rest.is_empty() => merge(item, made),
                _ => put(item, rest, value, label),
            }
        }
        Step::Element => object.push("extension", element(value, path(label.outer, label.last))),
        Step::Hop(..) | Step::Bundle => {}
    }
}

/// A value that FHIR has no place for.
fn element<'t>(value: Value<'t>, label: Cow<'static, str>) -> Json<'t> {
    let mut made = Object::new().with("url", "value");
    set_value(&mut made, value);
    let path = Object::new().with("url", "path").with("valueString", label);
    Object::new().with("url", ELEMENT).with("extension", vec![path.into(), made.into()]).into()
}

/// An extension with a value.
pub(super) fn valued<'t>(url: &'static str, value: Value<'t>) -> Json<'t> {
    let mut made = Object::new().with("url", url);
    set_value(&mut made, value);
    made.into()
}

/// `value[x]`, and what stands beside it.
pub(super) fn set_value<'t>(object: &mut Object<'t>, value: Value<'t>) {
    let (member, beside) = value_names(value.kind);
    object.add(member, value.json);
    if !value.beside.is_empty() {
        object.add(beside, Object::new().with("extension", value.beside));
    }
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
pub(super) fn value_of<'b>(made: &'b Json<'_>) -> (Option<&'b Json<'b>>, Option<&'b Json<'b>>) {
    let member = |name: &&str| made.get(name);
    let value = VALUES.iter().map(|(_, member, _)| member).find_map(&member);
    let beside = VALUES.iter().map(|(_, _, beside)| beside).find_map(member);
    (value, beside)
}

fn put_member<'t>(object: &mut Object<'t>, member: &'static str, beside: &'static str, value: Value<'t>) {
    match value.json {
        Some(Json::Object(made)) => merge(member_object(object, member), made),
        Some(json) => object.set(member, json),
        None => {}
    }
    if !value.beside.is_empty() {
        let holder = member_object(object, beside);
        value.beside.into_iter().for_each(|one| holder.push("extension", one));
    }
}

/// Adds the members of an object to another; lists of extensions become one.
pub(super) fn merge<'t>(target: &mut Object<'t>, mut more: Object<'t>) {
    for (name, value) in std::mem::take(more.members_mut()) {
        match (target.get_mut(&name), value) {
            (Some(Json::Object(present)), Json::Object(inner)) => merge(present, inner),
            (Some(Json::Array(present)), Json::Array(mut items)) => present.append(&mut items),
            (Some(present), value) => *present = value,
            (None, value) => target.members_mut().push((name, value)),
        }
    }
}

/// An item of a list of primitives or objects; `_member` stays as long as the list when it is needed.
fn put_item<'t>(object: &mut Object<'t>, member: &'static str, beside: &'static str, value: Value<'t>, is_first: bool) {
    if let (true, Some(Json::Object(_))) = (is_first, &value.json) {
        let Some(Json::Object(made)) = value.json else { return };
        return merge(first_object(object, member), made);
    }
    let has_beside = !value.beside.is_empty() || object.get(beside).is_some();
    if !has_beside && value.json.is_some() {
        return list(object, member).extend(value.json);
    }
    let count = |name: &str| object.get(name).map_or(0, |items| items.items().len());
    let count = count(member).max(count(beside));
    let is_nothing = value.json.is_none() && object.get(member).is_none();
    push_at(object, member, count, value.json.unwrap_or(Json::Null), is_nothing);
    if !value.beside.is_empty() {
        push_at(object, beside, count, Object::new().with("extension", value.beside).into(), false);
    }
}

/// Pushes behind so many items, with fillers before it.
fn push_at<'t>(object: &mut Object<'t>, member: &'static str, count: usize, item: Json<'t>, is_nothing: bool) {
    if is_nothing {
        return;
    }
    let items = list(object, member);
    items.resize(count.max(items.len()), Json::Null);
    items.push(item);
}

/// The object that a member is, made if need be.
pub(super) fn member_object<'o, 't>(object: &'o mut Object<'t>, member: &'static str) -> &'o mut Object<'t> {
    as_object(object.member(member, || Json::Object(Object::new())))
}

fn as_object<'o, 't>(json: &'o mut Json<'t>) -> &'o mut Object<'t> {
    if !matches!(json, Json::Object(_)) {
        *json = Json::Object(Object::new());
    }
    match json {
        Json::Object(object) => object,
        _ => unreachable!("it was made one"),
    }
}

fn list<'o, 't>(object: &'o mut Object<'t>, member: &'static str) -> &'o mut Vec<Json<'t>> {
    // Most lists have one item.
    let json = object.member(member, || Json::Array(Vec::with_capacity(1)));
    if !matches!(json, Json::Array(_)) {
        *json = Json::Array(Vec::new());
    }
    match json {
        Json::Array(items) => items,
        _ => unreachable!("it was made one"),
    }
}

/// The first item without a name, made if need be.
pub(super) fn first_object<'o, 't>(object: &'o mut Object<'t>, member: &'static str) -> &'o mut Object<'t> {
    let items = list(object, member);
    let at = items.iter().position(|item| extensions(item, NAME).next().is_none()).unwrap_or_else(|| {
        items.push(Json::Object(Object::new()));
        items.len() - 1
    });
    as_object(&mut items[at])
}

/// The item of this name; a new one where each element has its own.
fn named_object<'o, 't>(
    object: &'o mut Object<'t>,
    member: &'static str,
    word: &'static str,
    is_new: bool,
) -> &'o mut Object<'t> {
    let items = list(object, member);
    let known = items.iter().position(|item| bears(item, word)).filter(|_| !is_new);
    let at = known.unwrap_or_else(|| {
        items.push(Object::new().with("extension", vec![name(word)]).into());
        items.len() - 1
    });
    as_object(&mut items[at])
}

/// A new item of a list.
pub(super) fn new_object<'o, 't>(object: &'o mut Object<'t>, member: &'static str) -> &'o mut Object<'t> {
    let items = list(object, member);
    items.push(Json::Object(Object::new()));
    let last = items.len() - 1;
    as_object(&mut items[last])
}

/// The extension of this URL, made if need be.
pub(super) fn extension<'o, 't>(object: &'o mut Object<'t>, url: &'static str) -> &'o mut Object<'t> {
    let items = list(object, "extension");
    let at = match items.iter().position(|one| one.get("url").and_then(Json::text) == Some(url)) {
        Some(at) => at,
        None => {
            items.push(Object::new().with("url", url).into());
            items.len() - 1
        }
    };
    as_object(&mut items[at])
}

/// The section of this name, made if need be.
pub(super) fn shared_section<'o, 't>(object: &'o mut Object<'t>, name: &'static str) -> &'o mut Object<'t> {
    let at = object.get("section").and_then(|all| all.items().iter().position(|one| is_section(one, name)));
    if at.is_none() {
        let code = Object::new().with("system", SECTIONS).with("code", name);
        let code = Object::new().with("coding", vec![code.into()]);
        let section = new_object(object, "section");
        section.set("title", label(name));
        section.set("code", code);
    }
    let Some(Json::Array(items)) = object.get_mut("section") else { unreachable!("it was made") };
    let at = at.unwrap_or(items.len() - 1);
    match &mut items[at] {
        Json::Object(section) => section,
        _ => unreachable!("sections are objects"),
    }
}
