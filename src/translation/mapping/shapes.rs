//! Small groups of elements that FHIR has data types for: identifiers, addresses, telephone numbers. Their elements are the
//! same in every family; only the namespace differs.

use std::borrow::Cow;

use super::beside::{self, ADDRESS_TYPE, COUNTRY, COUNTY, How, Part, TELECOM_TYPE};
use super::coded::{Attributes, add_extension, coding, coding_back, empty, is_empty_there};
use super::primitive::{Found, Simple, Value, extension, extensions};
use super::program::{CodeMap, CodeMaps};
use super::words::{CODING, NAME, SECTIONS};
use crate::fhir::{Json, Object};
use crate::xml::Node;

/// One element to be written: its name, attributes and text.
pub(super) struct Line<'b> {
    pub name: &'static str,
    pub attributes: Attributes<'b>,
    pub text: Option<Cow<'b, str>>,
}

impl<'b> Line<'b> {
    fn coded(name: &'static str, attributes: Attributes<'b>) -> Self {
        Self { name, attributes, text: None }
    }

    fn text(name: &'static str, text: Cow<'b, str>) -> Self {
        Self { name, attributes: Attributes::default(), text: Some(text) }
    }
}

fn is_bare(node: Node<'_>) -> bool {
    node.attributes().next().is_none() && node.children().next().is_none() && node.text().is_empty()
}

fn set<'t>(object: &mut Object<'t>, member: &'static str, beside: &'static str, value: Value<'t>) {
    if let Some(json) = value.json {
        object.set(member, json);
    }
    if !value.beside.is_empty() {
        object.set(beside, Object::new().with("extension", value.beside));
    }
}

/// A text element; an empty one is noted.
fn put_text<'t>(object: &mut Object<'t>, node: Node<'t>, member: &'static str, beside: &'static str) {
    match node.text() {
        text if text.is_empty() => add_extension(object, empty(node.name().local.into())),
        text => set(object, member, beside, Simple::Text.value(text)),
    }
}

fn text_back<'b>(object: &'b Json<'b>, member: &str, beside: &str, name: &'static str) -> Option<Line<'b>> {
    let found = Found { json: object.get(member), beside: object.get(beside) };
    let empty = || is_empty_there(object, name).then_some(Cow::Borrowed(""));
    Simple::Text.text(found).or_else(empty).map(|text| Line::text(name, text))
}

fn coded_extension<'t>(url: &'static str, node: Node<'t>, system: &'static str) -> Json<'t> {
    Object::new().with("url", url).with("valueCoding", coding(node, Some(system))).into()
}

/// `Ident`: an Id and what kind of identifier it is.
///
/// In an AppRec its kind is a CS, of a fixed list, and called Type in an AdditionalId.
pub(super) fn identifier<'t>(
    parts: impl Iterator<Item = Node<'t>>,
    list: Option<&'static str>,
    systems: Option<&CodeMap>,
) -> Object<'t> {
    let mut object = Object::new();
    for child in parts {
        match child.name().local {
            kind @ ("TypeId" | "Type") if is_bare(child) => add_extension(&mut object, empty(kind.into())),
            "TypeId" | "Type" => {
                object.set("system", child.attribute("V").and_then(|kind| systems?.forth(kind)));
                object.set("type", Object::new().with("coding", vec![coding(child, list).into()]));
            }
            _ => put_text(&mut object, child, "value", "_value"),
        }
    }
    object
}

pub(super) fn identifier_back<'b>(
    identifier: &'b Json<'b>,
    list: Option<&'static str>,
    name: &'static str,
    systems: Option<&'static CodeMap>,
) -> Vec<Line<'b>> {
    let of_type = identifier.get("type").and_then(|of| of.get("coding")).and_then(|all| all.items().first());
    let kind = beside::kind(of_type, (identifier.get("system").and_then(Json::text), systems), list);
    let bare = is_empty_there(identifier, name).then(Attributes::default);
    let id = text_back(identifier, "value", "_value", "Id");
    id.into_iter().chain(kind.or(bare).map(|attributes| Line::coded(name, attributes))).collect()
}

const DISTRICT: &str = "http://hl7.no/fhir/StructureDefinition/no-basis-urban-district";
const MUNICIPALITY: &str = "http://hl7.no/fhir/StructureDefinition/no-basis-municipalitycode";
const POST_BOX: &str = "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-postBox";
const TELEPHONE: &str = "https://bindeledd.example/fhir/StructureDefinition/address-telecom";

