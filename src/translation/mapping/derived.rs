//! What FHIR demands and the XML does not say in so many words: endpoints, dates, ends of appointments. Nothing of it is read on
//! the way back.

use super::language::PROGRAM;
use super::primitive::extension;
use super::put::member_object;
use super::words::{ABSENT, BASE, CODING};
use crate::fhir::{Json, Object};
use jiff::ToSpan;
use jiff::civil::DateTime;

/// The extension of a value that is not known.
pub(super) fn absent() -> Json<'static> {
    Object::new().with("url", ABSENT).with("valueCode", "unknown").into()
}

/// What a code becomes by a map.
fn made(map: &str, code: &str) -> Option<&'static str> {
    PROGRAM.maps.get(map)?.forth(code)
}

/// A resource of a Bundle, by its id.
pub(super) trait Resources<'t> {
    fn by_reference(&self, reference: &Json<'_>) -> Option<&Object<'t>>;
}

/// Where a party is reached: by its HER-id, else its organisation number, else as a resource of this Bundle. Never by the number
/// of a person.
pub(super) fn endpoint<'t>(reference: &Json<'_>, resources: &impl Resources<'t>) -> Option<String> {
    let party = resources.by_reference(reference)?;
    let person = party.get("practitioner").and_then(|to| resources.by_reference(to));
    let all = [Some(party), person].into_iter().flatten();
    let identifiers: Vec<&Json<'t>> = all.flat_map(|one| one.get("identifier").map_or(&[][..], Json::items)).collect();
    let of = |kind: &str| {
        let system = made("ident-system", kind);
        let is_it = |one: &&&Json<'t>| one.get("system").and_then(Json::text) == system;
        let value = identifiers.iter().find(is_it).and_then(|one| one.get("value")?.text())?;
        value.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("{}.{value}", system.unwrap_or_default()))
    };
    of("HER").or_else(|| of("ENH")).or_else(|| reference.get("reference")?.text().map(str::to_owned))
}

/// What a party is called.
pub(super) fn party_name<'t>(reference: &Json<'_>, resources: &impl Resources<'t>) -> Option<String> {
    let party = resources.by_reference(reference)?;
    let unit = party.get("organization").and_then(|to| resources.by_reference(to));
    [Some(party), unit].into_iter().flatten().find_map(|one| one.get("name")?.text().map(str::to_owned))
}

/// Source and destinations of a MessageHeader.
pub(super) fn header<'t>(object: &mut Object<'t>, resources: &impl Resources<'t>) {
    let sender = object.get("sender").cloned().unwrap_or(Json::Null);
    let source = member_object(object, "source");
    source.set("endpoint", endpoint(&sender, resources).unwrap_or_else(|| format!("{BASE}/unknown")));
    if source.get("name").is_none() {
        source.set("name", party_name(&sender, resources));
    }
    // A receipt may leave its status or the id of its message empty; FHIR may not.
    if let Some(Json::Object(response)) = object.get_mut("response") {
        for (name, beside) in [("code", "_code"), ("identifier", "_identifier")] {
            if response.get(name).is_none() && response.get(beside).is_none() {
                response.set(beside, Object::new().with("extension", vec![absent()]));
            }
        }
    }
    let Some(Json::Array(destinations)) = object.get_mut("destination") else { return };
    let party_url = format!("{BASE}/StructureDefinition/receiver-party");
    for destination in destinations {
        let party =
            destination.get("receiver").or_else(|| extension(destination, &party_url)?.get("valueReference")).cloned();
        let party = party.unwrap_or(Json::Null);
        let (endpoint, name) = (endpoint(&party, resources), party_name(&party, resources));
        if let Some(destination) = destination.object_mut() {
            destination.set("endpoint", endpoint.unwrap_or_else(|| format!("{BASE}/unknown")));
            destination.set("name", name);
        }
    }
}

/// Resources whose status a message may leave open.
const WITH_STATUS: [&str; 5] =
    ["Communication", "MedicationStatement", "MedicationAdministration", "DeviceUseStatement", "Appointment"];

