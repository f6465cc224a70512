//! DIALOG_AVVIK: something was wrong with a message that was received (HIS 1151). Always about one, and to its sender.

use super::super::code::{Code, of_category};
use super::super::conversation::{goes_back, wanted_link};
use super::super::dialog::{self, author_role, dialogue};
use super::super::envelope::parties;
use super::super::work::Work;
use super::event::Event;
use super::note::{Note, note};
use crate::domain::Text;

pub(super) static EVENT: Event = Event {
    code: "DIALOG_AVVIK",
    needs: Text {
        en: "Communication: payload; about or inResponseTo with the MsgId of the message; category of 8117 if it is not 9",
        nb: "Communication: payload; about eller inResponseTo med MsgId til meldingen; category fra 8117 hvis den ikke er 9",
        nn: "Communication: payload; about eller inResponseTo med MsgId til meldinga; category frå 8117 dersom han ikkje er 9",
    },
    becomes: "Dialogmelding 1.0, Notat with TemaKodet of 8117",
    make,
};

fn make(work: &Work<'_>) -> Option<String> {
    let parties = parties(work);
    let root = dialog::note(work)?;
    let link = wanted_link(work, &root);
    goes_back(work, link.as_ref(), parties.receiver());
    let space = dialog::older();
    let theme = of_category(work, &root, "category", &[8117]).unwrap_or_else(|| Code::of(8117, "9"));
    let roles = author_role(work, space, &root, &parties, false);
    let note = note(work, &root, Note { space, theme, topic: None, may_have_markup: false, question: None, roles });
    Some(dialogue(work, EVENT.code, space, &parties, link.as_ref(), std::slice::from_ref(&root), vec![note]))
}
