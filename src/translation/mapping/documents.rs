//! The documents that a message carries: what there are mappings for, data, and other XML.

use super::coded::add_empty;
use super::derived::{self, set_absent};
use super::draft::{Json, Object};
use super::forward::{Around, Making, Unknown};
use super::primitive::{base64, from_base64};
use super::program::Row;
use super::put::{merge, path};
use super::words::BASE;
use crate::xml::{Node, Writer};

/// The system of URIs (RFC 3986).
const URI: &str = "urn:ietf:rfc:3986";

impl<'t> Making<'t> {
    /// What a document carries: messages that there are mappings for, data, or other XML.
    pub(super) fn content(&mut self, row: &'static Row, node: Node<'t>, object: Object<'t>, around: &mut Around) {
        if node.children().next().is_none() {
            return add_empty(object, path(&around.trail, row.local, self.space));
        }
        let mut is_about_object = false;
        for (at, child) in node.children().enumerate() {
            let item = self.space.object();
            let name = child.name();
            // A message inside a message is none of ours to take apart, and of two that are about the object around them nobody
            // could tell afterwards what was in which.
            let root = self.program.root(name.namespace, name.local).filter(|root| root.kind != "MessageHeader");
            let root = root.filter(|root| !root.kind.is_empty() || !std::mem::replace(&mut is_about_object, true));
            let data = (name.local == "Base64Container").then(|| child.text()).filter(|text| !text.trim().is_empty());
            if let Some(root) = root {
                item.add("format", self.space.object().with("system", URI).with("code", name.namespace));
                if root.kind.is_empty() {
                    self.fill(root.of, child, object, around);
                } else {
                    let resource = self.resource(root.kind, root.of, child, 0);
                    let date = derived::composition_date(object, self.bundle);
                    let made = self.entries[resource].object;
                    made.set("date", date);
                    if let Some(status) = derived::composition_status(made) {
                        made.set("status", status);
                    }
                    object.member("context").push("related", self.reference(resource));
                }
            } else if let Some(data) = data {
                match from_base64(&data) {
                    Some(bytes) => item.member("attachment").add("data", self.space.text(base64(&bytes).into())),
                    None => self.unknown.push(Unknown(self.path(child))),
                }
            } else {
                self.exact_content(child, item);
            }
            if at > 0 && item.get("attachment").is_none() {
                set_absent(item, "attachment");
            }
            merge_content(object, at, item);
        }
    }

    /// XML as it is, in a resource of its own.
    fn exact_content(&mut self, node: Node<'t>, item: Object<'t>) {
        let (binary, made) = self.entry("Binary", node);
        let data = self.space.text(base64(Writer::fragment(node).as_bytes()).into());
        made.with("contentType", "application/xml").add("data", data);
        self.keep(binary);
        item.member("attachment").add("url", self.entries[binary].url);
        item.add("format", self.space.object().with("system", URI).with("code", node.name().namespace));
    }

    /// The type of the message and the version of its content; none for a message without content of a known version.
    pub(super) fn definition(&self, root: Node<'t>, header: Object<'t>) -> Option<&'t str> {
        // A signature has any content, and is no part of the message.
        let inside = root.children().filter(|child| child.local() != "Signature").flat_map(Node::descendants);
        let mut versions = std::iter::once(root).chain(inside).map(|node| self.known[node.namespace_number()].version);
        let version = versions.find(|version| !version.is_empty())?;
        let number = version.rsplit('-').next().unwrap_or_default().replace('.', "-");
        let event = header.get("eventCoding").and_then(|event| event.get("code")?.text()).unwrap_or("unknown");
        let event = if root.name().local == "AppRec" { "apprec" } else { event };
        let word: String =
            event.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        Some(self.space.concat(&[BASE, "/MessageDefinition/", &word, "-", &number]))
    }
}

/// The first item of the content has the rows of RefDoc beside it.
fn merge_content<'t>(object: Object<'t>, at: usize, item: Object<'t>) {
    let content = object.list("content");
    let present = content.items().nth(at).and_then(Json::object);
    merge(present.unwrap_or_else(|| content.push_object()), item);
}
