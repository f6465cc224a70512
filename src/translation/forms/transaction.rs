//! A message Bundle as a transaction: a server that keeps resources takes all of it or nothing, and has it once however often it comes.

use super::grow::{add, id_of};
use super::overview::add_overview;
use super::receipt::ended_task;
use super::task::add_task;
use crate::domain::Timestamp;
use crate::fhir::{Json, Object};
use std::collections::HashSet;

/// Makes it a transaction. `message` is the id of the MessageHeader.
pub(super) fn into_transaction(bundle: &mut Json<'_>, message: &str, now: Timestamp) {
    match ended_task(bundle, now) {
        Some((id, task)) => add(bundle, &id, task),
        None => {
            add_overview(bundle, message, now);
            add_task(bundle, message, now);
        }
    }
    let kept = id_of(message, "transaction");
    let Some(object) = bundle.object_mut() else { return };
    object.set("id", kept);
    object.set("type", "transaction");
    let mut known = HashSet::new();
    let Some(Json::Array(entries)) = object.get_mut("entry") else { return };
    for entry in entries.iter_mut().filter_map(Json::object_mut) {
        let request = entry.get("resource").and_then(|resource| request(resource, &mut known));
        entry.set("request", request);
    }
}

/// How a resource is to be stored. Who is known by an identifier is made only where nobody has it yet (once in a transaction: of two
/// that have the same, the second may know more). Everything else has an id that follows from the message.
fn request(resource: &Json<'_>, known: &mut HashSet<String>) -> Option<Object<'static>> {
    let kind = resource.resource_type()?;
    if let Some(condition) = condition(resource, kind).filter(|condition| known.insert(format!("{kind}?{condition}"))) {
        return Some(Object::new().with("method", "POST").with("url", kind.to_owned()).with("ifNoneExist", condition));
    }
    let id = resource.get("id")?.text()?;
    Some(Object::new().with("method", "PUT").with("url", format!("{kind}/{id}")))
}

/// The systems of numbers that the whole country shares: fødselsnummer, D-number, common help number, HPR, organisation number, RESH,
/// HER-id. A hospital's own help number is another patient's at the next hospital: nobody is known by it.
const NATIONAL: [&str; 7] = [
    "urn:oid:2.16.578.1.12.4.1.4.1",
    "urn:oid:2.16.578.1.12.4.1.4.2",
    "urn:oid:2.16.578.1.12.4.1.4.3",
    "urn:oid:2.16.578.1.12.4.1.4.4",
    "urn:oid:2.16.578.1.12.4.1.4.101",
    "urn:oid:2.16.578.1.12.4.1.4.102",
    "urn:oid:2.16.578.1.12.4.1.2",
];

/// By which identifier somebody is known everywhere. It stands in the body, never in the address of a request.
fn condition(resource: &Json<'_>, kind: &str) -> Option<String> {
    if !matches!(kind, "Patient" | "Practitioner" | "Organization") {
        return None;
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    resource.get("identifier")?.items().iter().find_map(|identifier| {
        let (system, value) = (identifier.get("system")?.text()?, identifier.get("value")?.text()?);
        (NATIONAL.contains(&system) && is_number(value)).then(|| format!("identifier={system}%7C{value}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::array;

    fn condition_of(system: &str, value: &str) -> Option<String> {
        let identifier = Object::new().with("system", system.to_owned()).with("value", value.to_owned());
        condition(&Object::resource("Patient").with("identifier", array([identifier])).into(), "Patient")
    }

    #[test]
    fn nobody_is_taken_for_another_by_a_number_that_only_one_hospital_knows() {
        assert_eq!(condition_of("HNR", "12345"), None);
        assert_eq!(
            condition_of("urn:oid:2.16.578.1.12.4.1.4.1", "131169 00216"),
            None,
            "nor by what may be written otherwise"
        );
        let known = condition_of("urn:oid:2.16.578.1.12.4.1.4.1", "23895340251");
        assert_eq!(known.as_deref(), Some("identifier=urn:oid:2.16.578.1.12.4.1.4.1%7C23895340251"));
    }
}
