//! P-12: the reason for admission has a heading of list 9142 since 1.6.

use super::super::rule::{Rule, Step, Told};
use super::super::walk::{each, is_code, set_code};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-12",
    name: "reason_for_admission_is_a_nursing_heading_in_1_5",
    what: Text {
        en: "The heading for the reason for admission in nursing documentation gets the code of 1.5",
        nb: "Overskriften for innleggelsesårsak i sykepleierdokumentasjon får koden i 1.5",
        nn: "Overskrifta for innleggingsårsak i sjukepleiardokumentasjon får koden i 1.5",
    },
    before: "Sykepleierdokumentasjon//Overskriftskode (9142, AAI)",
    after: "Sykepleierdokumentasjon//Overskriftskode (9141, 11)",
    class: LossClass::Recoded,
    source: "HIS 80704 v1.6, changes; code lists 9141 and 9142",
    down: Some(Step::Does(run)),
    up: None,
};

/// Elsewhere AAI stays: our edition of list 9142 does not say that it is newer than 1.5.
fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "Sykepleierdokumentasjon", &mut |nursing| {
        each(nursing, "Overskriftskode", &mut |heading| {
            if is_code(heading, 9142, "AAI") {
                set_code(heading, 9141, "11", "Innleggelsesårsak");
                told.tell(&RULE, LossClass::Recoded, heading.origin());
            }
        });
    });
}
