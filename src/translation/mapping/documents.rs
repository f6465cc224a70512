//! The documents that a message carries: what there are mappings for, data, and other XML.

use super::coded::{add_extension, empty};
use super::derived::{self, absent};
use super::forward::{Around, Making, Unknown, reference};
use super::primitive::{base64, from_base64};
use super::program::Row;
use super::put::{member_object, merge, new_object, path};
use super::words::BASE;
use crate::fhir::{Json, Object};
use crate::xml::{Node, Writer};

impl<'t> Making<'t> {
    /// What a document carries: messages that there are mappings for, data, or other XML.
    pub(super) fn content(&mut self, row: &'static Row, node: Node<'t>, object: &mut Object<'t>, around: &mut Around) {
        if node.children().next().is_none() {
            return add_extension(object, empty(path(&around.trail, row.local)));
        }
        let mut is_about_object = false;
        for (at, child) in node.children().enumerate() {
            let mut item = Object::new();
            let name = child.name();
            // A message inside a message is none of ours to take apart, and of two that are about the object around them nobody
            // could tell afterwards what was in which.
            let root = self.program.root(name.namespace, name.local).filter(|root| root.kind != "MessageHeader");
            let root = root.filter(|root| !root.kind.is_empty() || !std::mem::replace(&mut is_about_object, true));
            let data = (name.local == "Base64Container").then(|| child.text()).filter(|text| !text.trim().is_empty());
            if let Some(root) = root {
                let format = Object::new().with("system", "urn:ietf:rfc:3986").with("code", name.namespace);
                item.set("format", format);
                if root.kind.is_empty() {
                    self.fill(root.of, child, object, around);
                } else {
                    let resource = self.resource(root.kind, root.of, child, 0);
                    let date = derived::composition_date(object, &self.bundle);
                    let made = &mut self.entries[resource].object;
                    made.set("date", date);
                    if let Some(status) = derived::composition_status(made) {
                        made.set("status", status);
                    }
                    let json = reference(&self.entries[resource].url);
                    new_related(object, json);
                }
            } else if let Some(data) = data {
                match from_base64(&data) {
                    Some(bytes) => member_object(&mut item, "attachment").set("data", base64(&bytes)),
                    None => self.unknown.push(Unknown(self.path(child))),
                }
            } else {
                self.exact_content(child, &mut item);
            }
            if at > 0 && item.get("attachment").is_none() {
                item.set("attachment", Object::new().with("extension", vec![absent()]));
            }
            merge_content(object, at, item);
        }
    }

    /// XML as it is, in a resource of its own.
    fn exact_content(&mut self, node: Node<'t>, item: &mut Object<'t>) {
        let (binary, made) = self.entry("Binary", node);
        let data = base64(Writer::fragment(node).as_bytes());
        self.keep(binary, made.with("contentType", "application/xml").with("data", data));
        member_object(item, "attachment").set("url", self.entries[binary].url.clone());
        item.set("format", Object::new().with("system", "urn:ietf:rfc:3986").with("code", node.name().namespace));
    }

    /// The type of the message and the version of its content; none for a message without content of a known version.
    pub(super) fn definition(&self, root: Node<'t>, header: &Object<'t>) -> Option<String> {
        // A signature has any content, and is no part of the message.
        let inside = root.children().filter(|child| child.local() != "Signature").flat_map(Node::descendants);
        let mut versions = std::iter::once(root).chain(inside).map(|node| self.known[node.namespace_number()].version);
        let version = versions.find(|version| !version.is_empty())?;
        let number = version.rsplit('-').next().unwrap_or_default().replace('.', "-");
        let event = header.get("eventCoding").and_then(|event| event.get("code")?.text()).unwrap_or("unknown");
        let event = if root.name().local == "AppRec" { "apprec" } else { event };
        let word: String =
            event.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        Some(format!("{BASE}/MessageDefinition/{word}-{number}"))
    }
}

fn new_related<'t>(object: &mut Object<'t>, reference: Json<'t>) {
    let context = member_object(object, "context");
    context.push("related", reference);
}

/// The first item of the content has the rows of RefDoc beside it.
fn merge_content<'t>(object: &mut Object<'t>, at: usize, item: Object<'t>) {
    let present = object.get("content").map_or(0, |all| all.items().len());
    let target = if at < present {
        let Some(Json::Array(items)) = object.get_mut("content") else { return };
        let Some(Json::Object(target)) = items.get_mut(at) else { return };
        target
    } else {
        new_object(object, "content")
    };
    merge(target, item);
}
