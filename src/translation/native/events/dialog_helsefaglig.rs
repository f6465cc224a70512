//! DIALOG_HELSEFAGLIG: clinicians write to each other about a patient (HIS 1077).

use super::super::at::At;
use super::super::catalogue::TOPIC;
use super::super::code::{Code, of_category};
use super::super::conversation::{Link, goes_back, link};
use super::super::dialog::{self, author_role, dialogue, receiver_roles};
use super::super::earlier::child;
use super::super::element::DIALOG_1_1;
use super::super::envelope::{Parties, parties};
use super::super::work::Work;
use super::event::Event;
use super::note::{Note, note};
use crate::domain::Text;
use crate::xml::Node;

pub(super) static EVENT: Event = Event {
    code: "DIALOG_HELSEFAGLIG",
    needs: Text {
        en: "Communication: topic.text, payload; a PractitionerRole with name and telephone; of a first message, the profession it is for",
        nb: "Communication: topic.text, payload; en PractitionerRole med navn og telefon; i en første melding profesjonen den er til",
        nn: "Communication: topic.text, payload; ein PractitionerRole med namn og telefon; i ei fyrste melding profesjonen ho er til",
    },
    becomes: "Dialogmelding 1.1, Notat with TemaKodet of 7322 (6)",
    make,
};

const NEW: &str = "6";

fn make(work: &Work<'_>) -> Option<String> {
    let parties = parties(work);
    let root = dialog::note(work)?;
    let link = link(work, &root);
    Some(of_communication(work, &parties, &root, link.as_ref()))
}

/// The message of a Communication, in a conversation or as its beginning. An answer keeps theme and topic.
pub(super) fn of_communication<'b>(
    work: &Work<'b>,
    parties: &Parties<'b>,
    root: &At<'b>,
    link: Option<&Link<'b>>,
) -> String {
    let before = link.and_then(|link| link.earlier).filter(|earlier| earlier.type_code() == EVENT.code);
    let before: Option<Node<'_>> = before.and_then(|earlier| child(earlier.content()?, "Notat"));
    if before.is_some() {
        goes_back(work, link, parties.receiver());
    }
    let theme_before = before.and_then(|note| child(note, "TemaKodet")?.attribute("V").map(|code| Code::of(7322, code)));
    let theme = of_category(work, root, "category", &[7322]).or(theme_before).unwrap_or_else(|| Code::of(7322, NEW));
    let topic = root.get("topic").and_then(|topic| topic.text_of("text")).map(str::to_owned);
    let topic = topic.or_else(|| before.and_then(|note| child(note, "Tema")).map(|topic| topic.text().into_owned()));
    if topic.is_none() {
        work.tell(&TOPIC, root.place("topic"));
    }
    let mut roles = author_role(work, &DIALOG_1_1, root, parties, true);
    roles.extend(receiver_roles(work, &DIALOG_1_1, root, link.is_none() && theme.v == NEW));
    let about = Note { space: &DIALOG_1_1, theme, topic, may_have_markup: true, question: None, roles };
    let note = note(work, root, about);
    dialogue(work, EVENT.code, &DIALOG_1_1, parties, link, std::slice::from_ref(root), vec![note])
}
