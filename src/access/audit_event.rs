//! Lines of the history as AuditEvents of FHIR R4, in the shape of IHE Basic Audit Log Patterns (BALP 1.1): who, what, when, and the
//! patient as an entity with role 1.
//!
//! A patient is named by pseudonym only. Whoever asked for the Bundle knows whom they asked for; whoever finds it later does not.

use super::LogLine;
use serde_json::{Value, json};

/// The system of tracking ids, of pseudonyms, of the words for what happened.
const SYSTEM: &str = "https://bindeledd.example/fhir";

/// What AuditEvent calls a happening: DICOM's type, the life-cycle event of ISO 21089, the action.
struct Kind {
    dicom: (&'static str, &'static str),
    life_cycle: Option<(&'static str, &'static str)>,
    action: &'static str,
}

const IMPORT: (&str, &str) = ("110107", "Import");
const EXPORT: (&str, &str) = ("110106", "Export");
const QUERY: (&str, &str) = ("110112", "Query");
const SECURITY: (&str, &str) = ("110113", "Security Alert");
const ACTIVITY: (&str, &str) = ("110100", "Application Activity");

fn kind(what: &str) -> Kind {
    let (dicom, life_cycle, action) = match what {
        "received" | "repeated" | "turned-away" => (IMPORT, Some(("receive", "Receive/Retain Record Lifecycle Event")), "C"),
        "judged" | "refused" => (ACTIVITY, Some(("verify", "Verify Record Lifecycle Event")), "E"),
        "translated" => (ACTIVITY, Some(("transform", "Transform/Translate Record Lifecycle Event")), "C"),
        "delivered" => (EXPORT, Some(("transmit", "Transmit Record Lifecycle Event")), "R"),
        "fetched" => (EXPORT, Some(("access", "Access/View Record Lifecycle Event")), "R"),
        "looked-up" => (QUERY, Some(("access", "Access/View Record Lifecycle Event")), "E"),
        "exported" => (EXPORT, Some(("disclose", "Disclose Record Lifecycle Event")), "R"),
        "removed" => (ACTIVITY, Some(("destroy", "Destroy/Delete Record Lifecycle Event")), "D"),
        "linked" => (ACTIVITY, Some(("link", "Link Record Lifecycle Event")), "U"),
        "hold-added" => (ACTIVITY, Some(("hold", "Add Legal Hold Record Lifecycle Event")), "U"),
        "hold-lifted" => (ACTIVITY, Some(("unhold", "Remove Legal Hold Record Lifecycle Event")), "U"),
        "keyed" => (SECURITY, None, "U"),
        _ => (ACTIVITY, None, "E"),
    };
    Kind { dicom, life_cycle, action }
}

/// A Bundle of one AuditEvent for each line, in their order. `patient` is the pseudonym of whom all of it is about, if it is about one.
pub fn bundle(lines: &[LogLine], patient: Option<&str>) -> Value {
    let entry = |line: &LogLine| {
        json!({
            "fullUrl": format!("{SYSTEM}/AuditEvent/{}", line.number),
            "resource": audit_event(line, patient),
        })
    };
    json!({ "resourceType": "Bundle", "type": "collection", "entry": lines.iter().map(entry).collect::<Vec<_>>() })
}

fn audit_event(line: &LogLine, patient: Option<&str>) -> Value {
    let Kind { dicom, life_cycle, action } = kind(&line.what);
    let ours = json!({ "system": format!("{SYSTEM}/CodeSystem/history"), "code": line.what });
    let standard = life_cycle.map(|(code, display)| {
        json!({ "system": "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle", "code": code, "display": display })
    });
    json!({
        "resourceType": "AuditEvent",
        "id": line.number.to_string(),
        "type": dicom_coding(dicom),
        "subtype": standard.into_iter().chain([ours]).collect::<Vec<_>>(),
        "action": action,
        "recorded": line.at.to_string(),
        "outcome": if matches!(line.what.as_str(), "put-back" | "given-up" | "illegal") { "4" } else { "0" },
        "outcomeDesc": line.why,
        "agent": agents(line),
        "source": {
            "observer": { "display": "bindeledd" },
            "type": [{ "system": "http://terminology.hl7.org/CodeSystem/security-source-type", "code": "4",
                       "display": "Application Server" }],
        },
        "entity": entities(line, patient),
    })
}

fn dicom_coding((code, display): (&str, &str)) -> Value {
    json!({ "system": "http://dicom.nema.org/resources/ontology/DCM", "code": code, "display": display })
}