/// What a resource must have and a message may lack.
pub(super) fn demanded(kind: &str, object: &mut Object<'_>) {
    let lacks = |object: &Object<'_>, names: &[&str]| names.iter().all(|name| object.get(name).is_none());
    if WITH_STATUS.contains(&kind) && lacks(object, &["status", "_status"]) {
        object.set("_status", Object::new().with("extension", vec![absent()]));
    }
    match kind {
        "Organization" if lacks(object, &["identifier", "name", "_name"]) => {
            object.set("_name", Object::new().with("extension", vec![absent()]));
        }
        "MessageHeader" if lacks(object, &["eventCoding"]) => {
            object.set("eventCoding", Object::new().with("extension", vec![absent()]));
        }
        "MedicationStatement" | "MedicationAdministration" | "MedicationDispense"
            if lacks(object, &["medicationReference", "medicationCodeableConcept"]) =>
        {
            object.set("medicationCodeableConcept", Object::new().with("extension", vec![absent()]));
        }
        "Device" => {
            if let Some(Json::Array(names)) = object.get_mut("deviceName")
                && let Some(Json::Object(name)) = names.first_mut()
                && lacks(name, &["name", "_name"])
            {
                name.set("_name", Object::new().with("extension", vec![absent()]));
            }
        }
        "Appointment" => appointment(object),
        _ => {}
    }
}

/// A resource that leaves out a code which its base profile demands (`fhir/no-basis`) does not claim the profile. A test compares
/// this with the tables; to ask them would take longer than to make the resource.
pub(super) fn claim(kind: &str, object: &mut Object<'_>) {
    if lacks_a_code(kind, object) {
        object.set("meta", Json::Null);
    }
}

fn lacks_a_code(kind: &str, object: &Object<'_>) -> bool {
    let concepts = match kind {
        "Practitioner" => object.get("qualification"),
        "Organization" => object.get("type"),
        "PractitionerRole" => object.get("code"),
        _ => None,
    };
    let is_bare = |coding: &Json<'_>| coding.get("code").is_none() && coding.get("system").is_some();
    concepts.map_or(&[][..], Json::items).iter().any(|concept| {
        let concept = concept.get("code").unwrap_or(concept);
        concept.get("coding").map_or(&[][..], Json::items).iter().any(is_bare)
    })
}

/// The end of an appointment that has a start (app-2), and that it is booked (app-3).
fn appointment(object: &mut Object<'_>) {
    let Some(start) = object.get("start").and_then(Json::text).map(str::to_owned) else {
        if object.get("_start").is_some() {
            object.set("_end", Object::new().with("extension", vec![absent()]));
        }
        return;
    };
    let minutes = object.get("minutesDuration").and_then(Json::token).and_then(|token| token.parse::<i64>().ok());
    object.set("end", later(&start, minutes.unwrap_or(0)).unwrap_or(start));
}

/// The same time, so many minutes later, with the same offset.
fn later(start: &str, minutes: i64) -> Option<String> {
    let (local, rest) = start.split_at_checked(19)?;
    let local: DateTime = local.parse().ok()?;
    Some(format!("{}{rest}", local.checked_add(minutes.minutes()).ok()?))
}

/// Whether a document holds, was changed, or must not be used any more: what its sender says of the message.
pub(super) fn composition_status(composition: &Object<'_>) -> Option<&'static str> {
    let url = format!("{BASE}/StructureDefinition/forsendelsesstatus");
    let said =
        composition.get("extension")?.items().iter().find(|one| one.get("url").and_then(Json::text) == Some(&*url))?;
    made("composition-status-7309", said.get("valueCoding")?.get("code")?.text()?)
}

/// What is wrong by a receipt, in FHIR's own words: the kind of each issue by its code, how bad it is by the receipt's status.
pub(super) fn issues(outcome: &mut Object<'_>, header: &Object<'_>) {
    let status = header.get("response").and_then(|response| extension(response.get("_code")?, CODING)?.get("valueCoding"));
    let status = status.and_then(|coding| coding.get("code")?.text());
    let Some(Json::Array(issues)) = outcome.get_mut("issue") else { return };
    for issue in issues {
        let coding = issue.get("details").and_then(|details| details.get("coding")?.items().first()?.get("code"));
        let code = coding.and_then(Json::text).and_then(|code| made("apprec-issue-8221", code));
        let severity = status.and_then(|status| made("apprec-severity-8258", status));
        for (name, value) in [("code", code), ("severity", severity)] {
            if let (Some(value), Some(issue)) = (value, issue.object_mut()) {
                issue.set(name, value);
            }
        }
    }
}

/// When a document was issued, if it says the day; else when the message was made.
pub(super) fn composition_date<'t>(document: &Object<'t>, bundle: &Object<'t>) -> Option<String> {
    let attachment = document.get("content").and_then(|all| all.items().first()?.get("attachment"));
    let issued = attachment.and_then(|attachment| attachment.get("creation")?.text()).filter(|date| date.len() >= 10);
    issued.or_else(|| bundle.get("timestamp")?.text()).map(str::to_owned)
}
