//! APPREC: the platform took a message in, or refuses it. Both parties are taken from that message, whatever the Bundle calls them.

use super::super::at::At;
use super::super::catalogue::{ANSWERER, EARLIER, EARLIER_KIND, ERROR, RESPONSE, RESPONSE_CODE, SENDER};
use super::super::code::{Code, of_concept, words_of};
use super::super::earlier::Earlier;
use super::super::party::party;
use super::super::references::behind;
use super::super::work::Work;
use super::event::Event;
use crate::domain::{HerId, MsgId, Receiver, Text, Timestamp};
use crate::messages::Body;
use crate::messages::apprec::{Answer, compose, write};
use crate::messages::coded::Coded;

pub(super) static EVENT: Event = Event {
    code: "APPREC",
    needs: Text {
        en: "MessageHeader.response: identifier (the MsgId), code ok or fatal-error; details with an OperationOutcome for a refusal",
        nb: "MessageHeader.response: identifier (MsgId), code ok eller fatal-error; details med en OperationOutcome ved avvisning",
        nn: "MessageHeader.response: identifier (MsgId), code ok eller fatal-error; details med ein OperationOutcome ved avvising",
    },
    becomes: "AppRec of the version that answers the message: 1.0 for PLO 1.5 and Dialogmelding 1.0, else 1.1",
    make,
};

fn make(work: &Work<'_>) -> Option<String> {
    let header = &work.header;
    header.done_with("destination");
    for kind in ["Organization", "PractitionerRole", "Practitioner", "Patient"] {
        // The acknowledged message says who they are.
        work.entries.all(kind).iter().for_each(At::done);
    }
    ["definition", "focus"].into_iter().for_each(|name| header.done_with(name));
    let sender = party(work, header.get("sender"), header, &SENDER, header.place("sender"));
    let Some(response) = header.get("response") else {
        work.tell(&RESPONSE, header.place("response"));
        return None;
    };
    let errors = status(work, &response);
    let Some(id) = response.text_of("identifier") else {
        work.tell(&RESPONSE, response.place("identifier"));
        return None;
    };
    let Some(earlier) = work.earlier.iter().find(|earlier| earlier.is(id.trim())) else {
        work.tell(&EARLIER, response.place("identifier"));
        return None;
    };
    if matches!(earlier.parsed.body, Body::Receipt(_)) {
        work.tell(&EARLIER_KIND, response.place("identifier"));
        return None;
    }
    let answering = receiver(earlier, sender?.known.her_id);
    if answering.is_none() {
        work.tell(&ANSWERER, header.place("sender"));
    }
    Some(receipt(work, earlier, answering?, errors?))
}

fn receiver<'e>(earlier: &'e Earlier<'_>, her_id: HerId) -> Option<&'e Receiver> {
    earlier.parsed.envelope.receivers.iter().find(|receiver| receiver.party.address().most_exact() == Some(her_id))
}

fn receipt(work: &Work<'_>, earlier: &Earlier<'_>, answering: &Receiver, errors: Vec<Coded>) -> String {
    let version = earlier.parsed.kind.apprec;
    let id = MsgId::new(work.msg_id.to_string());
    // The time is written as that of every other message.
    let now = Timestamp::from_millis(0);
    let mut receipt = compose(&earlier.parsed.envelope, answering, &Answer::Positive, version, id, now);
    receipt.gen_date.clone_from(&work.made_at);
    let source = work.header.get("source");
    let said = |name| source.as_ref().and_then(|source| source.text_of(name)).map(str::to_owned);
    receipt.software_name = said("software");
    receipt.software_version = said("version");
    if let Some(source) = &source {
        ["endpoint", "name"].into_iter().for_each(|name| source.done_with(name));
    }
    if !errors.is_empty() {
        receipt.status = Coded { v: "2".into(), dn: "Avvist".into(), ..Coded::default() };
        receipt.errors = errors;
    }
    write(&receipt)
}

/// The errors of a refusal, none for what was taken in; `None` when it is neither.
fn status(work: &Work<'_>, response: &At<'_>) -> Option<Vec<Coded>> {
    match response.text_of("code") {
        Some("ok") => Some(Vec::new()),
        Some("fatal-error") => {
            let errors = errors(work, response);
            if errors.is_empty() {
                work.tell(&ERROR, response.place("details"));
            }
            Some(errors)
        }
        _ => {
            work.tell(&RESPONSE_CODE, response.place("code"));
            None
        }
    }
}

fn errors(work: &Work<'_>, response: &At<'_>) -> Vec<Coded> {
    let outcome = behind(work, response, "details");
    let outcome = outcome.or_else(|| work.entries.all("OperationOutcome").into_iter().next());
    outcome.map(|outcome| outcome.each("issue")).unwrap_or_default().iter().map(|issue| error(work, issue)).collect()
}

fn error(work: &Work<'_>, issue: &At<'_>) -> Coded {
    let details = issue.get("details");
    let code = details.as_ref().and_then(|details| of_concept(work, details, &[8221]));
    let code = code.unwrap_or_else(|| Code::of(8221, usual_code(issue)));
    let words: Vec<&str> =
        [issue.text_of("diagnostics"), details.as_ref().and_then(words_of)].into_iter().flatten().collect();
    ["severity", "code", "expression", "location"].into_iter().for_each(|name| issue.done_with(name));
    // X99 says nothing by itself (rule R-105).
    let text =
        if words.is_empty() && code.v == "X99" { "Meldingen er avvist av mottakeren.".to_owned() } else { words.join(" ") };
    let text = code.original_text.clone().unwrap_or(text);
    Coded { v: code.v.clone(), s: code.oid(), dn: code.dn.clone(), ot: text.trim().to_owned() }
}

/// The error that an issue of FHIR comes nearest to.
fn usual_code(issue: &At<'_>) -> &'static str {
    let places = issue.each("expression").into_iter().chain(issue.each("location"));
    let places: Vec<&str> = places.filter_map(|place| place.peek()).collect();
    let about = |name: &str| places.iter().any(|place| place.contains(name));
    match issue.peek_of("code").unwrap_or_default() {
        "structure" => "T99",
        "not-supported" => "T10",
        "security" => "S99",
        "invalid" | "value" if about("MessageHeader.id") => "E10",
        "required" if about("Patient") => "E30",
        "not-found" if about("Patient") => "E35",
        "not-found" if about("Practitioner") || about("Organization") => "E21",
        _ => "X99",
    }
}