/// Who did it, and whose systems the message came from or went to.
fn agents(line: &LogLine) -> Vec<Value> {
    let agent = |role: (&str, &str), name: &str, asked: bool| json!({ "type": { "coding": [dicom_coding(role)] }, "who": { "display": name }, "requestor": asked });
    let gateway = agent(("110150", "Application"), "bindeledd", line.who.is_none() && line.word("partner").is_none());
    let mut agents = vec![gateway];
    if let Some(who) = &line.who {
        let mut person = agent(("110151", "Application Launcher"), who, true);
        if let Some(purpose) = line.word("purpose") {
            person["purposeOfUse"] = json!([{ "text": purpose }]);
        }
        agents.push(person);
    }
    let came = matches!(line.what.as_str(), "received" | "repeated" | "turned-away");
    let role = if came { ("110153", "Source Role ID") } else { ("110152", "Destination Role ID") };
    agents.extend(line.word("partner").map(|partner| agent(role, &format!("partner {partner}"), came)));
    agents
}

fn entities(line: &LogLine, patient: Option<&str>) -> Vec<Value> {
    let coding = |system: &str, code: &str, display: &str| json!({ "system": format!("http://terminology.hl7.org/CodeSystem/{system}"), "code": code, "display": display });
    let identifier = |kind: &str, value: &str| json!({ "identifier": { "system": format!("{SYSTEM}/NamingSystem/{kind}"), "value": value } });
    let person = patient.map(|pseudonym| {
        json!({
            "what": identifier("pseudonym", pseudonym),
            "type": coding("audit-entity-type", "1", "Person"),
            "role": coding("object-role", "1", "Patient"),
        })
    });
    let message = line.message.as_ref().map(|(_, tracking)| {
        json!({
            "what": identifier("tracking", &tracking.to_string()),
            "type": coding("audit-entity-type", "2", "System Object"),
            "role": coding("object-role", "3", "Report"),
            "detail": details(line),
        })
    });
    let log = line.message.is_none().then(|| {
        json!({
            "what": { "display": "the message log" },
            "type": coding("audit-entity-type", "2", "System Object"),
            "role": coding("object-role", "13", "Security Resource"),
            "detail": details(line),
        })
    });
    person.into_iter().chain(message).chain(log).collect()
}

/// The particulars of the line, each as it stands in the history.
fn details(line: &LogLine) -> Vec<Value> {
    let of_delivery = line.delivery.map(|delivery| ("delivery".to_owned(), delivery.to_string()));
    let facts = line.facts.as_ref().and_then(Value::as_object).into_iter().flatten();
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let number = ("line".to_owned(), line.number.to_string());
    let all = [number].into_iter().chain(of_delivery).chain(facts.map(|(name, value)| (name.clone(), shown(value))));
    all.filter(|(_, value)| !value.is_empty()).map(|(name, value)| json!({ "type": name, "valueString": value })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DeliveryId, MessageId, Seeded, Timestamp, TrackingId};
    use crate::fhir;
    use crate::pipeline::What;

    fn line(number: i64, what: What) -> LogLine {
        let about = (MessageId(7), TrackingId::new(&Seeded::new(7)));
        let of_the_log = matches!(
            what,
            What::Configured
                | What::Keyed
                | What::LookedUp
                | What::Exported
                | What::Removed
                | What::HoldAdded
                | What::HoldLifted
                | What::Linked
                | What::Paused
                | What::Resumed
                | What::Moved
        );
        LogLine {
            number,
            at: Timestamp::from_millis(1_767_225_600_000 + number),
            message: (!of_the_log).then_some(about),
            delivery: matches!(what, What::Delivered).then_some(DeliveryId(3)),
            what: what.as_str().into(),
            why: "because".into(),
            who: of_the_log.then(|| "account drift".into()),
            facts: Some(json!({ "partner": "fjellvik", "size": 5, "purpose": "case 2026-117", "sender": { "party": 1 } })),
        }
    }

    #[test]
    fn every_kind_of_line_is_a_valid_audit_event() {
        let lines: Vec<_> = What::ALL.iter().zip(1..).map(|(what, number)| line(number, *what)).collect();
        let text = serde_json::to_vec(&bundle(&lines, Some("00112233445566778899aabbccddeeff"))).expect("it is JSON");
        let read = fhir::read(&text, &fhir::Limits::default()).expect("it is FHIR");
        let issues: Vec<_> = fhir::judge(&read).iter().map(|issue| format!("{issue:?}")).collect();
        assert_eq!(issues, [] as [String; 0]);
    }

    #[test]
    fn somebody_who_looked_is_the_one_who_asked_with_a_purpose_and_the_patient_is_a_pseudonym() {
        let event = audit_event(&line(1, What::LookedUp), Some("0011"));
        assert_eq!(event["agent"][1]["who"]["display"], "account drift");
        assert_eq!(event["agent"][1]["requestor"], true);
        assert_eq!(event["agent"][1]["purposeOfUse"][0]["text"], "case 2026-117");
        assert_eq!(event["entity"][0]["role"]["code"], "1");
        assert_eq!(event["entity"][0]["what"]["identifier"]["value"], "0011");
        assert_eq!(event["agent"][0]["requestor"], false);
    }
}
