//! Values as people read them: the name of a code, ja and nei, a time, a number with its unit, an address on one line.

use super::text::{Listed, escape, time};
use crate::codelists;
use crate::translation::mapping::coded::Parts;
use crate::translation::mapping::primitive::Simple;
use crate::translation::mapping::program::Leaf;
use crate::xml::Node;
use std::borrow::Cow;

/// What says something.
fn visible(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// An attribute that says something.
fn said<'t>(node: Node<'t>, name: &str) -> Option<&'t str> {
    visible(node.attribute(name))
}

/// A code or unit: white space around and in it means nothing (`xs:token`).
fn token(text: Option<&str>) -> Option<Cow<'_, str>> {
    text.and_then(|text| Simple::Token.token(text))
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
        Leaf::Date | Leaf::Year | Leaf::DateTime => time(&node.text(), out),
        Leaf::Stamp => time(&said(node, "V").map_or_else(|| node.text(), Cow::Borrowed), out),
        Leaf::Decimal => with_comma(&node.text(), out),
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
    let parts = Parts::of(node);
    let by_list = || {
        let oid = system.map_or_else(|| token(parts.system), |system| system.strip_prefix("urn:oid:").map(Cow::Borrowed))?;
        codelists::by_oid(&oid)?.code(&token(parts.value)?).map(|code| Cow::Borrowed(code.dn))
    };
    let name = visible(parts.name).map(Cow::Borrowed).or_else(by_list).or_else(|| token(parts.value));
    escape(name.as_deref().unwrap_or_default(), out);
    if let Some(text) = visible(parts.original) {
        out.push_str(if name.is_some() { " (" } else { "" });
        escape(text, out);
        out.push_str(if name.is_some() { ")" } else { "" });
    }
}

fn quantity(node: Node<'_>, out: &mut String) {
    let parts = Parts::of(node);
    with_comma(parts.value.unwrap_or_default(), out);
    if let Some(unit) = token(parts.unit) {
        out.push(' ');
        escape(&unit, out);
    }
}

/// A number as Norwegians write it.
fn with_comma(number: &str, out: &mut String) {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    escape(whole, out);
    if !fraction.is_empty() {
        out.push(',');
        escape(fraction, out);
    }
}

/// Street, post box, and place with its number.
fn address(node: Node<'_>, out: &mut String) {
    let text = |local: &str, out: &mut String| part(node, local).into_iter().for_each(|part| escape(&part.text(), out));
    let mut listed = Listed::new(out);
    listed.add(|out| text("StreetAdr", out));
    listed.add(|out| text("Postbox", out));
    listed.add(|out| {
        let before = out.len();
        text("PostalCode", out);
        let has_code = out.len() > before;
        out.push_str(if has_code { " " } else { "" });
        let start = out.len();
        text("City", out);
        out.truncate(if has_code && out.len() == start { start - 1 } else { out.len() });
    });
    let country = part(node, "Country").and_then(|country| said(country, "DN")).unwrap_or_default();
    listed.add(|out| escape(country, out));
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

/// Writes what kind of id it is: "HPR-nummer".
pub(super) fn kind_of_id(node: Node<'_>, out: &mut String) {
    let before = out.len();
    if let Some(kind) = part(node, "TypeId").or_else(|| part(node, "Type")) {
        code(kind, None, out);
    }
    if out.len() == before {
        out.push_str("Id");
    }
}

fn identifier(node: Node<'_>, out: &mut String) {
    if let Some(id) = part(node, "Id") {
        escape(&id.text(), out);
    }
}

/// Writes given name, middle name and family name, where somebody has one.
pub(super) fn name(node: Node<'_>, out: &mut String) {
    let before = out.len();
    for text in NAMES.iter().filter_map(|local| part(node, local)).map(Node::text) {
        if !text.trim().is_empty() {
            out.push_str(if out.len() > before { " " } else { "" });
            escape(&text, out);
        }
    }
}

const NAMES: [&str; 3] = ["GivenName", "MiddleName", "FamilyName"];

/// Whether an element is a part of a name.
pub(super) fn is_name(local: &str) -> bool {
    NAMES.contains(&local)
}
