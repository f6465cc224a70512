//! A MessageDefinition for each message and version (MessageHeader.definition refers to it).

use super::published::{About, Published, canonical};
use crate::codelists::{self, CodeList};
use crate::fhir::{Json, Object, array};
use crate::messages::{MessageType, all_types};
use std::collections::BTreeSet;

/// The list of message types (MsgInfo/Type).
const EVENTS: u32 = 8279;

/// `LOG_INNLAGT` 1.6 is `log-innlagt-1-6`.
pub(super) fn id_of(code: &str, version: &str) -> String {
    format!("{code}-{version}").to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

/// All of them. A dialogue may have any code of its kind, in both versions.
pub(super) fn messages() -> Vec<Published> {
    let list = codelists::by_number(EVENTS);
    let dialogues = || list.map_or(&[][..], CodeList::codes).iter().filter(|code| code.v.starts_with("DIALOG"));
    let mut events: Vec<(&MessageType, &str)> = Vec::new();
    for kind in all_types().filter(|kind| !kind.version.is_empty()) {
        match kind.family {
            "dialogmelding" => events.extend(dialogues().map(|code| (kind, code.v))),
            _ => events.push((kind, kind.code)),
        }
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (kind, code) in &events {
        let id = id_of(code, kind.version);
        if seen.insert(id.clone()) {
            let mut older = events.iter().filter(|(other, of)| of == code && other.version < kind.version);
            found.push(one(kind, code, id, older.next().map(|(older, _)| id_of(code, older.version))));
        }
    }
    found
}

fn one(kind: &MessageType, code: &'static str, id: String, older: Option<String>) -> Published {
    let known = codelists::by_number(EVENTS).and_then(|list| list.code(code));
    let title = known.map_or(code, |known| known.dn);
    let is_receipt = kind.family == "apprec";
    let about = About {
        kind: "MessageDefinition",
        id,
        title: format!("{title} {}", kind.version),
        description: "A message of the national standards as a Bundle of FHIR, and back without loss.",
    };
    let url = about.url();
    let event = Object::new()
        .with("system", format!("urn:oid:{}{EVENTS}", codelists::OID_STEM))
        .with("code", code)
        .with("display", title);
    let mut resource = about.resource(&url).with("eventCoding", event);
    resource.set("replaces", array(older.map(|id| canonical("MessageDefinition", &id))));
    resource.set("category", if is_receipt { "consequence" } else { "notification" });
    resource.set("focus", array(focus(kind)));
    resource.set("responseRequired", if is_receipt { "never" } else { "always" });
    if !is_receipt {
        let receipt = canonical("MessageDefinition", &id_of("APPREC", kind.apprec.as_str()));
        resource.set("allowedResponse", array([Object::new().with("message", receipt)]));
    }
    about.publish(url, resource)
}

/// What the message is about: its root resources, then a DocumentReference for each document; of a receipt what is wrong.
fn focus(kind: &MessageType) -> Vec<Json<'static>> {
    let one = |code: &'static str, least: u32, most: &'static str| {
        let profile = format!("gw-{code}");
        Object::new()
            .with("code", code)
            .with("profile", canonical("StructureDefinition", &profile))
            .with("min", least)
            .with("max", most)
            .into()
    };
    match kind.family {
        "apprec" => vec![one("OperationOutcome", 0, "1")],
        "plo" => vec![one("Composition", 1, "*"), one("DocumentReference", 1, "*")],
        _ => vec![one("Communication", 0, "*"), one("CommunicationRequest", 0, "*"), one("DocumentReference", 1, "*")],
    }
}
