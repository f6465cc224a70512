//! An AppRec for a server that keeps resources: the Task that waited for it is done, or has failed.

use super::grow::{concept, id_of, resources, text_at};
use crate::domain::Timestamp;
use crate::fhir::{Json, Object};

/// The Task that an AppRec ends; `None` when the Bundle is no AppRec. It has the same id for all that is said of one message, so that the
/// platform may make it itself when it sends.
pub(super) fn ended_task(bundle: &Json<'_>, now: Timestamp) -> Option<(String, Object<'static>)> {
    let header = resources(bundle).next()?;
    let response = header.get("response")?;
    let answered = text_at(response, &["identifier"])?.to_owned();
    let positive = text_at(response, &["code"]) == Some("ok");
    let id = id_of(&answered, "await-apprec");
    let named = Object::new().with("system", "urn:ietf:rfc:3986").with("value", format!("urn:uuid:{answered}"));
    let mut task = Object::resource("Task")
        .with("id", id.clone())
        .with("identifier", vec![named.clone().into()])
        .with("status", if positive { "completed" } else { "failed" })
        .with("intent", "order")
        .with("code", concept("gw-task", "await-apprec").with("text", "Applikasjonskvittering"))
        .with("focus", Object::new().with("type", "MessageHeader").with("identifier", named));
    task.set("lastModified", now.to_string());
    task.set("statusReason", reasons(bundle).map(|text| Object::new().with("text", text)));
    Some((id, task))
}

/// What the receiver says is wrong, for people.
fn reasons(bundle: &Json<'_>) -> Option<String> {
    let outcome = resources(bundle).find(|one| one.resource_type() == Some("OperationOutcome"))?;
    let said = outcome.get("issue")?.items().iter().filter_map(|issue| {
        let written = text_at(issue, &["diagnostics"]);
        written
            .or_else(|| text_at(issue, &["details", "coding", "display"]))
            .or_else(|| text_at(issue, &["details", "text"]))
    });
    let said: Vec<&str> = said.collect();
    (!said.is_empty()).then(|| said.join("; "))
}
