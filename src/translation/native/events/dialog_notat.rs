//! DIALOG_NOTAT: a note about a patient, and that a patient who was ready has been received (9155).

use super::super::code::{Code, of_category};
use super::super::conversation::link;
use super::super::dialog::{self, author_role, dialogue};
use super::super::envelope::parties;
use super::super::work::Work;
use super::event::Event;
use super::note::{Note, note};
use crate::domain::Text;

pub(super) static EVENT: Event = Event {
    code: "DIALOG_NOTAT",
    needs: Text {
        en: "Communication: payload; category of 7321 or 9155 if it is not 7321#1",
        nb: "Communication: payload; category fra 7321 eller 9155 hvis den ikke er 7321#1",
        nn: "Communication: payload; category frå 7321 eller 9155 dersom han ikkje er 7321#1",
    },
    becomes: "Dialogmelding 1.0, Notat",
    make,
};

fn make(work: &Work<'_>) -> Option<String> {
    let parties = parties(work);
    let root = dialog::note(work)?;
    let link = link(work, &root);
    let space = dialog::older();
    let theme = of_category(work, &root, "category", &[7321, 9155]).unwrap_or_else(|| Code::of(7321, "1"));
    let topic = root.get("topic").and_then(|topic| topic.text_of("text")).map(str::to_owned);
    let roles = author_role(work, space, &root, &parties, false);
    let note = note(work, &root, Note { space, theme, topic, may_have_markup: false, question: None, roles });
    Some(dialogue(work, EVENT.code, space, &parties, link.as_ref(), std::slice::from_ref(&root), vec![note]))
}
