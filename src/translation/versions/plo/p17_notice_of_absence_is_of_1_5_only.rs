//! P-17: notices of absence were not taken over into 1.6.

use super::super::rule::{Rule, Step, Told};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-17",
    name: "notice_of_absence_is_of_1_5_only",
    what: Text {
        en: "There is no notice of absence in 1.6, so the message is refused",
        nb: "Det finnes ingen fraværsmelding i 1.6, så meldingen avvises",
        nn: "Det finst inga fråværsmelding i 1.6, så meldinga blir avvist",
    },
    before: "MeldingFravar",
    after: "nowhere",
    class: LossClass::Refuse,
    source: "HIS 80704 v1.6",
    down: None,
    up: Some(Step::Does(run)),
};

fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    if content.local() == "MeldingFravar" {
        told.tell(&RULE, LossClass::Refuse, content.origin());
    }
}
