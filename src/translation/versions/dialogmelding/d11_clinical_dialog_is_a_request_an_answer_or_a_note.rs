//! D-11: who takes no clinical dialog gets a request, the answer to one, or a note.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::walk::is_code;
use super::contact::{is_reply, says_put_in, take_out};
use super::d10_answer_is_a_note_in_a_clinical_dialog::LINE;
use super::doctor::request_list;
use super::order::{NOTE, REQUEST, put, put_code, said, words};
use super::roles::ROLE;
use super::thread::{question, topic_of};
use super::told::{self, OF_A_DIALOG, OF_A_REQUEST, OF_AN_ANSWER, put_labels, take_labels};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-11",
    name: "clinical_dialog_is_a_request_an_answer_or_a_note",
    what: Text {
        en: "A clinical dialog becomes a request of kind 99 when it begins a conversation, an answer with the question when it answers a known request, and otherwise a note; what these have no field for stands as labelled lines behind the text",
        nb: "En helsefaglig dialog blir en forespørsel av type 99 når den innleder en samtale, et svar med spørsmålet når den svarer på en kjent forespørsel, og ellers et notat; det disse ikke har felt for, står som merkede linjer etter teksten",
        nn: "Ein helsefagleg dialog blir ein førespurnad av type 99 når han innleier ein samtale, eit svar med spørsmålet når han svarer på ein kjend førespurnad, og elles eit notat; det desse ikkje har felt for, står som merkte linjer etter teksten",
    },
    before: "Notat (DIALOG_HELSEFAGLIG)",
    after: "Foresporsel (DIALOG_FORESPORSEL), Notat (DIALOG_SVAR, DIALOG_NOTAT)",
    class: LossClass::Refuse,
    source: "HIS 1077; HIS 1152",
    down: Some(Step::Does(run)),
    up: None,
};

/// In the names of the newer version, as far as that is what came.
pub fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let Some(note) = content.take("Notat") else { return told.tell(&RULE, LossClass::Refuse, content.origin()) };
    let at = note.origin();
    let class = match told.wanted.into_type {
        Some("DIALOG_FORESPORSEL") => as_requests(note, content, told),
        Some("DIALOG_SVAR") => as_answer(note, content, told),
        _ => as_note(note, content),
    };
    told.tell(&RULE, class, at);
}

/// What answers an earlier message is no request, but where it was one before.
fn as_requests<'t>(mut note: Draft<'t>, content: &mut Draft<'t>, told: &Told<'_>) -> LossClass {
    let mut text = note.take("TekstNotatInnhold").unwrap_or_else(|| note.part("TekstNotatInnhold"));
    let of_us = |label: &Label| says_put_in(label) || told::REQUEST.tells(label);
    let labels = take_labels(&mut text, OF_A_REQUEST, |label| told.wanted.with_labels && of_us(label), None);
    if is_reply(told) && labels.is_none() {
        return LossClass::Refuse;
    }
    let labels = labels.unwrap_or_default();
    take_out(&mut note, &labels);
    let blank = content.part("Foresporsel");
    let mut requests: Vec<Draft<'t>> =
        told::REQUEST.restore(&labels, || blank.clone()).into_iter().map(|(_, one)| one).collect();
    if !labels.iter().any(|label| label.field.starts_with("Forespørsel 1, ")) {
        requests.insert(0, blank);
    }
    let rest = requests.split_off(1);
    let mut first = requests.remove(0);
    if first.child("TypeForesp").is_none() {
        put_code(&mut first, "TypeForesp", request_list(told), "99", &REQUEST);
    }
    let theme = note.take("Tema").map(|theme| theme.text()).filter(|theme| !theme.trim().is_empty());
    let is_kind = |theme: &String| first.child("TypeForesp").and_then(words).as_deref() == Some(theme.trim());
    if let Some(theme) = theme.filter(|theme| first.child("EmneSporsmal").is_none() && !is_kind(theme)) {
        let topic = first.part("EmneSporsmal").with_text(&theme);
        put(&mut first, topic, &REQUEST);
    }
    note.take_where(ROLE, |_, _| true).into_iter().for_each(|(_, role)| put(&mut first, role, &REQUEST));
    let class = told_in(&mut text, note);
    if told::is_there(&text) {
        put(&mut first, text.renamed("Sporsmal"), &REQUEST);
    }
    content.push(first);
    rest.into_iter().for_each(|request| content.push(request));
    class
}

/// An answer holds its question: as it told itself, or as the request that it refers to asks it.
fn as_answer<'t>(mut note: Draft<'t>, content: &mut Draft<'t>, told: &Told<'_>) -> LossClass {
    let mut text = note.take("TekstNotatInnhold").unwrap_or_else(|| note.part("TekstNotatInnhold"));
    let of_us = |label: &Label| says_put_in(label) || told::NOTE.tells(label);
    let labels = take_labels(&mut text, OF_AN_ANSWER, |label| told.wanted.with_labels && of_us(label), Some(LINE));
    let labels = labels.unwrap_or_default();
    take_out(&mut note, &labels);
    let made = told::NOTE.restore(&labels, || content.part("Notat")).into_iter().next();
    let mut answer = made.map_or_else(|| content.part("Notat"), |(_, answer)| answer);
    if answer.child("Foresporsel").is_some() {
        note.take("Tema");
    } else {
        let Some(question) = question(told.wanted.known) else { return LossClass::Refuse };
        // The theme follows from the question, unless somebody changed it.
        let same = topic_of(&question) == said(&note, "Tema");
        note.take_where("Tema", |_, _| same);
        put(&mut answer, quoted(&question, content), &NOTE);
    }
    let class = told_in(&mut text, note.clone());
    if answer.child("TemaKodet").is_none() {
        put_code(&mut answer, "TemaKodet", 9069, "5", &NOTE);
    }
    note.take_where(ROLE, |_, _| true).into_iter().for_each(|(_, role)| put(&mut answer, role, &NOTE));
    if told::is_there(&text) {
        put(&mut answer, text, &NOTE);
    }
    content.push(answer);
    class
}

/// Kind, text and number of a question; who asked it knows the rest.
fn quoted<'t>(question: &Draft<'static>, content: &Draft<'t>) -> Draft<'t> {
    let mut quoted = content.part("Foresporsel");
    let parts = question.children().filter(|part| !matches!(part.local(), "RollerRelatertNotat" | "Begrunnelse"));
    parts.for_each(|part| quoted.push(part.apart()));
    quoted
}

fn as_note<'t>(mut note: Draft<'t>, content: &mut Draft<'t>) -> LossClass {
    let mut class = LossClass::Recoded;
    if note.child("TemaKodet").is_some_and(|theme| !is_code(theme, 7322, "6")) {
        let mut other = note.part("Notat");
        note.take("TemaKodet").into_iter().for_each(|theme| other.push(theme));
        let mut text = note.take("TekstNotatInnhold").unwrap_or_else(|| note.part("TekstNotatInnhold"));
        class = told_in(&mut text, other);
        put(&mut note, text, &NOTE);
    }
    note.take("TemaKodet");
    put_code(&mut note, "TemaKodet", 7321, "6", &NOTE);
    content.push(note);
    class
}

/// Tells in labels what a note says that the other type has no field for; not what the way back says anyway.
fn told_in(text: &mut Draft<'_>, mut note: Draft<'_>) -> LossClass {
    note.take_where("TemaKodet", |_, theme| is_code(theme, 7322, "6"));
    note.take_where(ROLE, |_, _| true);
    if note.has_children() { put_labels(text, OF_A_DIALOG, &told::NOTE.labels(0, &note), None) } else { LossClass::Recoded }
}
