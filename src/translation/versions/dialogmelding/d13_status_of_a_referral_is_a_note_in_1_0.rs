//! D-13: who takes no status of referrals gets a note about the patient.

use super::super::label::Mark;
use super::super::rule::{Rule, Step, Told};
use super::super::subject::Subject;
use super::order::{NOTE, put, put_code};
use super::told::put_labels;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-13",
    name: "status_of_a_referral_is_a_note_in_1_0",
    what: Text {
        en: "The status of a referral becomes a note about the patient; the status stands as labelled lines behind the text",
        nb: "Status på henvisning blir et notat om pasienten; statusen står som merkede linjer etter teksten",
        nn: "Status på tilvising blir eit notat om pasienten; statusen står som merkte linjer etter teksten",
    },
    before: "Notat/TemaKodet (DIALOG_STATUS_HENVISNING)",
    after: "Notat/TekstNotatInnhold (DIALOG_NOTAT)",
    class: LossClass::Dropped,
    source: "HIS 1206; code lists 7321 and 9148",
    down: Some(Step::Does(run)),
    up: None,
};

const MARK: Mark = Mark("[status]");

const SUBJECT: Subject = Subject {
    name: "Status på henvisning",
    is_numbered: false,
    words: &[("@DN", ""), ("@V", "kode"), ("@S", "kodeverk"), ("@OT", "annet")],
};

/// In the names of either version. What no text can show of a formatted one, such as a picture, is dropped and told so.
pub fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let Some(note) = content.child_mut("Notat") else { return told.tell(&RULE, LossClass::Refuse, content.origin()) };
    let Some(status) = note.take("TemaKodet") else { return told.tell(&RULE, LossClass::Refuse, note.origin()) };
    let mut text = note.take("TekstNotatInnhold").unwrap_or_else(|| note.part("TekstNotatInnhold"));
    let class = put_labels(&mut text, MARK, &SUBJECT.labels(0, &status), None);
    put(note, text, &NOTE);
    put_code(note, "TemaKodet", 7321, "1", &NOTE);
    told.tell(&RULE, class, status.origin());
}
