//! The MsgHead around the content: who, to whom, about whom, when, and which consent.

use super::at::At;
use super::attachment;
use super::catalogue::{RECEIVER, SENDER};
use super::code::Code;
use super::conversation::Link;
use super::element::{Element, MH, put};
use super::party::{Party, party, written};
use super::patient::patient;
use super::work::Work;
use crate::domain::HerId;

/// Sender and receivers.
pub(super) struct Parties<'b> {
    pub sender: Option<Party<'b>>,
    receivers: Vec<(Option<Party<'b>>, At<'b>)>,
}

impl Parties<'_> {
    /// The HER-id of the first receiver.
    pub fn receiver(&self) -> Option<HerId> {
        self.receivers.first()?.0.as_ref().map(|party| party.known.her_id)
    }
}

/// Reads the parties; what is wrong with them is told.
pub(super) fn parties<'b>(work: &Work<'b>) -> Parties<'b> {
    let header = &work.header;
    // Where the platform itself can be reached is no concern of the receiver's.
    ["source", "focus", "definition", "response"].into_iter().for_each(|name| header.done_with(name));
    let sender = party(work, header.get("sender"), header, &SENDER, header.place("sender"));
    let destinations = header.each("destination");
    if destinations.is_empty() {
        work.tell(&RECEIVER, header.place("destination"));
    }
    let receiver = |destination: At<'b>| {
        ["name", "endpoint", "target"].into_iter().for_each(|name| destination.done_with(name));
        (party(work, destination.get("receiver"), &destination, &RECEIVER, destination.place("receiver")), destination)
    };
    Parties { sender, receivers: destinations.into_iter().map(receiver).collect() }
}

/// The whole message around the content of its first document.
pub(super) fn message<'b>(
    work: &Work<'b>,
    event: &str,
    parties: &Parties<'b>,
    link: Option<&Link<'b>>,
    roots: &[At<'b>],
    content: Element,
) -> String {
    named_again(work, parties, roots);
    let mut info = MH.element("MsgInfo");
    info.push(MH.cs("Type", &Code::of(8279, event)));
    info.push(MH.text("MIGversion", "v1.2 2006-05-24"));
    info.push(MH.text("GenDate", &work.made_at));
    info.push(MH.text("MsgId", &work.msg_id.to_string()));
    put(&mut info, processing_status(work));
    put(&mut info, link.map(Link::element));
    put(&mut info, parties.sender.as_ref().map(|sender| side("Sender", sender, work)));
    for (at, (receiver, destination)) in parties.receivers.iter().enumerate() {
        let Some(receiver) = receiver else { continue };
        if at == 0 {
            info.push(side("Receiver", receiver, work));
        } else {
            let mut other = MH.element("OtherReceiver");
            let role = destination.ours("receiver-role").and_then(|role| super::code::coding(work, &role, &[8112]));
            other.push(MH.cs("RoleReceiver", &role.unwrap_or_else(|| Code::of(8112, "COP"))));
            other.push(receiver.element(work));
            info.push(other);
        }
    }
    put(&mut info, patient(work, roots, link.and_then(|link| link.earlier)));
    let mut head = MH.element("MsgHead");
    head.push(info);
    head.push(document(work, content));
    attachment::documents(work, roots).into_iter().for_each(|document| head.push(document));
    head.write()
}

/// A root resource may name the parties again: that is said by the head.
fn named_again<'b>(work: &Work<'b>, parties: &Parties<'b>, roots: &[At<'b>]) {
    let receivers = parties.receivers.iter().filter_map(|(receiver, _)| receiver.as_ref());
    let known: Vec<HerId> = parties.sender.iter().chain(receivers).map(|party| party.known.her_id).collect();
    for root in roots {
        let references = ["sender", "recipient", "custodian"].into_iter().flat_map(|member| root.each(member));
        for reference in references {
            let her_id = written(&work.entries, &reference, root).and_then(|found| found.her_id());
            if her_id.is_some_and(|her_id| known.contains(&her_id)) {
                reference.done();
            }
        }
    }
}

fn side(local: &str, party: &Party<'_>, work: &Work<'_>) -> Element {
    let mut side = MH.element(local);
    side.push(party.element(work));
    side
}

/// `D` when the header says that it is for tests only.
fn processing_status(work: &Work<'_>) -> Option<Element> {
    let labels = work.header.get("meta").map(|meta| meta.each("security")).unwrap_or_default();
    let is_test = labels.iter().any(|label| label.peek_of("code") == Some("HTEST"));
    is_test.then(|| MH.cs("ProcessingStatus", &Code::of(8113, "D")))
}

fn document(work: &Work<'_>, content: Element) -> Element {
    let mut around = MH.element("Content");
    around.push(content);
    let mut reference = MH.element("RefDoc");
    reference.push(MH.ts("IssueDate", &work.made_at));
    reference.push(MH.cs("MsgType", &Code::of(8114, "XML")));
    reference.push(around);
    let mut document = MH.element("Document");
    put(&mut document, consent(work).map(|code| MH.cv("Consent", &Code::of(9064, code))));
    document.push(reference);
    document
}

const PRIVACY: &str = "patient-privacy";

/// Whether the patient agrees to this message, by a Consent of the scope patient-privacy.
fn consent(work: &Work<'_>) -> Option<&'static str> {
    let about_privacy = |consent: &At<'_>| {
        let codings = consent.get("scope").map(|scope| scope.each("coding")).unwrap_or_default();
        codings.iter().any(|coding| coding.peek_of("code") == Some(PRIVACY))
    };
    let consent = work.entries.all("Consent").into_iter().find(about_privacy)?;
    ["scope", "status", "category", "patient"].into_iter().for_each(|name| consent.done_with(name));
    let provision = consent.get("provision").and_then(|provision| provision.text_of("type"));
    if provision.is_some() {
        // R4 wants one of them beside it.
        consent.done_with("policyRule");
    }
    match provision {
        Some("permit") => Some("1"),
        Some("deny") => Some("4"),
        _ => {
            // Without a provision, a law is what it rests on.
            let has_law = consent.json.get("policyRule").is_some() || consent.json.get("policy").is_some();
            ["policyRule", "policy"].into_iter().for_each(|name| consent.done_with(name));
            has_law.then_some("2")
        }
    }
}
