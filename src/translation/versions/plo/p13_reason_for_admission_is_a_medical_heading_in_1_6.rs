//! P-13: the reason for admission has a heading of list 9142 since 1.6.

use super::super::rule::{Rule, Step, Told};
use super::super::walk::{each, is_code, set_code};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-13",
    name: "reason_for_admission_is_a_medical_heading_in_1_6",
    what: Text {
        en: "The heading for the reason for admission gets the code of 1.6",
        nb: "Overskriften for innleggelsesårsak får koden i 1.6",
        nn: "Overskrifta for innleggingsårsak får koden i 1.6",
    },
    before: "Overskriftskode (9141, 11)",
    after: "Overskriftskode (9142, AAI)",
    class: LossClass::Recoded,
    source: "HIS 80704 v1.6, changes; code lists 9141 and 9142",
    down: None,
    up: Some(Step::Does(run)),
};

fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Overskriftskode", &mut |heading| {
        if is_code(heading, 9141, "11") {
            set_code(heading, 9142, "AAI", "Årsak til innleggelse");
            told.tell(&RULE, LossClass::Recoded, heading.origin());
        }
    });
}