/// `Address`, of the envelope, of felleskomponent1 or of an AppRec.
pub(super) fn address<'t>(
    parts: impl Iterator<Item = Node<'t>>,
    uses: Option<&CodeMap>,
    types: Option<&CodeMap>,
) -> Object<'t> {
    let mut object = Object::new();
    let mut lines: Vec<(Option<Json<'t>>, Json<'t>)> = Vec::new();
    for child in parts {
        let name = child.name().local;
        if is_bare(child) {
            add_extension(&mut object, empty(name.into()));
            continue;
        }
        match name {
            "Type" => {
                let made = |map: Option<&CodeMap>| child.attribute("V").and_then(|code| map?.forth(code));
                object.set("use", made(uses));
                object.set("type", made(types));
                add_extension(&mut object, coded_extension(CODING, child, ADDRESS_TYPE.system));
            }
            "StreetAdr" | "Postbox" => {
                let value = Simple::Text.value(child.text());
                let mut beside = value.beside;
                if name == "Postbox" {
                    let text = value.json.clone().unwrap_or_else(|| "-".into());
                    beside.push(Object::new().with("url", POST_BOX).with("valueString", text).into());
                }
                let beside = if beside.is_empty() { Json::Null } else { Object::new().with("extension", beside).into() };
                lines.push((value.json, beside));
            }
            "PostalCode" => put_text(&mut object, child, "postalCode", "_postalCode"),
            "City" => put_text(&mut object, child, "city", "_city"),
            "County" => {
                if let Some(name) = child.attribute("DN").filter(|name| !name.trim().is_empty()) {
                    object.set("district", name);
                }
                let code = coded_extension(MUNICIPALITY, child, COUNTY.system);
                object.set("_district", Object::new().with("extension", vec![code]));
            }
            "Country" => {
                if let Some(code) = child.attribute("V").and_then(|code| Simple::Token.token(code)) {
                    object.set("country", code);
                }
                let code = coded_extension(CODING, child, COUNTRY.system);
                object.set("_country", Object::new().with("extension", vec![code]));
            }
            "CityDistr" => add_extension(&mut object, coded_extension(DISTRICT, child, "urn:oid:2.16.578.1.12.4.1.1.3403")),
            _ => {
                let made = Object::new().with("url", TELEPHONE).with("valueContactPoint", contact_point(child));
                add_extension(&mut object, made.into());
            }
        }
    }
    put_lines(&mut object, lines);
    object
}

fn put_lines<'t>(object: &mut Object<'t>, lines: Vec<(Option<Json<'t>>, Json<'t>)>) {
    if lines.is_empty() {
        return;
    }
    let has_beside = lines.iter().any(|(_, beside)| *beside != Json::Null);
    let (texts, beside): (Vec<_>, Vec<_>) =
        lines.into_iter().map(|(text, beside)| (text.unwrap_or(Json::Null), beside)).unzip();
    if texts.iter().any(|text| *text != Json::Null) {
        object.set("line", texts);
    }
    if has_beside {
        object.set("_line", beside);
    }
}

/// The coding that an extension of this URL holds.
fn coding_in<'b>(holder: Option<&'b Json<'b>>, url: &str) -> Option<&'b Json<'b>> {
    extension(holder?, url)?.get("valueCoding")
}

/// What the source's code, or what FHIR says instead, is for a type of address or telephone.
fn mapped<'b>(object: &'b Json<'b>, part: &Part, maps: &'static CodeMaps) -> Option<Attributes<'b>> {
    let said = |(member, how): &(&'static str, How)| {
        let map = if let How::Map(name) = how { maps.get(name) } else { None };
        (object.get(member).and_then(Json::text), map)
    };
    let all: Vec<_> = part.members.iter().map(said).collect();
    beside::mapped(coding_in(Some(object), CODING), &all, part.system)
}

pub(super) fn address_back<'b>(address: &'b Json<'b>, maps: &'static CodeMaps) -> Vec<Line<'b>> {
    let mut lines = Vec::new();
    let said = |member: &str| address.get(member).and_then(Json::text);
    let bare = |name: &'static str| is_empty_there(address, name).then(|| Line::coded(name, Attributes::default()));
    let coded = |name: &'static str, attributes: Option<Attributes<'b>>| {
        attributes.map(|attributes| Line::coded(name, attributes)).or_else(|| bare(name))
    };
    lines.extend(coded(ADDRESS_TYPE.element, mapped(address, &ADDRESS_TYPE, maps)));
    let (texts, beside) =
        (address.get("line").map_or(&[][..], Json::items), address.get("_line").map_or(&[][..], Json::items));
    let mut boxes = Vec::new();
    let mut has_street = false;
    for at in 0..texts.len().max(beside.len()) {
        let found = Found { json: texts.get(at), beside: beside.get(at) };
        let Some(text) = Simple::Text.text(found) else { continue };
        if beside.get(at).is_some_and(|holder| extension(holder, POST_BOX).is_some()) {
            boxes.push(Line::text("Postbox", text));
        } else if !std::mem::replace(&mut has_street, true) {
            lines.push(Line::text("StreetAdr", text));
        }
    }
    if !has_street {
        lines.extend(bare("StreetAdr"));
    }
    lines.extend(text_back(address, "postalCode", "_postalCode", "PostalCode"));
    lines.extend(text_back(address, "city", "_city", "City"));
    lines.extend(boxes.into_iter().next().or_else(|| bare("Postbox")));
    let county = beside::county(coding_in(address.get("_district"), MUNICIPALITY), said("district"));
    lines.extend(coded(COUNTY.element, county));
    let country = beside::country(coding_in(address.get("_country"), CODING), said("country"));
    lines.extend(coded(COUNTRY.element, country));
    lines.extend(coded("CityDistr", coding_in(Some(address), DISTRICT).map(|coding| coding_back(coding, true))));
    for one in extensions(address, TELEPHONE) {
        lines.extend(one.get("valueContactPoint").map(contact_point_back));
    }
    lines
}

