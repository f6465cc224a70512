//! What FHIR demands and the XML does not say in so many words: endpoints, dates, ends of appointments. Nothing of it is read on
//! the way back.

use super::draft::{Json, Object, Space};
use super::language::PROGRAM;
use super::primitive::extension_in;
use super::words::{ABSENT, BASE, CODING};
use jiff::ToSpan;
use jiff::civil::DateTime;

/// The extension of a value that is not known.
pub(super) fn absent(space: &Space) -> Object<'_> {
    space.extension(ABSENT, "valueCode", "unknown")
}

/// Says of a member that its value is not known.
pub(super) fn set_absent(object: Object<'_>, member: &'static str) {
    object.set(member, object.space().beside(absent(object.space())));
}

/// What a code becomes by a map.
fn made(map: &str, code: &str) -> Option<&'static str> {
    PROGRAM.maps.get(map)?.forth(code)
}

/// A resource of a Bundle, by its id.
pub(super) trait Resources<'t> {
    fn by_reference(&self, reference: Json<'t>) -> Option<Object<'t>>;
}

/// Where a party is reached: by its HER-id, else its organisation number, else as a resource of this Bundle. Never by the number
/// of a person.
pub(super) fn endpoint<'t>(reference: Json<'t>, resources: &impl Resources<'t>) -> Option<&'t str> {
    let party = resources.by_reference(reference)?;
    let person = party.get("practitioner").and_then(|to| resources.by_reference(to));
    let of = |kind: &str| {
        let system = made("ident-system", kind);
        let mut all = [Some(party), person].into_iter().flatten().flat_map(|one| one.items("identifier"));
        let value = all.find(|one| one.get("system").and_then(Json::text) == system)?.get("value")?.text()?;
        let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| party.space().concat(&[system.unwrap_or_default(), ".", value]))
    };
    of("HER").or_else(|| of("ENH")).or_else(|| reference.get("reference")?.text())
}

/// What a party is called.
pub(super) fn party_name<'t>(reference: Json<'t>, resources: &impl Resources<'t>) -> Option<&'t str> {
    let party = resources.by_reference(reference)?;
    let unit = party.get("organization").and_then(|to| resources.by_reference(to));
    [Some(party), unit].into_iter().flatten().find_map(|one| one.get("name")?.text())
}

/// Source and destinations of a MessageHeader.
pub(super) fn header<'t>(object: Object<'t>, resources: &impl Resources<'t>) {
    let unknown = || object.space().concat(&[BASE, "/unknown"]);
    let sender = object.get("sender").unwrap_or(Json::Null);
    let source = object.member("source");
    source.set("endpoint", endpoint(sender, resources).unwrap_or_else(unknown));
    if source.get("name").is_none() {
        source.set("name", party_name(sender, resources));
    }
    // A receipt may leave its status or the id of its message empty; FHIR may not.
    if let Some(Json::Object(response)) = object.get("response") {
        for (name, beside) in [("code", "_code"), ("identifier", "_identifier")] {
            if response.get(name).is_none() && response.get(beside).is_none() {
                set_absent(response, beside);
            }
        }
    }
    let party_url = format!("{BASE}/StructureDefinition/receiver-party");
    for destination in object.items("destination").filter_map(Json::object) {
        let party =
            destination.get("receiver").or_else(|| extension_in(destination.into(), &party_url)?.get("valueReference"));
        let party = party.unwrap_or(Json::Null);
        destination.set("endpoint", endpoint(party, resources).unwrap_or_else(unknown));
        destination.set("name", party_name(party, resources));
    }
}

/// Resources whose status a message may leave open.
const WITH_STATUS: [&str; 5] =
    ["Communication", "MedicationStatement", "MedicationAdministration", "DeviceUseStatement", "Appointment"];

