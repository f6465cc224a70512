//! A Bundle and what was looked up become a message, or everything that is in the way is told.

use super::at::Used;
use super::catalogue::{APPENDED, EVENT, MSG_ID, NO_MESSAGE, RULES, TIMESTAMP, TIMESTAMP_FORM, UNUSED};
use super::code::list_of_coding;
use super::earlier;
use super::entries::{Entries, is_from_message};
use super::events::event;
use super::known::{Known, TimeStyle, Unmapped};
use super::remark::{Broken, Remark, Severity};
use super::unused::{Unused, unused};
use super::work::Work;
use crate::fhir::{Json, Path};
use crate::messages::{Judging, read};
use crate::rulebook::{Direction, Finding};
use crate::translation::mapping::in_oslo;
use crate::xml::Limits;

/// A message that was made. It is content, so it cannot be formatted.
pub struct Built {
    /// The message, schema-valid and within the rules for messages that are sent.
    pub xml: String,
    /// What had no place in it, and what it should have and has not.
    pub unused: Vec<Remark>,
}

/// Whether a Bundle is native: not made from a message by this gateway.
pub fn is_native(bundle: &Json<'_>) -> bool {
    !is_from_message(bundle)
}

/// Makes the message of a Bundle.
///
/// # Errors
/// Everything that is missing or wrong, in the order in which it was found; nothing of the content is in it.
pub fn build(bundle: &Json<'_>, known: &Known) -> Result<Built, Vec<Remark>> {
    let used = Used::default();
    let (message, remarks) = attempt(bundle, known, &used, None);
    let Some(message) = message.filter(|_| !has_errors(&remarks)) else { return Err(remarks) };
    let left = unused(bundle, &used);
    let told = |rule, severity| move |one: &Unused<'_>| Remark { rule, path: one.path.clone(), severity, breaks: None };
    match known.unmapped {
        Unmapped::Refuse if !left.is_empty() => Err(left.iter().map(told(&UNUSED, Severity::Error)).collect()),
        Unmapped::AppendText if !left.is_empty() => appended(bundle, known, &left),
        _ => {
            let unused = left.iter().map(told(&UNUSED, Severity::Information));
            judged(bundle, message, remarks.into_iter().chain(unused).collect())
        }
    }
}

fn has_errors(remarks: &[Remark]) -> bool {
    remarks.iter().any(|remark| remark.severity == Severity::Error)
}

/// The message again, with what had no place at the end of its text.
fn appended(bundle: &Json<'_>, known: &Known, left: &[Unused<'_>]) -> Result<Built, Vec<Remark>> {
    let lines: Vec<String> = left.iter().flat_map(Unused::lines).collect();
    let text = lines.join("\n");
    let used = Used::default();
    let (message, mut remarks) = attempt(bundle, known, &used, Some(&text));
    let Some(message) = message else { return Err(remarks) };
    // A receipt has no text to add to.
    let was_added = lines.first().is_none_or(|line| message.contains(&escaped(line)));
    let rule = if was_added { &APPENDED } else { &UNUSED };
    remarks.extend(left.iter().map(|one| Remark {
        rule,
        path: one.path.clone(),
        severity: Severity::Information,
        breaks: None,
    }));
    judged(bundle, message, remarks)
}

fn escaped(line: &str) -> String {
    line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// One attempt: the message, if nothing makes it impossible, and everything that was told.
fn attempt(bundle: &Json<'_>, known: &Known, used: &Used, appendix: Option<&str>) -> (Option<String>, Vec<Remark>) {
    let earlier = earlier::read(known);
    let entries = Entries::of(bundle, used);
    entries.bundle.done_with("type");
    let is_message = bundle.resource_type() == Some("Bundle") && entries.bundle.peek_of("type") == Some("message");
    let Some(header) = entries.header().cloned().filter(|_| is_message) else {
        let remark = Remark { rule: &NO_MESSAGE, path: Path::new("Bundle"), severity: Severity::Error, breaks: None };
        return (None, vec![remark]);
    };
    entries.bundle.done_with("identifier");
    let mut work = Work::new(entries, header, known, &earlier, appendix);
    match work.header.peek_of("id").filter(|id| id.len() == 36).and_then(|id| uuid::Uuid::try_parse(id).ok()) {
        Some(id) => work.msg_id = id,
        None => work.tell(&MSG_ID, work.header.place("id")),
    }
    if let Some(made_at) = made_at(&work) {
        work.made_at = made_at;
    }
    let message = make(&work);
    (message, work.remarks())
}

fn made_at(work: &Work<'_>) -> Option<String> {
    let bundle = &work.entries.bundle;
    let Some(written) = bundle.text_of("timestamp") else {
        work.tell(&TIMESTAMP, bundle.place("timestamp"));
        return None;
    };
    let made_at = in_oslo(written, work.known.times == TimeStyle::Offset);
    if made_at.is_none() {
        work.tell(&TIMESTAMP_FORM, bundle.place("timestamp"));
    }
    made_at
}

fn make(work: &Work<'_>) -> Option<String> {
    let coding = work.header.choice("eventCoding", "event", "Coding");
    let of_types = coding.as_ref().filter(|coding| list_of_coding(coding) == Some(8279));
    let found = of_types.and_then(|coding| event(coding.peek_of("code")?));
    let Some(found) = found else {
        let path = coding.map_or_else(|| work.header.place("event"), |coding| coding.place("code"));
        work.tell(&EVENT, path);
        return None;
    };
    coding.iter().for_each(super::at::At::done);
    (found.make)(work)
}

/// Which resource an element of a message is made of.
const ORIGINS: [(&str, &str); 9] = [
    ("/mh:Patient", "Patient"),
    ("/mh:Consent", "Consent"),
    ("/dia:Foresporsel", "CommunicationRequest"),
    ("/dia:Notat", "Communication"),
    ("/po:EksisterendeTjeneste", "ServiceRequest"),
    ("/po:MedisinskDiagnose", "Condition"),
    ("/epj1:Allerginotat", "AllergyIntolerance"),
    ("/epj3:Legemiddelinfo", "MedicationStatement"),
    ("/po:OpplysningOpphold", "Encounter"),
];

/// Where an element of the message comes from, if that is certain: from the only resource of its kind.
fn origin(bundle: &Json<'_>, element: &str) -> Path {
    let used = Used::default();
    let entries = Entries::of(bundle, &used);
    let kind = ORIGINS.iter().find(|(part, _)| element.contains(part)).map(|(_, kind)| *kind);
    match kind.map(|kind| entries.all(kind)).as_deref() {
        Some([one]) => one.path.clone(),
        _ => Path::new("Bundle"),
    }
}

/// What goes out is judged as what goes out: a receiver must never be the first to see that it is wrong.
fn judged(bundle: &Json<'_>, xml: String, remarks: Vec<Remark>) -> Result<Built, Vec<Remark>> {
    let judging = Judging::of(Limits::default(), Direction::Outgoing);
    let findings = match read(xml.as_bytes(), &judging) {
        Ok(parsed) => parsed.findings,
        Err(unreadable) => unreadable.findings,
    };
    let stops: Vec<&Finding> = findings.iter().filter(|finding| finding.consequence.stops()).collect();
    if stops.is_empty() {
        return Ok(Built { xml, unused: remarks });
    }
    let broken = |finding: &&Finding| {
        let element = finding.path.clone().unwrap_or_default();
        let path = origin(bundle, &element);
        Remark { rule: &RULES, path, severity: Severity::Error, breaks: Some(Broken { rule: finding.rule, element }) }
    };
    Err(stops.iter().map(broken).collect())
}