/// What stands before the colon of an address, and the system that it means.
const SCHEMES: [(&str, &str); 4] = [("tel:", "phone"), ("fax:", "fax"), ("mailto:", "email"), ("sms:", "sms")];

/// A `TeleAddress`.
pub(super) fn contact_point<'t>(node: Node<'t>) -> Object<'t> {
    let mut object = Object::new();
    match node.attribute("V") {
        None => add_extension(&mut object, empty("TeleAddress".into())),
        Some("") => add_extension(&mut object, empty("TeleAddress/@V".into())),
        Some(written) => {
            let known = SCHEMES.iter().find_map(|(scheme, system)| Some((written.strip_prefix(scheme)?, *system)));
            let is_link = written.starts_with("http://") || written.starts_with("https://");
            let (text, system) =
                known.filter(|(text, _)| !text.is_empty()).unwrap_or((written, if is_link { "url" } else { "other" }));
            object.set("system", system);
            set(&mut object, "value", "_value", Simple::Text.value(Cow::Borrowed(text)));
        }
    }
    object
}

pub(super) fn contact_point_back<'b>(point: &'b Json<'b>) -> Line<'b> {
    let found = Found { json: point.get("value"), beside: point.get("_value") };
    let system = point.get("system").and_then(Json::text).unwrap_or_default();
    let scheme = SCHEMES.iter().find(|(_, known)| *known == system).map_or("", |(scheme, _)| scheme);
    let value = Simple::Text.text(found).map(|text| if scheme.is_empty() { text } else { Cow::Borrowed(scheme) + text });
    let value = value.or_else(|| is_empty_there(point, "TeleAddress/@V").then_some(Cow::Borrowed("")));
    Line::coded("TeleAddress", Attributes(value.map(|value| ("V", value)).into_iter().collect()))
}

/// `TeleCom`.
pub(super) fn telecom<'t>(node: Node<'t>, uses: Option<&CodeMap>) -> Object<'t> {
    let mut object = Object::new();
    for child in node.children() {
        match child.name().local {
            "TypeTelecom" if is_bare(child) => add_extension(&mut object, empty("TypeTelecom".into())),
            "TypeTelecom" => {
                if let Some(made) = child.attribute("V").and_then(|code| uses?.forth(code)) {
                    object.set("use", made);
                }
                add_extension(&mut object, coded_extension(CODING, child, TELECOM_TYPE.system));
            }
            _ => {
                let mut point = contact_point(child);
                for (name, value) in std::mem::take(point.members_mut()) {
                    match value {
                        Json::Array(all) if name == "extension" => {
                            all.into_iter().for_each(|one| add_extension(&mut object, one))
                        }
                        // The schema allows one address.
                        value if object.get(&name).is_none() => object.members_mut().push((name, value)),
                        _ => {}
                    }
                }
            }
        }
    }
    object
}

pub(super) fn telecom_back<'b>(point: &'b Json<'b>, maps: &'static CodeMaps) -> Vec<Line<'b>> {
    let name = TELECOM_TYPE.element;
    let kind = mapped(point, &TELECOM_TYPE, maps).map(|attributes| Line::coded(name, attributes));
    let bare = || is_empty_there(point, name).then(|| Line::coded(name, Attributes::default()));
    let is_there = point.get("value").is_some() || point.get("_value").is_some() || point.get("system").is_some();
    let is_empty = is_empty_there(point, "TeleAddress") || is_empty_there(point, "TeleAddress/@V");
    let address = (is_there || is_empty).then(|| contact_point_back(point));
    kind.or_else(bare).into_iter().chain(address).collect()
}

/// Whether an item of a list bears this name.
pub(super) fn bears(item: &Json<'_>, name: &str) -> bool {
    extension(item, NAME).and_then(|one| one.get("valueCode")).and_then(Json::text) == Some(name)
}

/// Whether a section is about the elements of this name.
pub(super) fn is_section(section: &Json<'_>, name: &str) -> bool {
    let codings = section.get("code").and_then(|code| code.get("coding")).map_or(&[][..], Json::items);
    let is_ours = |coding: &Json<'_>| {
        coding.get("code").and_then(Json::text) == Some(name) && coding.get("system").and_then(Json::text) == Some(SECTIONS)
    };
    codings.iter().any(is_ours)
}

/// The extension by which an item bears a name.
pub(super) fn name(name: &'static str) -> Json<'static> {
    Object::new().with("url", NAME).with("valueCode", name).into()
}
