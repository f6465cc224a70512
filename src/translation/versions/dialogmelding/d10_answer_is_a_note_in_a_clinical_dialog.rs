//! D-10: who takes clinical dialog only gets an answer as the note of one.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::walk::is_code;
use super::contact::complete;
use super::order::{NOTE, put, put_code, said};
use super::plain::plain;
use super::thread::{topic, topic_of};
use super::told::{self, OF_A_DIALOG, OF_AN_ANSWER, put_labels, take_labels};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-10",
    name: "answer_is_a_note_in_a_clinical_dialog",
    what: Text {
        en: "An answer becomes a clinical dialog with the theme of what it answers; the question and the kind of answer stand as labelled lines below the text; refused where no theme is known, or nobody can be called",
        nb: "Et svar blir en helsefaglig dialog med samme tema som det den svarer på; spørsmålet og svarkategorien står som merkede linjer under teksten; avvist der temaet ikke er kjent, eller ingen kan ringes til",
        nn: "Eit svar blir ein helsefagleg dialog med same tema som det han svarer på; spørsmålet og svarkategorien står som merkte linjer under teksten; avvist der temaet ikkje er kjent, eller ingen kan ringjast til",
    },
    before: "Notat (DIALOG_SVAR)",
    after: "Notat (DIALOG_HELSEFAGLIG)",
    class: LossClass::Refuse,
    source: "HIS 1077; HIS 1152",
    down: None,
    up: Some(Step::Does(run)),
};

/// Between an answer and what is quoted below it.
pub const LINE: &str = "----------";

/// In the names of the newer version.
pub fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let Some(answer) = content.take("Notat") else { return told.tell(&RULE, LossClass::Refuse, content.origin()) };
    let at = answer.origin();
    let mut rest = answer.clone();
    let mut text = rest.take("TekstNotatInnhold").unwrap_or_else(|| answer.part("TekstNotatInnhold"));
    let wanted = |label: &Label| told.wanted.with_labels && told::NOTE.tells(label);
    let dialog = take_labels(&mut text, OF_A_DIALOG, wanted, None).unwrap_or_default();
    let made = told::NOTE.restore(&dialog, || answer.part("Notat")).into_iter().next();
    let mut note = made.map_or_else(|| answer.part("Notat"), |(_, note)| note);
    if note.child("TemaKodet").is_none() {
        put_code(&mut note, "TemaKodet", 7322, "6", &NOTE);
    }
    rest.take_where("RollerRelatertNotat", |_, _| true).into_iter().for_each(|(_, role)| put(&mut note, role, &NOTE));
    let quoted = answer.child("Foresporsel").and_then(topic_of);
    let theme = said(&note, "Tema").or_else(|| topic(told.wanted.known)).or(quoted).or_else(|| said(&answer, "Tema"));
    if let Some(theme) = theme.as_deref().filter(|_| note.child("Tema").is_none()) {
        let theme = note.part("Tema").with_text(theme);
        put(&mut note, theme, &NOTE);
    }
    let mut labels = left_over(rest);
    let mut class = if theme.is_some() { LossClass::Recoded } else { LossClass::Refuse };
    if complete(&mut note, told, &mut labels).is_none() {
        class = LossClass::Refuse;
    }
    if !labels.is_empty() {
        class = class.max(put_labels(&mut text, OF_AN_ANSWER, &labels, Some(LINE)));
    }
    if told::is_there(&text) {
        put(&mut note, text, &NOTE);
    }
    content.push(note);
    told.tell(&RULE, class, at);
}

/// What an answer says beside its text; not what the way back says anyway.
fn left_over(mut answer: Draft<'_>) -> Vec<Label> {
    answer.take_where("TemaKodet", |_, kind| is_code(kind, 9069, "5"));
    if let Some(question) = answer.child_mut("Foresporsel").and_then(|request| request.child_mut("Sporsmal"))
        && question.has_children()
    {
        question.set_text(plain(question));
    }
    if answer.has_children() { told::NOTE.labels(0, &answer) } else { Vec::new() }
}
