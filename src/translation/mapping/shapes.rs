//! Small groups of elements that FHIR has data types for: identifiers, addresses, telephone numbers. Their elements are the
//! same in every family; only the namespace differs.

use std::borrow::Cow;

use super::beside::{self, ADDRESS_TYPE, COUNTRY, COUNTY, How, Part, TELECOM_TYPE};
use super::coded::{Attributes, add_empty, add_extension, coding, coding_back, is_empty_there};
use super::draft::{self, Object, Space};
use super::primitive::{Found, Simple, Value, extension, extension_in, extensions};
use super::program::{CodeMap, CodeMaps};
use super::words::{CODING, NAME, SECTIONS};
use crate::fhir::Json;
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

/// Puts a value and what stands beside it.
pub(super) fn set<'t>(object: Object<'t>, member: &'static str, beside: &'static str, value: Value<'t>) {
    if let Some(json) = value.json {
        object.set(member, json);
    }
    if let Some(one) = value.beside {
        object.set(beside, object.space().beside(one));
    }
}

/// A text element; an empty one is noted.
fn put_text<'t>(object: Object<'t>, node: Node<'t>, member: &'static str, beside: &'static str) {
    match node.text() {
        text if text.is_empty() => add_empty(object, node.local()),
        text => set(object, member, beside, Simple::Text.value(object.space().text(text), object.space())),
    }
}

fn text_back<'b>(object: &'b Json<'b>, member: &str, beside: &str, name: &'static str) -> Option<Line<'b>> {
    let found = Found { json: object.get(member), beside: object.get(beside) };
    let empty = || is_empty_there(object, name).then_some(Cow::Borrowed(""));
    Simple::Text.text(found).or_else(empty).map(|text| Line::text(name, text))
}

fn coded_extension<'t>(url: &'static str, node: Node<'t>, system: &'static str, space: &'t Space) -> Object<'t> {
    space.extension(url, "valueCoding", coding(node, Some(system), space))
}

/// `Ident`: an Id and what kind of identifier it is.
///
/// In an AppRec its kind is a CS, of a fixed list, and called Type in an AdditionalId.
pub(super) fn identifier<'t>(
    parts: impl Iterator<Item = Node<'t>>,
    list: Option<&'static str>,
    systems: Option<&CodeMap>,
    space: &'t Space,
) -> Object<'t> {
    let object = space.object();
    for child in parts {
        match child.local() {
            kind @ ("TypeId" | "Type") if is_bare(child) => add_empty(object, kind),
            "TypeId" | "Type" => {
                object.set("system", child.attribute("V").and_then(|kind| systems?.forth(kind)));
                object.set("type", space.object().with("coding", space.list(coding(child, list, space))));
            }
            _ => put_text(object, child, "value", "_value"),
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
/// The list of city districts.
const DISTRICTS: &str = "urn:oid:2.16.578.1.12.4.1.1.3403";
const MUNICIPALITY: &str = "http://hl7.no/fhir/StructureDefinition/no-basis-municipalitycode";
const POST_BOX: &str = "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-postBox";
const TELEPHONE: &str = "https://bindeledd.example/fhir/StructureDefinition/address-telecom";

/// `Address`, of the envelope, of felleskomponent1 or of an AppRec.
pub(super) fn address<'t>(
    parts: impl Iterator<Item = Node<'t>>,
    uses: Option<&CodeMap>,
    types: Option<&CodeMap>,
    space: &'t Space,
) -> Object<'t> {
    let object = space.object();
    let mut lines: Vec<[draft::Json<'t>; 2]> = Vec::new();
    for child in parts {
        let name = child.local();
        if is_bare(child) {
            add_empty(object, name);
            continue;
        }
        match name {
            "Type" => {
                let made = |map: Option<&CodeMap>| child.attribute("V").and_then(|code| map?.forth(code));
                object.set("use", made(uses));
                object.set("type", made(types));
                add_extension(object, coded_extension(CODING, child, ADDRESS_TYPE.system, space));
            }
            "StreetAdr" | "Postbox" => {
                let value = Simple::Text.value(space.text(child.text()), space);
                let beside = space.object();
                beside.push("extension", value.beside);
                if name == "Postbox" {
                    beside.push("extension", space.extension(POST_BOX, "valueString", value.json.unwrap_or("-".into())));
                }
                lines.push([value.json.into(), (!beside.is_empty()).then_some(beside).into()]);
            }
            "PostalCode" => put_text(object, child, "postalCode", "_postalCode"),
            "City" => put_text(object, child, "city", "_city"),
            "County" => {
                if let Some(name) = child.attribute("DN").filter(|name| !name.trim().is_empty()) {
                    object.set("district", name);
                }
                object.set("_district", space.beside(coded_extension(MUNICIPALITY, child, COUNTY.system, space)));
            }
            "Country" => {
                if let Some(code) = child.attribute("V").and_then(|code| Simple::Token.token(code)) {
                    object.set("country", space.text(code));
                }
                object.set("_country", space.beside(coded_extension(CODING, child, COUNTRY.system, space)));
            }
            "CityDistr" => add_extension(object, coded_extension(DISTRICT, child, DISTRICTS, space)),
            _ => add_extension(object, space.extension(TELEPHONE, "valueContactPoint", contact_point(child, space))),
        }
    }
    for (at, member) in ["line", "_line"].into_iter().enumerate() {
        // Both are as long, with fillers, or not there.
        if lines.iter().any(|line| !matches!(line[at], draft::Json::Null)) {
            lines.iter().for_each(|line| object.list(member).push(line[at]));
        }
    }
    object
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
pub(super) fn contact_point<'t>(node: Node<'t>, space: &'t Space) -> Object<'t> {
    let object = space.object();
    match node.attribute("V") {
        None => add_empty(object, "TeleAddress"),
        Some("") => add_empty(object, "TeleAddress/@V"),
        Some(written) => {
            let known = SCHEMES.iter().find_map(|(scheme, system)| Some((written.strip_prefix(scheme)?, *system)));
            let is_link = written.starts_with("http://") || written.starts_with("https://");
            let (text, system) =
                known.filter(|(text, _)| !text.is_empty()).unwrap_or((written, if is_link { "url" } else { "other" }));
            object.set("system", system);
            set(object, "value", "_value", Simple::Text.value(text, space));
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
pub(super) fn telecom<'t>(node: Node<'t>, uses: Option<&CodeMap>, space: &'t Space) -> Object<'t> {
    let object = space.object();
    for child in node.children() {
        match child.local() {
            "TypeTelecom" if is_bare(child) => add_empty(object, "TypeTelecom"),
            "TypeTelecom" => {
                if let Some(made) = child.attribute("V").and_then(|code| uses?.forth(code)) {
                    object.set("use", made);
                }
                add_extension(object, coded_extension(CODING, child, TELECOM_TYPE.system, space));
            }
            _ => {
                for (name, value) in contact_point(child, space).members() {
                    match value {
                        draft::Json::Array(all) if name == "extension" => {
                            all.items().for_each(|one| add_extension(object, one))
                        }
                        // The schema allows one address.
                        value if object.get(name).is_none() => object.add(name, value),
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

/// The same, while it is made.
pub(super) fn bears_in(item: draft::Json<'_>, name: &str) -> bool {
    extension_in(item, NAME).and_then(|one| one.get("valueCode")?.text()) == Some(name)
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
pub(super) fn name<'t>(name: &'static str, space: &'t Space) -> Object<'t> {
    space.extension(NAME, "valueCode", name)
}