/// What a resource must have and a message may lack.
pub(super) fn demanded(kind: &str, object: Object<'_>) {
    let lacks = |object: Object<'_>, names: &[&str]| names.iter().all(|name| object.get(name).is_none());
    if WITH_STATUS.contains(&kind) && lacks(object, &["status", "_status"]) {
        set_absent(object, "_status");
    }
    match kind {
        "Organization" if lacks(object, &["identifier", "name", "_name"]) => {
            set_absent(object, "_name");
        }
        "MessageHeader" if lacks(object, &["eventCoding"]) => set_absent(object, "eventCoding"),
        "MedicationStatement" | "MedicationAdministration" | "MedicationDispense"
            if lacks(object, &["medicationReference", "medicationCodeableConcept"]) =>
        {
            set_absent(object, "medicationCodeableConcept");
        }
        "Device" => {
            if let Some(Json::Object(name)) = object.items("deviceName").next()
                && lacks(name, &["name", "_name"])
            {
                set_absent(name, "_name");
            }
        }
        "Appointment" => appointment(object),
        _ => {}
    }
}

/// A resource that leaves out a code which its base profile demands (`fhir/no-basis`) does not claim the profile. A test compares
/// this with the tables; to ask them would take longer than to make the resource.
pub(super) fn claim(kind: &str, object: Object<'_>) {
    if lacks_a_code(kind, object) {
        object.set("meta", Json::Null);
    }
}

fn lacks_a_code(kind: &str, object: Object<'_>) -> bool {
    let concepts = match kind {
        "Practitioner" => object.get("qualification"),
        "Organization" => object.get("type"),
        "PractitionerRole" => object.get("code"),
        _ => None,
    };
    let is_bare = |coding: Json<'_>| coding.get("code").is_none() && coding.get("system").is_some();
    concepts.unwrap_or(Json::Null).items().any(|concept| {
        let concept = concept.get("code").unwrap_or(concept);
        concept.get("coding").unwrap_or(Json::Null).items().any(is_bare)
    })
}

/// The end of an appointment that has a start (app-2), and that it is booked (app-3).
fn appointment(object: Object<'_>) {
    let Some(start) = object.get("start").and_then(Json::text) else {
        if object.get("_start").is_some() {
            set_absent(object, "_end");
        }
        return;
    };
    let minutes = object.get("minutesDuration").and_then(Json::token).and_then(|token| token.parse::<i64>().ok());
    object.set("end", later(start, minutes.unwrap_or(0)).map_or(start, |end| object.space().text(end.into())));
}

/// The same time, so many minutes later, with the same offset.
fn later(start: &str, minutes: i64) -> Option<String> {
    let (local, rest) = start.split_at_checked(19)?;
    let local: DateTime = local.parse().ok()?;
    Some(format!("{}{rest}", local.checked_add(minutes.minutes()).ok()?))
}

/// Whether a document holds, was changed, or must not be used any more: what its sender says of the message.
pub(super) fn composition_status(composition: Object<'_>) -> Option<&'static str> {
    let url = format!("{BASE}/StructureDefinition/forsendelsesstatus");
    let said = extension_in(composition.into(), &url)?;
    made("composition-status-7309", said.get("valueCoding")?.get("code")?.text()?)
}

/// What is wrong by a receipt, in FHIR's own words: the kind of each issue by its code, how bad it is by the receipt's status.
pub(super) fn issues(outcome: Object<'_>, header: Object<'_>) {
    let status =
        header.get("response").and_then(|response| extension_in(response.get("_code")?, CODING)?.get("valueCoding"));
    let status = status.and_then(|coding| coding.get("code")?.text());
    for issue in outcome.items("issue").filter_map(Json::object) {
        let coding = issue.get("details").and_then(|details| details.get("coding")?.items().next()?.get("code"));
        let code = coding.and_then(Json::text).and_then(|code| made("apprec-issue-8221", code));
        let severity = status.and_then(|status| made("apprec-severity-8258", status));
        for (name, value) in [("code", code), ("severity", severity)] {
            if let Some(value) = value {
                issue.set(name, value);
            }
        }
    }
}

/// When a document was issued, if it says the day; else when the message was made.
pub(super) fn composition_date<'t>(document: Object<'t>, bundle: Object<'t>) -> Option<&'t str> {
    let attachment = document.items("content").next().and_then(|first| first.get("attachment"));
    let issued = attachment.and_then(|attachment| attachment.get("creation")?.text()).filter(|date| date.len() >= 10);
    issued.or_else(|| bundle.get("timestamp")?.text())
}
