//! One element or attribute with a value, in both directions.

use std::borrow::Cow;

use super::beside::mapped;
use super::coded::{Attributes, coding, coding_back, empty, is_empty_there, quantity, quantity_back};
use super::draft::{Object, Space};
use super::primitive::{self, Found, Simple, Value, extension, literal_in};
use super::program::{CodeMap, Leaf, Program};
use super::shapes::{self, Line};
use super::words::{ABSENT, BASE, CODING, FRAGMENT};
use crate::fhir::Json;
use crate::xml::Node;

/// What an element becomes.
pub(super) enum Made<'t> {
    Value(Value<'t>),
    /// It is there and has nothing in it.
    Empty,
}

/// What a value becomes: attributes, text, elements or markup.
#[derive(Default)]
pub(super) struct Written<'b> {
    pub attributes: Attributes<'b>,
    pub text: Option<Cow<'b, str>>,
    pub lines: Vec<Line<'b>>,
    /// The inside of an element, as XML in an element of no name.
    pub markup: Option<String>,
}

impl Leaf {
    fn simple(self) -> Option<Simple> {
        Some(match self {
            Self::Text => Simple::Text,
            Self::Word => Simple::Word,
            Self::Uri => Simple::Uri,
            Self::Boolean => Simple::Boolean,
            Self::Integer => Simple::Integer,
            Self::Decimal => Simple::Decimal,
            Self::Date => Simple::Date,
            Self::Year => Simple::Year,
            Self::DateTime => Simple::DateTime,
            _ => return None,
        })
    }

    /// The value of an attribute.
    pub fn of_attribute<'t>(self, text: &'t str, space: &'t Space) -> Made<'t> {
        match self.simple() {
            Some(simple) if !text.is_empty() => Made::Value(simple.value(text, space)),
            _ => Made::Empty,
        }
    }

    /// The value of an element.
    ///
    /// Of an element that may be repeated, each has its place in the list, also one with nothing in it.
    pub fn of_element<'t>(self, node: Node<'t>, program: &Program, is_many: bool, space: &'t Space) -> Made<'t> {
        let is_bare = node.attributes().all(|(name, _)| !name.namespace.is_empty()) && node.children().next().is_none();
        if is_bare {
            let text = node.text();
            match self.simple() {
                _ if text.is_empty() => return if is_many { Made::Value(self.nothing(space)) } else { Made::Empty },
                Some(simple) => return Made::Value(simple.value(space.text(text), space)),
                None => {}
            }
        }
        let map = |name: &str| program.maps.get(name);
        let object = |object: Object<'t>, kind| Value { json: Some(object.into()), beside: None, kind };
        let text = || space.text(node.text());
        Made::Value(match self {
            Self::Coded(system, other) => {
                let is_of = |version: &str| program.version(node.name().namespace) == Some(version);
                let system = other.filter(|(version, _)| is_of(version)).map_or(system, |(_, system)| system);
                object(coding(node, Some(system), space), "Coding")
            }
            Self::CodedValue => object(coding(node, None, space), "Coding"),
            Self::Code(system, name) => code(node, system, map(name), space),
            Self::BooleanCode(name) => boolean_code(text(), map(name), space),
            Self::Quantity => object(quantity(node, space), "Quantity"),
            Self::Identifier(_) | Self::Address => return self.of_several(node.children(), program, space),
            Self::Telecom => object(shapes::telecom(node, map("telecom-use"), space), "ContactPoint"),
            Self::Url => object(shapes::contact_point(node, space), "ContactPoint"),
            Self::Id => id(text(), space),
            Self::Stamp => Simple::Stamp.value(node.attribute("V").unwrap_or_else(text), space),
            Self::Base64 => base64(text(), space),
            Self::MessageId => message_id(text(), space),
            Self::Any => any(node, space),
            _ => self.simple().unwrap_or(Simple::Text).value(text(), space),
        })
    }

