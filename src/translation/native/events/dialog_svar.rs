//! DIALOG_SVAR: the answer to a request, with its question. What answers a clinical dialogue is one itself.

use super::super::at::At;
use super::super::catalogue::{EARLIER, EARLIER_KIND};
use super::super::code::{Code, of_category};
use super::super::conversation::{goes_back, wanted_link};
use super::super::dialog::{self, REQUESTS, answered, author_role, dialogue, quoted};
use super::super::earlier::child;
use super::super::envelope::parties;
use super::super::work::Work;
use super::dialog_helsefaglig;
use super::event::Event;
use super::note::{Note, note};
use crate::domain::Text;
use crate::xml::Node;

pub(super) static EVENT: Event = Event {
    code: "DIALOG_SVAR",
    needs: Text {
        en: "Communication: payload; basedOn or inResponseTo with the MsgId of the request",
        nb: "Communication: payload; basedOn eller inResponseTo med MsgId til forespørselen",
        nn: "Communication: payload; basedOn eller inResponseTo med MsgId til førespurnaden",
    },
    becomes: "Dialogmelding 1.0, Notat with TemaKodet of 9069 (5) and the question; to a clinical dialogue, DIALOG_HELSEFAGLIG",
    make,
};

fn make(work: &Work<'_>) -> Option<String> {
    let parties = parties(work);
    let root = dialog::note(work)?;
    let link = wanted_link(work, &root)?;
    let Some(earlier) = link.earlier else {
        // The question must be quoted, and nobody knows it.
        work.tell(&EARLIER, link.path.clone());
        return None;
    };
    match earlier.type_code() {
        "DIALOG_HELSEFAGLIG" => Some(dialog_helsefaglig::of_communication(work, &parties, &root, Some(&link))),
        "DIALOG_FORESPORSEL" => {
            goes_back(work, Some(&link), parties.receiver());
            let question = answered(work, &link, &root);
            let space = dialog::older();
            let topic = root.get("topic").and_then(|topic| topic.text_of("text")).map(str::to_owned);
            let about = Note {
                space,
                theme: theme(work, &root, question),
                topic,
                may_have_markup: false,
                question: question.map(|question| quoted(space, question, "DokIdForesp")),
                roles: author_role(work, space, &root, &parties, false),
            };
            let note = note(work, &root, about);
            Some(dialogue(work, EVENT.code, space, &parties, Some(&link), std::slice::from_ref(&root), vec![note]))
        }
        _ => {
            work.tell(&EARLIER_KIND, link.path.clone());
            None
        }
    }
}

/// Between services it is always 5 (rule R-126); else the reason why nothing is sent says more.
fn theme(work: &Work<'_>, root: &At<'_>, question: Option<Node<'_>>) -> Code {
    let list = question.and_then(|question| child(question, "TypeForesp")?.attribute("S"));
    let between_services = list.is_some_and(|list| REQUESTS.iter().any(|known| Code::of(*known, "99").oid() == list));
    if let Some(code) = of_category(work, root, "category", &[9069]) {
        return code;
    }
    let reasons = root.get("statusReason").map(|reason| reason.each("coding")).unwrap_or_default();
    let reason = reasons.iter().find_map(|coding| match coding.peek_of("code")? {
        "no-data" | "not-found" => Some("3"),
        "refused" | "patient-objection" => Some("2"),
        "consent-required" => Some("4"),
        _ => None,
    });
    let reason = reason.filter(|_| !between_services);
    if reason.is_some() {
        root.done_with("statusReason");
    }
    Code::of(9069, reason.unwrap_or("5"))
}
