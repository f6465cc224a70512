//! Identifiers, addresses and telephone numbers: read from FHIR, written as the elements that all families have in common.

use super::at::At;
use super::code::{Code, list_of_coding, of_concept};
use super::element::{Element, Space, put};
use super::work::Work;
use crate::fhir::Path;
use crate::translation::mapping::code_behind;

/// An `Ident`.
#[derive(Clone)]
pub(super) struct Ident {
    pub kind: Code,
    pub id: String,
    /// Where it stands in the Bundle, if it does.
    pub path: Option<Path>,
}

/// Which lists `TypeId` takes its codes from: of persons, and of organisations.
pub(super) const OF_PERSONS: u32 = 8116;
pub(super) const OF_ORGANISATIONS: u32 = 9051;
const KINDS: [u32; 4] = [OF_PERSONS, OF_ORGANISATIONS, 8268, 8327];

/// The kind of an Identifier: by its system, else by its type. Nothing is read.
pub(super) fn kind_of(identifier: &At<'_>) -> Option<&'static str> {
    identifier.peek_of("system").and_then(|system| code_behind("ident-system", system.trim()))
}

/// The identifiers of a resource whose kind we know; the others are not read.
pub(super) fn idents(work: &Work<'_>, holder: &At<'_>, list: u32) -> Vec<Ident> {
    holder.each("identifier").iter().filter_map(|identifier| ident(work, identifier, list)).collect()
}

pub(super) fn ident(work: &Work<'_>, identifier: &At<'_>, list: u32) -> Option<Ident> {
    let written = identifier.peek_of("value")?;
    let kind = match kind_of(identifier) {
        Some(kind) => Code::of(list, kind),
        None => {
            let kind = identifier.get("type")?;
            let is_known = |coding: &At<'_>| list_of_coding(coding).is_some_and(|list| KINDS.contains(&list));
            kind.each("coding").iter().find(|coding| is_known(coding))?;
            of_concept(work, &kind, &KINDS)?
        }
    };
    identifier.done();
    // Numbers are written without blanks and dots (rule R-060).
    let is_number = written.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '\u{a0}'));
    let id = if is_number { written.chars().filter(char::is_ascii_digit).collect() } else { written.trim().to_owned() };
    Some(Ident { kind, id, path: Some(identifier.place("value")) })
}

pub(super) fn ident_element(outer: &Space, inner: &Space, ident: &Ident) -> Element {
    let mut element = outer.element("Ident");
    element.push(inner.text("Id", &ident.id));
    element.push(inner.cv("TypeId", &ident.kind));
    element
}

/// A `TeleCom`.
#[derive(Clone)]
pub(super) struct Telecom {
    kind: Option<Code>,
    address: String,
}

impl Telecom {
    pub fn is_phone(&self) -> bool {
        self.address.starts_with("tel:")
    }

    /// What stands behind the scheme.
    pub fn number(&self) -> &str {
        self.address.strip_prefix("tel:").unwrap_or(&self.address)
    }
}

/// The telephone numbers and the like of a resource; what has no system that MsgHead knows is not read.
pub(super) fn telecoms(holder: &At<'_>) -> Vec<Telecom> {
    holder.each("telecom").iter().filter_map(telecom).collect()
}

fn telecom(point: &At<'_>) -> Option<Telecom> {
    let value = point.peek_of("value")?.trim();
    let system = point.peek_of("system")?;
    let number = || value.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let address = match system {
        "phone" | "pager" => format!("tel:{}", number().trim_start_matches("tel:")),
        "sms" => format!("sms:{}", number().trim_start_matches("sms:")),
        "fax" => format!("fax:{}", number().trim_start_matches("fax:")),
        "email" => format!("mailto:{}", number().trim_start_matches("mailto:")),
        "url" => number(),
        _ => return None,
    };
    let kind = match (system, point.peek_of("use")) {
        ("fax", _) => Some("F"),
        ("pager", _) => Some("PG"),
        (_, Some(used)) => code_behind("telecom-use", used),
        _ => None,
    };
    ["value", "system", "use", "rank"].into_iter().for_each(|name| point.done_with(name));
    Some(Telecom { kind: kind.map(|kind| Code::of(9061, kind)), address })
}

pub(super) fn telecom_element(outer: &Space, inner: &Space, telecom: &Telecom) -> Element {
    let mut element = outer.element("TeleCom");
    put(&mut element, telecom.kind.as_ref().map(|kind| inner.cs("TypeTelecom", kind)));
    element.push(inner.element("TeleAddress").with("V", &telecom.address));
    element
}

/// The first address of a resource.
pub(super) fn address(outer: &Space, inner: &Space, holder: &At<'_>) -> Option<Element> {
    let address = holder.first("address")?;
    let mut element = outer.element("Address");
    let kind = match (address.peek_of("use"), address.peek_of("type")) {
        (None, Some(kind)) => code_behind("address-type", kind),
        (Some(used), _) => code_behind("address-use", used),
        _ => None,
    };
    if kind.is_some() {
        ["use", "type"].into_iter().for_each(|name| address.done_with(name));
    }
    let lines: Vec<&str> = address.each("line").iter().filter_map(At::text).map(str::trim).collect();
    let street = (!lines.is_empty()).then(|| lines.join("\n"));
    let texts =
        [("StreetAdr", street.as_deref()), ("PostalCode", address.text_of("postalCode")), ("City", address.text_of("city"))];
    let country = address.get("country").filter(|country| country.peek().is_some_and(|code| code.len() == 2));
    let country = country.and_then(|country| country.text()).map(|code| Code::of(9043, code));
    let has_text = texts.iter().any(|(_, text)| text.is_some()) || country.is_some();
    put(&mut element, kind.map(|kind| inner.cs("Type", &Code::of(3401, kind))));
    texts.into_iter().for_each(|(local, text)| put(&mut element, text.map(|text| inner.text(local, text.trim()))));
    put(&mut element, country.map(|country| inner.cs("Country", &country)));
    has_text.then_some(element)
}
