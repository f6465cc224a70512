//! What stands above a message: what it is, from whom, to whom, about whom, and when.

use super::text::{Listed, escape, time};
use super::values::{code, name, part};
use crate::xml::Node;

/// The list of message types (MsgInfo/Type).
const EVENTS: &str = "urn:oid:2.16.578.1.12.4.1.1.8279";

/// Writes the heading of the message that an element is the root of a document in; nothing where it is none.
pub(super) fn heading(root: Node<'_>, out: &mut String) {
    let is_root = root.parent().is_some_and(|parent| parent.local() == "Content");
    let is_dialogue = root.parent().is_some_and(|parent| parent.local() == "Dialogmelding");
    if !is_root && !is_dialogue {
        return;
    }
    let message = std::iter::successors(Some(root), |node| node.parent()).last();
    let Some(info) = message.and_then(|message| part(message, "MsgInfo")) else { return };
    if let Some(kind) = part(info, "Type") {
        out.push_str("<h2>");
        code(kind, Some(EVENTS), out);
        out.push_str("</h2>");
    }
    let start = out.len();
    out.push_str("<p>");
    let before = out.len();
    line("Fra", part(info, "Sender"), party, out);
    line("Til", part(info, "Receiver"), party, out);
    line("Pasient", part(info, "Patient"), patient, out);
    line("Dato", part(info, "GenDate"), |date, out| time(&date.text(), out), out);
    if out.len() == before {
        return out.truncate(start);
    }
    out.truncate(out.len() - "<br/>".len());
    out.push_str("</p>");
}

/// A line, if something is said.
fn line(label: &str, node: Option<Node<'_>>, value: impl FnOnce(Node<'_>, &mut String), out: &mut String) {
    let Some(node) = node else { return };
    let before = out.len();
    out.extend(["<b>", label, ":</b> "]);
    let start = out.len();
    value(node, out);
    if out.len() == start { out.truncate(before) } else { out.push_str("<br/>") }
}

/// Names from the outermost organisation to the person.
fn party(node: Node<'_>, out: &mut String) {
    let mut listed = Listed::new(out);
    let mut next = part(node, "Organisation");
    while let Some(one) = next {
        if let Some(called) = part(one, "OrganisationName") {
            listed.add(|out| escape(&called.text(), out));
        }
        if let Some(person) = part(one, "HealthcareProfessional") {
            listed.add(|out| name(person, out));
        }
        next = part(one, "Organisation");
    }
}

/// Name, day of birth and number.
fn patient(node: Node<'_>, out: &mut String) {
    let mut listed = Listed::new(out);
    listed.add(|out| name(node, out));
    if let Some(born) = part(node, "DateOfBirth") {
        listed.add(|out| {
            out.push_str("født ");
            time(&born.text(), out);
        });
    }
    if let Some(id) = part(node, "Ident").and_then(|ident| part(ident, "Id")) {
        listed.add(|out| escape(&id.text(), out));
    }
}
