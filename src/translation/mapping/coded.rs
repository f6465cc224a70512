//! Codes and quantities of kith.xsd (CS, CV, PQ) as Coding and Quantity.

use std::borrow::Cow;

use super::draft::{self, Object, Space};
use super::primitive::{Found, Simple, extension, extensions, literal, literal_in};
use super::words::{EMPTY, ORIGINAL_TEXT};
use crate::fhir::Json;
use crate::xml::Node;

/// The attributes of one element, exactly.
#[derive(Default)]
pub(super) struct Attributes<'b>(pub Vec<(&'static str, Cow<'b, str>)>);

impl<'b> Attributes<'b> {
    fn add(&mut self, name: &'static str, value: Option<Cow<'b, str>>) {
        self.0.extend(value.map(|value| (name, value)));
    }
}

/// What the attributes of a CV, CS or PQ say, read in one go: there are hundreds of them in a message.
#[derive(Clone, Copy, Default)]
pub(super) struct Parts<'t> {
    pub value: Option<&'t str>,
    pub system: Option<&'t str>,
    pub name: Option<&'t str>,
    pub original: Option<&'t str>,
    pub unit: Option<&'t str>,
}

impl<'t> Parts<'t> {
    pub fn of(node: Node<'t>) -> Self {
        let mut parts = Self::default();
        for (name, text) in node.attributes().filter(|(name, _)| name.namespace.is_empty()) {
            match name.local {
                "V" => parts.value = Some(text),
                "S" => parts.system = Some(text),
                "DN" => parts.name = Some(text),
                "OT" => parts.original = Some(text),
                "U" => parts.unit = Some(text),
                _ => {}
            }
        }
        parts
    }
}

/// Where an attribute belongs.
struct Spot {
    attribute: &'static str,
    simple: Simple,
    member: &'static str,
    beside: &'static str,
}

const CODE: Spot = Spot { attribute: "@V", simple: Simple::Token, member: "code", beside: "_code" };
const DISPLAY: Spot = Spot { attribute: "@DN", simple: Simple::Text, member: "display", beside: "_display" };
const UNIT: Spot = Spot { attribute: "@U", simple: Simple::Token, member: "unit", beside: "_unit" };

/// Puts one attribute where it belongs: as a text of FHIR, or the exact text beside it; an empty one is noted as empty.
fn put<'t>(object: Object<'t>, text: Option<&'t str>, spot: &Spot) {
    let Some(text) = text else { return };
    if spot.simple.is_plain(text) {
        return object.add(spot.member, text);
    }
    let value = spot.simple.value(text, object.space());
    if text.is_empty() || spot.simple == Simple::Token && value.json.is_none() {
        return add_empty(object, spot.attribute);
    }
    object.add(spot.member, value.json);
    object.add(spot.beside, value.beside.map(|one| object.space().beside(one)));
}

/// The extension that tells of something empty.
pub(super) fn empty<'t>(path: &'t str, space: &'t Space) -> Object<'t> {
    space.extension(EMPTY, "valueString", path)
}

/// Adds an extension to an object.
pub(super) fn add_extension<'t>(object: Object<'t>, extension: impl Into<draft::Json<'t>>) {
    object.push("extension", extension);
}

/// Notes in an object that something in it is empty.
pub(super) fn add_empty<'t>(object: Object<'t>, path: &'t str) {
    add_extension(object, empty(path, object.space()));
}

/// Whether an object says that something is there and empty.
pub(super) fn is_empty_there(holder: &Json<'_>, path: &str) -> bool {
    is_empty_at(holder, Trail::of(path))
}

/// The same, by the way to it.
pub(super) fn is_empty_at(holder: &Json<'_>, trail: Trail<'_>) -> bool {
    extensions(holder, EMPTY).any(|one| one.get("valueString").and_then(Json::text).is_some_and(|text| trail.is(text)))
}

/// The way from the element that an object is about to one inside it: `a/b/c`.
#[derive(Clone, Copy)]
pub(super) struct Trail<'w> {
    pub outer: &'w [&'static str],
    pub last: &'w str,
}

impl<'w> Trail<'w> {
    pub fn of(last: &'w str) -> Self {
        Self { outer: &[], last }
    }

    /// Whether it is written so.
    pub fn is(self, text: &str) -> bool {
        let inner = |text: &'_ str, step: &&str| -> Option<usize> {
            let behind = text.strip_prefix(step)?.strip_prefix('/')?;
            Some(text.len() - behind.len())
        };
        let behind = self.outer.iter().try_fold(0, |at, step| Some(at + inner(&text[at..], step)?));
        behind.is_some_and(|at| text[at..] == *self.last)
    }
}

