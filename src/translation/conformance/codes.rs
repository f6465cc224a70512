//! Code systems: the national lists that messages use, as far as we hold them, and our own; and the names of ids.

use super::published::{About, Published, canonical};
use crate::codelists::{self, CodeList, Standing, Validity};
use crate::fhir::{Json, Object, array};
use crate::messages::all_rules;
use crate::translation::mapping::Inventory;
use crate::translation::native;

/// The list's publisher: the national directorate, which administers the code lists (Volven).
const DIRECTORATE: &str = "Helsedirektoratet";

/// All of them.
pub(super) fn codes(inventory: &Inventory) -> Vec<Published> {
    let mut found: Vec<Published> = codelists::all().iter().map(national).collect();
    let sections = inventory.sections.iter().map(|name| concept(name, None)).collect();
    found.push(own("plo-element", "Names of elements of the XML that became sections.", sections));
    for (id, description, pairs) in OWN {
        let concepts = pairs.iter().map(|(code, display)| concept(code, Some(display))).collect();
        found.push(own(id, description, concepts));
    }
    let rules = all_rules().into_iter().map(|rule| concept(rule.id, Some(rule.holds.en))).collect();
    found.push(own("gw-rules", "The rules that messages are judged by: what must hold.", rules));
    let rules = native::all_rules().into_iter().map(|rule| concept(rule.id, Some(rule.what.en))).collect();
    found.push(own("gw-native-rule", "The rules for Bundles of senders who know FHIR only: what is wrong.", rules));
    found.push(ids());
    found
}

/// A code system of ours: its id, what it is for, and its codes.
type Own = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const OWN: [Own; 9] = [
    (
        "gw-tags",
        "Where a resource or a Bundle comes from.",
        &[
            ("from-kith", "The Bundle was made from XML"),
            ("native", "The Bundle was received as FHIR"),
            ("derived", "The resource follows from others, and is never read on the way back"),
            ("version-translated", "The message was translated to another version"),
            ("absent-in-source", "The XML has nothing of it; the resource is there because FHIR demands it"),
        ],
    ),
    (
        "gw-condition-category",
        "Which part of a message a condition comes from.",
        &[("iplos-periode", "Diagnosis for a period (IPLOS)"), ("tidligere-sykdom", "Earlier disease")],
    ),
    (
        "gw-observation",
        "What an observation is about.",
        &[("samlet-vurdering-funksjonsniva", "Assessment of all functions")],
    ),
    (
        "gw-id",
        "What an identifier of a dialogue is for.",
        &[("thread", "The conversation that it belongs to"), ("dok-id", "The id of a question or note")],
    ),
    (
        "gw-task",
        "What somebody is to do about a message.",
        &[
            ("answer-request", "Answer a question"),
            ("assess-application", "Assess an application"),
            ("handle-deviation", "Follow up a deviation"),
            ("plan-discharge", "Plan a discharge"),
            ("await-apprec", "Wait for the application receipt"),
        ],
    ),
    ("gw-plan", "What a CarePlan is.", &[("tjenesteoversikt", "The services that a patient has")]),
    ("gw-team", "What a CareTeam is.", &[("oppfolgingsteam", "Those who follow a patient up")]),
    ("gw-activity", "What was done to a message.", &[("translate", "It was put into FHIR")]),
    ("gw-doc", "What a document is beside the message.", &[("original-message", "The message as it came")]),
];

fn concept(code: &'static str, display: Option<&'static str>) -> Json<'static> {
    Object::new().with("code", code).with("display", display).into()
}

fn own(id: &str, description: &str, concepts: Vec<Json<'static>>) -> Published {
    let about = About { kind: "CodeSystem", id: id.to_owned(), title: id.replace('-', " "), description };
    let url = about.url();
    let resource = about.resource(&url).with("caseSensitive", true).with("content", "complete").with("concept", concepts);
    about.publish(url, resource)
}

/// A list is experimental here: the directorate publishes it, not as FHIR.
fn national(list: &'static CodeList) -> Published {
    let about = About {
        kind: "CodeSystem",
        id: format!("volven-{}", list.number),
        title: format!("{} {}", list.number, list.name),
        description: list.note.unwrap_or("A national code list, as far as messages use it."),
    };
    let url = format!("urn:oid:{}", list.oid());
    let content = match (list.codes().is_empty(), list.is_open() || list.edition.is_none()) {
        (true, _) => "not-present",
        (false, true) => "fragment",
        (false, false) => "complete",
    };
    let mut resource = about.resource(&url);
    resource.set("experimental", true);
    resource.set("publisher", DIRECTORATE);
    resource.set("version", list.edition);
    if !matches!(list.validity, Validity::Current) {
        resource.set("status", "retired");
    }
    let resource = resource
        .with("caseSensitive", true)
        .with("content", content)
        .with("property", array([Object::new().with("code", "inactive").with("type", "boolean")]))
        .with("concept", array(list.codes().iter().map(member)));
    about.publish(url, resource)
}

fn member(code: &'static codelists::Code) -> Object<'static> {
    let inactive = Object::new().with("code", "inactive").with("valueBoolean", true);
    let withdrawn = code.standing == Standing::Withdrawn;
    Object::new().with("code", code.v).with("display", code.dn).with("property", array(withdrawn.then_some(inactive)))
}

/// The system of ids of messages that are no UUIDs.
fn ids() -> Published {
    const ID: &str = "kith-msgid";
    let url = canonical("NamingSystem", ID);
    let about = About {
        kind: "NamingSystem",
        id: ID.to_owned(),
        title: String::new(),
        description: "Ids of messages (MsgId) that are no UUIDs. Unique together with the sender only.",
    };
    // A NamingSystem has no canonical URL, no version and no title in R4.
    let mut resource = about.resource(&url);
    for name in ["url", "version", "title", "experimental"] {
        resource.set(name, Json::Null);
    }
    let unique = Object::new().with("type", "uri").with("value", url.clone()).with("preferred", true);
    let resource = resource.with("kind", "identifier").with("uniqueId", array([unique]));
    about.publish(url, resource)
}
