//! P-11: the form of a medicine has been of another code list since 1.6.

use super::super::label::{Label, Mark};
use super::super::rule::{Rule, Step, Told};
use super::super::subject::Subject;
use super::super::walk::each;
use super::MARK;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-11",
    name: "form_of_a_medicine_is_of_another_list",
    what: Text {
        en: "The form of a medicine is of list 7448 in 1.6 and of list 9078 in 1.5; its words and code stand as labelled lines in the remark",
        nb: "Legemiddelformen er fra liste 7448 i 1.6 og fra liste 9078 i 1.5; tekst og kode står som merkede linjer i merknaden",
        nn: "Legemiddelforma er frå liste 7448 i 1.6 og frå liste 9078 i 1.5; tekst og kode står som merkte linjer i merknaden",
    },
    before: "Forskrivningsinfo/Legemiddelform",
    after: "ForenkletForskrivning/Merknad, Forskrivningsinfo/BruksomradeTekst",
    class: LossClass::Text,
    source: "HIS 80704 v1.6, 11.2.3; code lists 7448 and 9078",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const ELEMENT: &str = "Legemiddelform";
const FACTS: &str = "Forskrivningsinfo";
const PRESCRIPTION: &str = "ForenkletForskrivning";

const SUBJECT: Subject = Subject { name: ELEMENT, is_numbered: false, words: &[("@DN", ""), ("@V", "kode")] };

/// What follows the form of a medicine.
const BEHIND_FORM: [&str; 5] =
    ["Styrke", "Bruk", "DoseringStarttidspunkt", "DoseringSluttidspunkt", "SkalIkkeTasSammenMedAnnetLegemiddel"];
/// What follows the text on what a medicine is for, the only text of a medicine that a nurse gave.
const BEHIND_USE: [&str; 6] = ["DosVeiledEnkel", "Nr", "Navn", "GeneriskNavn", "Atc", "Legemiddelform"];

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    take_forms(content, told, &RULE, MARK);
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    put_forms_back(content, told, &RULE, MARK);
}

/// Tells every form of a medicine in labels. The element is a code without a list, so the same code would mean another form; which
/// code of one list is which of the other is nowhere published.
pub fn take_forms<'t>(content: &mut Draft<'t>, told: &mut Told<'t>, rule: &'static Rule, mark: Mark) {
    each(content, PRESCRIPTION, &mut |prescription| {
        let Some(form) = prescription.child_mut(FACTS).and_then(|facts| facts.take(ELEMENT)) else { return };
        mark.displace(prescription, "Merknad", &["Forskriver", FACTS], &SUBJECT.labels(0, &form));
        told.tell(rule, LossClass::Text, form.origin());
    });
    each(content, FACTS, &mut |facts| {
        let Some(form) = facts.take(ELEMENT) else { return };
        mark.displace(facts, "BruksomradeTekst", &BEHIND_USE, &SUBJECT.labels(0, &form));
        told.tell(rule, LossClass::Text, form.origin());
    });
}

/// Makes the elements anew from the labels of [`take_forms`].
pub fn put_forms_back<'t>(content: &mut Draft<'t>, told: &mut Told<'t>, rule: &'static Rule, mark: Mark) {
    let tells = |label: &Label| SUBJECT.tells(label);
    let put = |facts: &mut Draft<'t>, labels: &[Label]| {
        let blank = facts.part(ELEMENT);
        for (_, form) in SUBJECT.restore(labels, || blank.clone()) {
            facts.insert_before(form, &BEHIND_FORM);
        }
    };
    each(content, PRESCRIPTION, &mut |prescription| {
        let labels = mark.reclaim(prescription, "Merknad", tells);
        if let Some(facts) = prescription.child_mut(FACTS).filter(|_| !labels.is_empty()) {
            put(facts, &labels);
            told.tell(rule, LossClass::Lossless, prescription.origin());
        }
    });
    each(content, FACTS, &mut |facts| {
        let labels = mark.reclaim(facts, "BruksomradeTekst", tells);
        if !labels.is_empty() {
            put(facts, &labels);
            told.tell(rule, LossClass::Lossless, facts.origin());
        }
    });
}
