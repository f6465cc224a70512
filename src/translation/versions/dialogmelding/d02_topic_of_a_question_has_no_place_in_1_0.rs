//! D-02: the topic of a question has an element since 1.1.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::walk::each;
use super::{BEHIND_QUESTION, MARK};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-02",
    name: "topic_of_a_question_has_no_place_in_1_0",
    what: Text {
        en: "The topic of a question stands as a labelled first line of the question",
        nb: "Emnet for et spørsmål står som en merket første linje i spørsmålet",
        nn: "Emnet for eit spørsmål står som ei merkt første linje i spørsmålet",
    },
    before: "Foresporsel/EmneSporsmal",
    after: "Foresporsel/Sporsmal",
    class: LossClass::Text,
    source: "HIS 80603 v1.1, 5.1.2",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const ELEMENT: &str = "EmneSporsmal";
const FIELD: &str = "Emne";
const QUESTION: &str = "Sporsmal";

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Foresporsel", &mut |request| {
        let Some(topic) = request.take(ELEMENT) else { return };
        let labels = [Label::new(FIELD, topic.text())];
        match request.child_mut(QUESTION) {
            Some(question) => question.set_text(MARK.prepend(Some(&question.text()), &labels)),
            None => {
                let question = request.part(QUESTION).with_text(&MARK.prepend(None, &labels));
                request.insert_before(question, BEHIND_QUESTION);
            }
        }
        told.tell(&RULE, LossClass::Text, topic.origin());
    });
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Foresporsel", &mut |request| {
        let Some(question) = request.child_mut(QUESTION).filter(|question| !question.has_children()) else { return };
        let Some((label, left)) = MARK.take_first(&question.text(), |label| label.field == FIELD) else { return };
        match left {
            Some(left) => question.set_text(left),
            None => drop(request.take(QUESTION)),
        }
        let topic = request.part(ELEMENT).with_text(&label.value);
        request.insert_before(topic, &[&[QUESTION][..], BEHIND_QUESTION].concat());
        told.tell(&RULE, LossClass::Lossless, request.origin());
    });
}