    /// What stands for an element with nothing in it.
    fn nothing<'t>(self, space: &'t Space) -> Value<'t> {
        let told = empty(".", space);
        match self.simple() {
            Some(simple) => Value { json: None, beside: Some(told), kind: simple.kind() },
            None => {
                let kind = match self {
                    Self::Coded(..) | Self::CodedValue => "Coding",
                    Self::Quantity => "Quantity",
                    Self::Identifier(_) => "Identifier",
                    Self::Address => "Address",
                    Self::Telecom | Self::Url => "ContactPoint",
                    _ => return Value { json: None, beside: Some(told), kind: "String" },
                };
                Value { json: Some(space.beside(told).into()), beside: None, kind }
            }
        }
    }

    /// The value of several elements that stand beside each other.
    pub fn of_several<'t>(self, parts: impl Iterator<Item = Node<'t>>, program: &Program, space: &'t Space) -> Made<'t> {
        let map = |name: &str| program.maps.get(name);
        let (object, kind) = match self {
            Self::Identifier(list) => (shapes::identifier(parts, list, map("ident-system"), space), "Identifier"),
            _ => (shapes::address(parts, map("address-use"), map("address-type"), space), "Address"),
        };
        Made::Value(Value { json: Some(object.into()), beside: None, kind })
    }

    /// The value that was found, as XML; nothing when there is none.
    pub fn back<'b>(self, found: Found<'b>, program: &'static Program, is_named_type: bool) -> Option<Written<'b>> {
        if found.json.is_some_and(is_filler) {
            return None;
        }
        if [found.json, found.beside].into_iter().flatten().any(|holder| is_empty_there(holder, ".")) {
            return Some(Written::default());
        }
        let text = |text: Option<Cow<'b, str>>| text.map(|text| Written { text: Some(text), ..Written::default() });
        let attributes = |attributes: Attributes<'b>| Some(Written { attributes, ..Written::default() });
        let lines = |lines: Vec<Line<'b>>| Some(Written { lines, ..Written::default() });
        match self {
            Self::Coded(..) => attributes(coding_back(found.json?, true)),
            Self::CodedValue => attributes(coding_back(found.json?, false)),
            Self::Code(system, name) => {
                let source = found.beside.and_then(|beside| extension(beside, CODING)?.get("valueCoding"));
                attributes(mapped(source, &[(found.json.and_then(Json::text), program.maps.get(name))], system)?)
            }
            Self::BooleanCode(name) => text(boolean_code_back(found, program.maps.get(name))),
            Self::Quantity => attributes(quantity_back(found.json?)),
            Self::Identifier(list) => {
                let name = if is_named_type { "Type" } else { "TypeId" };
                lines(shapes::identifier_back(found.json?, list, name, program.maps.get("ident-system")))
            }
            Self::Url => attributes(shapes::contact_point_back(found.json?).attributes),
            Self::Id => text(id_back(found)),
            Self::Address => lines(shapes::address_back(found.json?, &program.maps)),
            Self::Telecom => lines(shapes::telecom_back(found.json?, &program.maps)),
            Self::Stamp => Simple::Stamp.text(found).and_then(|text| attributes(Attributes(vec![("V", text)]))),
            Self::Base64 => text(found.json?.text().map(Cow::Borrowed)),
            Self::MessageId => text(message_id_back(found.json?)),
            Self::Any => any_back(found.json?),
            _ => text(self.simple().and_then(|simple| simple.text(found))),
        }
    }
}

/// Whether an object says only that its value is not known.
fn is_filler(json: &Json<'_>) -> bool {
    let is_only = json.object().is_some_and(|object| object.members().len() == 1);
    is_only && extension(json, ABSENT).is_some()
}

fn base64<'t>(text: &str, space: &'t Space) -> Value<'t> {
    let made = primitive::from_base64(text).map(|bytes| space.text(primitive::base64(&bytes).into()));
    Value { json: made.map(Into::into), beside: None, kind: "Base64Binary" }
}

/// A code that FHIR has words of its own for; the source's stands beside it.
fn code<'t>(node: Node<'t>, system: &'static str, map: Option<&CodeMap>, space: &'t Space) -> Value<'t> {
    let made = node.attribute("V").and_then(|code| map?.forth(code.trim()));
    let beside = space.extension(CODING, "valueCoding", coding(node, Some(system), space));
    Value { json: made.map(Into::into), beside: Some(beside), kind: "Code" }
}

fn boolean_code<'t>(text: &'t str, map: Option<&CodeMap>, space: &'t Space) -> Value<'t> {
    let token = Simple::Boolean.token(text);
    let made = token.as_deref().and_then(|token| map?.forth(token));
    let beside = (token.as_deref() != Some(text)).then(|| primitive::literal(text, space));
    Value { json: made.map(Into::into), beside, kind: "Code" }
}

fn boolean_code_back<'b>(found: Found<'b>, map: Option<&CodeMap>) -> Option<Cow<'b, str>> {
    let exact = found.beside.and_then(literal_in);
    let said = found.json.and_then(Json::text).and_then(|code| map?.back(code));
    let agrees = |exact: &str| Simple::Boolean.token(exact).as_deref() == said;
    exact.filter(|exact| agrees(exact)).or_else(|| said.map(Cow::Borrowed))
}

const UUID: &str = "urn:uuid:";

