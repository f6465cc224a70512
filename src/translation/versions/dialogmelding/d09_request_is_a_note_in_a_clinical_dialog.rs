//! D-09: who takes clinical dialog only gets a request as the note of one.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::walk::is_code;
use super::contact::complete;
use super::doctor::request_list;
use super::order::{NOTE, put, put_code, words};
use super::plain::plain;
use super::roles::ROLE;
use super::thread::topic_of;
use super::told::{self, OF_A_DIALOG, OF_A_REQUEST, put_labels, take_labels};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-09",
    name: "request_is_a_note_in_a_clinical_dialog",
    what: Text {
        en: "A request becomes a clinical dialog: its topic or kind is the theme, what else it says stands as labelled lines behind the question; refused where nobody can be called, or the receiver's profession (contact_profession) is not known",
        nb: "En forespørsel blir en helsefaglig dialog: emnet eller typen er tema, og det andre den sier, står som merkede linjer etter spørsmålet; avvist der ingen kan ringes til, eller mottakerens profesjon (contact_profession) ikke er kjent",
        nn: "Ein førespurnad blir ein helsefagleg dialog: emnet eller typen er tema, og det andre han seier, står som merkte linjer etter spørsmålet; avvist der ingen kan ringjast til, eller profesjonen til mottakaren (contact_profession) ikkje er kjend",
    },
    before: "Foresporsel (DIALOG_FORESPORSEL)",
    after: "Notat (DIALOG_HELSEFAGLIG)",
    class: LossClass::Refuse,
    source: "HIS 1077; HIS 1152",
    down: None,
    up: Some(Step::Does(run)),
};

/// In the names of the newer version.
pub fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    let requests: Vec<Draft<'t>> = content.take_where("Foresporsel", |_, _| true).into_iter().map(|(_, one)| one).collect();
    let Some((first, others)) = requests.split_first().filter(|_| content.child("Notat").is_none()) else {
        return told.tell(&RULE, LossClass::Refuse, content.origin());
    };
    let at = first.origin();
    let mut text = first.child("Sporsmal").map_or_else(|| content.part("Sporsmal"), Draft::clone);
    let mut note = noted(&mut text, content, told);
    if note.child("TemaKodet").is_none() {
        put_code(&mut note, "TemaKodet", 7322, "6", &NOTE);
    }
    if let Some(topic) = topic_of(first) {
        let topic = note.part("Tema").with_text(&topic);
        put(&mut note, topic, &NOTE);
    }
    let mut first = first.clone();
    first.take("Sporsmal");
    let roles = first.take_where(ROLE, |_, _| true);
    roles.into_iter().for_each(|(_, role)| put(&mut note, role, &NOTE));
    let mut labels = left_over(first, told);
    labels.extend(others.iter().enumerate().flat_map(|(place, other)| told::REQUEST.labels(place + 1, &in_words(other))));
    let mut class = LossClass::Recoded;
    if complete(&mut note, told, &mut labels).is_none() {
        class = LossClass::Refuse;
    }
    if !labels.is_empty() {
        class = class.max(put_labels(&mut text, OF_A_REQUEST, &labels, None));
    }
    if told::is_there(&text) {
        put(&mut note, text.renamed("TekstNotatInnhold"), &NOTE);
    }
    content.push(note);
    told.tell(&RULE, class, at);
}

/// A note with what labels of an earlier conversion tell of one.
fn noted<'t>(text: &mut Draft<'t>, content: &Draft<'t>, told: &Told<'_>) -> Draft<'t> {
    let labels = take_labels(text, OF_A_DIALOG, |label| told.wanted.with_labels && told::NOTE.tells(label), None);
    let made = told::NOTE.restore(&labels.unwrap_or_default(), || content.part("Notat"));
    made.into_iter().next().map_or_else(|| content.part("Notat"), |(_, note)| note)
}

/// What a request says beside the question; not what its conversion back would say anyway.
fn left_over(mut request: Draft<'_>, told: &Told<'_>) -> Vec<Label> {
    let is_usual = request.child("TypeForesp").is_some_and(|kind| is_code(kind, request_list(told), "99"));
    let kind = request.child("TypeForesp").and_then(words);
    request.take_where("EmneSporsmal", |_, topic| {
        Some(topic.text().trim()) != kind.as_deref() && !topic.text().trim().is_empty()
    });
    if is_usual {
        request.take("TypeForesp");
    }
    if request.has_children() { told::REQUEST.labels(0, &request) } else { Vec::new() }
}

/// A request whose question is plain.
fn in_words<'t>(request: &Draft<'t>) -> Draft<'t> {
    let mut request = request.clone();
    if let Some(question) = request.child_mut("Sporsmal").filter(|question| question.has_children()) {
        question.set_text(plain(question));
    }
    request
}