/// A CS when the system is fixed, else a CV.
pub(super) fn coding<'t>(node: Node<'t>, system: Option<&'static str>, space: &'t Space) -> Object<'t> {
    let object = space.object();
    let parts = Parts::of(node);
    match (system, parts.system) {
        (Some(system), _) => object.add("system", system),
        (None, Some(list)) if list.trim().is_empty() => add_empty(object, "@S"),
        (None, Some(list)) if is_oid(list) => object.add("system", space.concat(&["urn:oid:", list])),
        (None, Some(list)) => object.add("_system", space.beside(literal(list, space))),
        (None, None) => {}
    }
    put(object, parts.value, &CODE);
    put(object, parts.name, &DISPLAY);
    if let Some(text) = parts.original {
        let value = Simple::Text.value(text, space);
        let made = space.object().with("url", ORIGINAL_TEXT);
        match (value.json, value.beside) {
            (Some(json), _) => made.add("valueString", json),
            (None, _) if text.is_empty() => add_empty(made, "@OT"),
            (None, beside) => made.push("extension", beside),
        }
        add_extension(object, made);
    }
    object
}

/// The attributes of a Coding; those of a CS have no S.
pub(super) fn coding_back<'b>(coding: &'b Json<'b>, is_fixed: bool) -> Attributes<'b> {
    let mut attributes = Attributes::default();
    attributes.add("V", back(coding, "code", "_code", "@V"));
    if !is_fixed {
        let oid = coding.get("system").and_then(Json::text).map(oid_of);
        let odd = coding.get("_system").and_then(literal_in);
        let empty = || is_empty_there(coding, "@S").then_some(Cow::Borrowed(""));
        attributes.add("S", oid.map(Cow::Borrowed).or(odd).or_else(empty));
    }
    attributes.add("DN", back(coding, "display", "_display", "@DN"));
    attributes.add("OT", extension(coding, ORIGINAL_TEXT).and_then(original_text));
    attributes
}

fn original_text<'b>(made: &'b Json<'_>) -> Option<Cow<'b, str>> {
    let exact = || literal_in(made).or_else(|| is_empty_there(made, "@OT").then_some(Cow::Borrowed("")));
    made.get("valueString").and_then(Json::text).map(Cow::Borrowed).or_else(exact)
}

fn back<'b>(object: &'b Json<'b>, member: &str, beside: &str, path: &str) -> Option<Cow<'b, str>> {
    let found = Found { json: object.get(member), beside: object.get(beside) };
    Simple::Text.text(found).or_else(|| is_empty_there(object, path).then_some(Cow::Borrowed("")))
}

/// A system as the S of a CV has it.
pub(super) fn oid_of(system: &str) -> &str {
    match system {
        "http://www.whocc.no/atc" => "2.16.578.1.12.4.1.1.7180",
        "http://hl7.org/fhir/sid/icpc-2" => "2.16.578.1.12.4.1.1.7170",
        "http://hl7.org/fhir/sid/icd-10-no" => "2.16.578.1.12.4.1.1.7110",
        other => other.strip_prefix("urn:oid:").unwrap_or(other),
    }
}

/// An object identifier as URIs have it.
fn is_oid(text: &str) -> bool {
    let is_arc = |arc: &[u8]| arc.iter().all(u8::is_ascii_digit) && matches!(arc, [b'0'] | [b'1'..=b'9', ..]);
    matches!(text.as_bytes(), [b'0'..=b'2', b'.', arcs @ ..] if arcs.split(|byte| *byte == b'.').all(is_arc))
}

/// A PQ.
pub(super) fn quantity<'t>(node: Node<'t>, space: &'t Space) -> Object<'t> {
    let object = space.object();
    let parts = Parts::of(node);
    match parts.value {
        Some("") => add_empty(object, "@V"),
        Some(number) => {
            let value = Simple::Decimal.value(number, space);
            object.add("value", value.json);
            object.add("_value", value.beside.map(|one| space.beside(one)));
        }
        None => {}
    }
    put(object, parts.unit, &UNIT);
    object
}

/// The attributes of a Quantity.
pub(super) fn quantity_back<'b>(quantity: &'b Json<'b>) -> Attributes<'b> {
    let mut attributes = Attributes::default();
    let found = Found { json: quantity.get("value"), beside: quantity.get("_value") };
    let empty = || is_empty_there(quantity, "@V").then_some(Cow::Borrowed(""));
    attributes.add("V", Simple::Decimal.text(found).or_else(empty));
    attributes.add("U", back(quantity, "unit", "_unit", "@U"));
    attributes
}
