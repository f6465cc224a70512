//! What stands above a message: what it is, from whom, to whom, about whom, and when.

use super::text::{escape, time};
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
    let mut lines = String::new();
    line("Fra", &part(info, "Sender").map(party).unwrap_or_default(), &mut lines);
    line("Til", &part(info, "Receiver").map(party).unwrap_or_default(), &mut lines);
    line("Pasient", &part(info, "Patient").map(patient).unwrap_or_default(), &mut lines);
    line("Dato", &part(info, "GenDate").map(|date| time(&date.text())).unwrap_or_default(), &mut lines);
    if !lines.is_empty() {
        out.extend(["<p>", lines.trim_end_matches("<br/>"), "</p>"]);
    }
}

fn line(label: &str, value: &str, out: &mut String) {
    if !value.is_empty() {
        out.extend(["<b>", label, ":</b> "]);
        escape(value, out);
        out.push_str("<br/>");
    }
}

/// Names from the outermost organisation to the person.
fn party(node: Node<'_>) -> String {
    let mut names = Vec::new();
    let mut next = part(node, "Organisation");
    while let Some(one) = next {
        names.extend(part(one, "OrganisationName").map(|name| name.text().trim().to_owned()));
        names.extend(part(one, "HealthcareProfessional").and_then(name));
        next = part(one, "Organisation");
    }
    names.retain(|name| !name.is_empty());
    names.join(", ")
}

/// Name, day of birth and number.
fn patient(node: Node<'_>) -> String {
    let born = part(node, "DateOfBirth").map(|date| format!("født {}", time(&date.text())));
    let ident = part(node, "Ident").and_then(|ident| part(ident, "Id")).map(|id| id.text().trim().to_owned());
    let all: Vec<String> = [name(node), born, ident].into_iter().flatten().filter(|one| !one.is_empty()).collect();
    all.join(", ")
}
