//! Values as people read them: the name of a code, ja and nei, a time, a number with its unit, an address on one line.

use super::text::{escape, time};
use crate::codelists;
use crate::translation::mapping::primitive::Simple;
use crate::translation::mapping::program::Leaf;
use crate::xml::Node;
use std::borrow::Cow;

/// An attribute that says something.
fn said<'t>(node: Node<'t>, name: &str) -> Option<&'t str> {
    node.attribute(name).map(str::trim).filter(|text| !text.is_empty())
}

/// A code or unit: white space around and in it means nothing (`xs:token`).
fn token<'t>(node: Node<'t>, name: &str) -> Option<Cow<'t, str>> {
    node.attribute(name).and_then(|text| Simple::Token.token(text))
}

/// The child element of this local name.
pub(super) fn part<'t>(node: Node<'t>, local: &str) -> Option<Node<'t>> {
    node.children().find(|child| child.local() == local)
}

/// Writes the value of a leaf; nothing where there is none.
pub(super) fn value(leaf: Leaf, node: Node<'_>, out: &mut String) {
    match leaf {
        Leaf::Boolean => escape(yes_or_no(&node.text()), out),
        Leaf::BooleanCode(_) => escape(yes_or_no(&node.text()), out),
        Leaf::Coded(system, _) | Leaf::Code(system, _) => code(node, Some(system), out),
        Leaf::CodedValue => code(node, None, out),
        Leaf::Date | Leaf::Year | Leaf::DateTime => out.push_str(&time(&node.text())),
        Leaf::Stamp => {
            let written = said(node, "V").map(str::to_owned).unwrap_or_else(|| node.text().into_owned());
            escape(&time(&written), out);
        }
        Leaf::Decimal => escape(&node.text().replace('.', ","), out),
        Leaf::Quantity => quantity(node, out),
        Leaf::Address => address(node, out),
        Leaf::Telecom => telecom(node, out),
        Leaf::Url => escape(said(node, "V").map_or("", without_scheme), out),
        Leaf::Identifier(_) => identifier(node, out),
        // Bytes say nothing to anybody.
        Leaf::Base64 => {}
        Leaf::Text | Leaf::Word | Leaf::Uri | Leaf::Integer | Leaf::MessageId | Leaf::Id | Leaf::Any => {
            escape(&node.text(), out)
        }
    }
}

fn yes_or_no(written: &str) -> &str {
    match written.trim() {
        "true" | "1" => "Ja",
        "false" | "0" => "Nei",
        other => other,
    }
}

/// What the sender calls it, else what the list does, else the code; and what the sender wrote beside it.
pub(super) fn code(node: Node<'_>, system: Option<&str>, out: &mut String) {
    let by_list = || {
        let oid = system.map_or_else(|| token(node, "S"), |system| system.strip_prefix("urn:oid:").map(Cow::Borrowed))?;
        codelists::by_oid(&oid)?.code(&token(node, "V")?).map(|code| Cow::Borrowed(code.dn))
    };
    let name = said(node, "DN").map(Cow::Borrowed).or_else(by_list).or_else(|| token(node, "V"));
    escape(name.as_deref().unwrap_or_default(), out);
    if let Some(text) = said(node, "OT") {
        out.push_str(if name.is_some() { " (" } else { "" });
        escape(text, out);
        out.push_str(if name.is_some() { ")" } else { "" });
    }
}

fn quantity(node: Node<'_>, out: &mut String) {
    escape(&said(node, "V").unwrap_or_default().replace('.', ","), out);
    if let Some(unit) = token(node, "U") {
        out.push(' ');
        escape(&unit, out);
    }
}

/// Street, post box, and place with its number.
fn address(node: Node<'_>, out: &mut String) {
    let text = |local: &str| part(node, local).map(|part| part.text().trim().to_owned()).unwrap_or_default();
    let place = format!("{} {}", text("PostalCode"), text("City"));
    let country = part(node, "Country").and_then(|country| said(country, "DN")).unwrap_or_default().to_owned();
    let all = [text("StreetAdr"), text("Postbox"), place.trim().to_owned(), country];
    let line: Vec<String> = all.into_iter().filter(|one| !one.is_empty()).collect();
    escape(&line.join(", "), out);
}

/// A number without the scheme of its address, and what it is for.
fn telecom(node: Node<'_>, out: &mut String) {
    let address = part(node, "TeleAddress").and_then(|part| said(part, "V")).unwrap_or_default();
    escape(without_scheme(address), out);
    if let Some(kind) = part(node, "TypeTelecom").and_then(|kind| said(kind, "DN")) {
        out.push_str(" (");
        escape(kind, out);
        out.push(')');
    }
}

fn without_scheme(address: &str) -> &str {
    ["tel:", "fax:", "mailto:", "sms:"].iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address)
}

/// What kind of id it is: "HPR-nummer".
pub(super) fn kind_of_id(node: Node<'_>) -> String {
    let mut out = String::new();
    if let Some(kind) = part(node, "TypeId").or_else(|| part(node, "Type")) {
        code(kind, None, &mut out);
    }
    if out.is_empty() { "Id".to_owned() } else { out }
}

fn identifier(node: Node<'_>, out: &mut String) {
    if let Some(id) = part(node, "Id") {
        escape(&id.text(), out);
    }
}

/// Given name, middle name and family name, where somebody has one.
pub(super) fn name(node: Node<'_>) -> Option<String> {
    let parts = ["GivenName", "MiddleName", "FamilyName"].map(|local| part(node, local));
    let all: Vec<String> =
        parts.iter().flatten().map(|part| part.text().trim().to_owned()).filter(|part| !part.is_empty()).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

/// Whether an element is a part of a name.
pub(super) fn is_name(local: &str) -> bool {
    matches!(local, "GivenName" | "MiddleName" | "FamilyName")
}