/// A MsgId: a UUID as a URN, or what it is.
fn message_id<'t>(text: &'t str, space: &'t Space) -> Value<'t> {
    let is_uuid = text.len() == 36 && uuid::Uuid::try_parse(text).is_ok();
    let object = space.object();
    if is_uuid {
        let lower = text.to_ascii_lowercase();
        object.add("system", "urn:ietf:rfc:3986");
        object.add("value", space.concat(&[UUID, &lower]));
        if lower != text {
            object.add("_value", space.beside(primitive::literal(text, space)));
        }
    } else {
        object.add("system", space.concat(&[BASE, "/NamingSystem/kith-msgid"]));
        shapes::set(object, "value", "_value", Simple::Text.value(text, space));
    }
    Value { json: Some(object.into()), beside: None, kind: "Identifier" }
}

fn message_id_back<'b>(identifier: &'b Json<'b>) -> Option<Cow<'b, str>> {
    let exact = identifier.get("_value").and_then(literal_in);
    let value = identifier.get("value").and_then(Json::text);
    let Some(id) = value.and_then(|value| value.strip_prefix(UUID)) else {
        return value.map(Cow::Borrowed).or(exact);
    };
    Some(exact.filter(|exact| exact.eq_ignore_ascii_case(id)).unwrap_or(Cow::Borrowed(id)))
}

/// An id of FHIR's kind has few characters; another stands beside one made from it.
fn id<'t>(text: &'t str, space: &'t Space) -> Value<'t> {
    let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if (1..=64).contains(&text.len()) && text.chars().all(is_id) {
        return Value { json: Some(text.into()), beside: None, kind: "Id" };
    }
    let made = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, text.as_bytes()).to_string();
    Value { json: Some(space.text(made.into()).into()), beside: Some(primitive::literal(text, space)), kind: "Id" }
}

fn id_back<'b>(found: Found<'b>) -> Option<Cow<'b, str>> {
    let exact = found.beside.and_then(literal_in);
    let said = found.json.and_then(Json::text);
    let made = |exact: &str| uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, exact.as_bytes()).to_string();
    exact.filter(|exact| said.is_none() || Some(&*made(exact)) == said).or_else(|| said.map(Cow::Borrowed))
}

/// Text or markup: markup is kept exactly, and shown as XHTML.
fn any<'t>(node: Node<'t>, space: &'t Space) -> Value<'t> {
    let object = space.object();
    if node.children().next().is_none() {
        shapes::set(object, "contentString", "_contentString", Simple::Text.value(space.text(node.text()), space));
    } else {
        let markup = space.text(primitive::base64(crate::xml::Writer::fragment(node).as_bytes()).into());
        object.push("extension", space.extension(FRAGMENT, "valueBase64Binary", markup));
        object.add("contentAttachment", space.object().with("contentType", "application/xml").with("data", markup));
    }
    Value { json: Some(object.into()), beside: None, kind: "" }
}

fn any_back<'b>(payload: &'b Json<'b>) -> Option<Written<'b>> {
    let found = Found { json: payload.get("contentString"), beside: payload.get("_contentString") };
    if let Some(text) = Simple::Text.text(found) {
        return Some(Written { text: Some(text), ..Written::default() });
    }
    // What is shown counts more than the exact markup beside it: they are the same until somebody edits it.
    let shown = || payload.get("contentAttachment")?.get("data")?.text();
    let exact = || extension(payload, FRAGMENT)?.get("valueBase64Binary")?.text();
    let exact = shown().or_else(exact)?;
    let written = String::from_utf8(primitive::from_base64(exact)?).ok()?;
    Some(match written.trim_start().starts_with('<') {
        true => Written { markup: Some(written), ..Written::default() },
        false => Written { text: Some(written.into()), ..Written::default() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::{Limits, Tree};

    #[test]
    fn markup_that_was_edited_counts_more_than_the_exact_one_beside_it() {
        let text = "<Sporsmal><b>Fjord</b></Sporsmal>";
        let (tree, _) = Tree::read(text, &Limits::default());
        let space = Space::default();
        let mut payload = any(tree.root().expect("a root"), &space).json.expect("a payload").tree();
        let back = |payload: &Json<'_>| {
            let written = any_back(payload).expect("it has something in it");
            (written.markup, written.text.map(Cow::into_owned))
        };
        assert_eq!(back(&payload), (Some(text.to_owned()), None));
        for (new, is_markup) in [("<Sporsmal><i>Fiolin</i></Sporsmal>", true), ("Fiolin", false)] {
            let attachment = payload.object_mut().and_then(|all| all.get_mut("contentAttachment")?.object_mut());
            attachment.expect("it is shown").set("data", primitive::base64(new.as_bytes()));
            let new = Some(new.to_owned());
            assert_eq!(back(&payload), if is_markup { (new, None) } else { (None, new) });
        }
    }
}
