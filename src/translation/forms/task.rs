//! What somebody must do because of a message: one row for each kind of Task.

use super::grow::{add, concept, id_of, reference, resources, text_at};
use crate::domain::Timestamp;
use crate::fhir::{Json, Object};
use crate::translation::mapping::BASE;
use std::time::Duration;

/// One kind of Task, and the messages that ask for it.
pub(super) struct Wanted {
    /// Its code in `gw-task`.
    code: &'static str,
    /// What it asks for, for people.
    says: &'static str,
    /// `MsgInfo/Type` of the messages.
    events: &'static [&'static str],
    /// Only with this code (list, code) in what the message is about; `None` always.
    only_with: Option<(&'static str, &'static str)>,
    /// Only when the message begins a conversation: what answers another need not be answered.
    only_first: bool,
    /// How many days it may take where the standard says; nothing else is promised for anybody.
    days: Option<u64>,
}

const LIST: &str = "urn:oid:2.16.578.1.12.4.1.1.";

/// All kinds. A question is to be answered within three days (the guide for PLO and dialogue messages).
const ALL: [Wanted; 5] = [
    Wanted {
        code: "answer-request",
        says: "Svar på forespørselen",
        events: &["DIALOG_FORESPORSEL"],
        only_with: None,
        only_first: false,
        days: Some(3),
    },
    Wanted {
        code: "answer-request",
        says: "Svar på henvendelsen",
        events: &["DIALOG_HELSEFAGLIG"],
        only_with: Some(("7322", "6")),
        only_first: true,
        days: Some(3),
    },
    Wanted {
        code: "assess-application",
        says: "Vurder behovet for tjenester",
        events: &["MEDISINSKE_OPPLYSNINGER"],
        only_with: Some(("9138", "5")),
        only_first: false,
        days: None,
    },
    Wanted {
        code: "handle-deviation",
        says: "Følg opp avviket",
        events: &["DIALOG_AVVIK"],
        only_with: None,
        only_first: false,
        days: None,
    },
    Wanted {
        code: "plan-discharge",
        says: "Planlegg mottak av pasienten",
        events: &["LOG_UTSKRIVNINGSKLAR"],
        only_with: None,
        only_first: false,
        days: None,
    },
];

/// What is urgent is to be answered the next day.
const URGENT_DAYS: u64 = 1;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Adds the Task that a message asks for, if any. `message` is the id of its MessageHeader.
pub(super) fn add_task(bundle: &mut Json<'_>, message: &str, now: Timestamp) {
    if let Some(task) = task(bundle, message, now) {
        let id = id_of(message, "task");
        add(bundle, &id, task.with("id", id.clone()));
    }
}

fn task(bundle: &Json<'_>, message: &str, now: Timestamp) -> Option<Object<'static>> {
    let header = resources(bundle).next()?;
    let event = text_at(header, &["eventCoding", "code"])?;
    let root = resources(bundle).find(|one| is_root(one));
    let wanted = ALL.iter().find(|wanted| wanted.events.contains(&event) && wanted.is_asked_by(header, root))?;
    let focus = root.and_then(|root| root.get("id")?.text()).unwrap_or(message);
    let named = Object::new().with("system", "urn:ietf:rfc:3986").with("value", format!("urn:uuid:{message}"));
    let mut made = Object::resource("Task")
        .with("identifier", vec![named.into()])
        .with("status", "requested")
        .with("intent", "order")
        .with("priority", priority(root))
        .with("code", concept("gw-task", wanted.code).with("text", wanted.says))
        .with("focus", reference(focus));
    made.set("for", subject(bundle).map(|patient| reference(&patient)));
    made.set("authoredOn", now.to_string());
    made.set("requester", copied(header, &["sender"]));
    made.set("owner", copied(header, &["destination", "receiver"]));
    if let Some(days) = wanted.days_of(root) {
        let span = u32::try_from(days).unwrap_or(u32::MAX);
        let end = now.plus(DAY * span).to_string();
        made.set("restriction", Object::new().with("period", Object::new().with("end", end)));
    }
    Some(made)
}

impl Wanted {
    fn is_asked_by(&self, header: &Json<'_>, root: Option<&Json<'_>>) -> bool {
        if self.only_first && follows_another(header) {
            return false;
        }
        self.only_with.is_none_or(|(list, code)| root.is_some_and(|root| has_code(root, list, code)))
    }

    fn days_of(&self, root: Option<&Json<'_>>) -> Option<u64> {
        self.days.map(|days| if is_urgent(root) { URGENT_DAYS } else { days })
    }
}

/// Whether the message belongs to a conversation that another began.
fn follows_another(header: &Json<'_>) -> bool {
    let extensions = header.get("extension").map_or(&[][..], Json::items);
    let url = format!("{BASE}/StructureDefinition/conversation");
    extensions.iter().any(|one| one.get("url").and_then(Json::text) == Some(&*url))
}

/// Whether it is what a message is about.
fn is_root(resource: &Json<'_>) -> bool {
    matches!(resource.resource_type(), Some("Composition" | "Communication" | "CommunicationRequest"))
}

/// Whether a category of the resource, or one that stands beside it, is this code.
fn has_code(json: &Json<'_>, list: &str, code: &str) -> bool {
    let is_it = |coding: &Json<'_>| {
        let system = coding.get("system").and_then(Json::text).and_then(|system| system.strip_prefix(LIST));
        system == Some(list) && coding.get("code").and_then(Json::text) == Some(code)
    };
    is_it(json)
        || json.items().iter().any(|item| has_code(item, list, code))
        || json.object().is_some_and(|object| object.members().iter().any(|(_, value)| has_code(value, list, code)))
}

fn is_urgent(root: Option<&Json<'_>>) -> bool {
    root.and_then(|root| root.get("priority")?.text()).is_some_and(|priority| matches!(priority, "stat" | "urgent"))
}

fn priority(root: Option<&Json<'_>>) -> Option<String> {
    root.and_then(|root| root.get("priority")?.text()).map(str::to_owned)
}

/// The id of the patient.
pub(super) fn subject(bundle: &Json<'_>) -> Option<String> {
    let patient = resources(bundle).find(|one| one.resource_type() == Some("Patient"))?;
    patient.get("id")?.text().map(str::to_owned)
}

/// A reference that stands elsewhere, again.
fn copied(json: &Json<'_>, way: &[&str]) -> Option<Object<'static>> {
    let whole: Vec<&str> = way.iter().copied().chain(["reference"]).collect();
    text_at(json, &whole).map(|to| Object::new().with("reference", to.to_owned()))
}
