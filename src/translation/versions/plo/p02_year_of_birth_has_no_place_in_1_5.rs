//! P-02: the year of birth of a minor next of kin has an element since 1.6.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::walk::each;
use super::MARK;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-02",
    name: "year_of_birth_has_no_place_in_1_5",
    what: Text {
        en: "The year of birth of a minor next of kin stands as a labelled line in the remark",
        nb: "Fødselsåret til en mindreårig pårørende står som en merket linje i merknaden",
        nn: "Fødselsåret til ein mindreårig pårørande står som ei merkt linje i merknaden",
    },
    before: "ParorendeForesatt/FodselsarMindrearigParorende",
    after: "ParorendeForesatt/Merknad",
    class: LossClass::Text,
    source: "HIS 80704 v1.6, 5.2.9",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

const FIELD: &str = "Fødselsår mindreårig pårørende";
const ELEMENT: &str = "FodselsarMindrearigParorende";

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "ParorendeForesatt", &mut |relative| {
        let Some(year) = relative.take(ELEMENT) else { return };
        MARK.displace(relative, "Merknad", &[], &[Label::new(FIELD, year.text())]);
        told.tell(&RULE, LossClass::Text, year.origin());
    });
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "ParorendeForesatt", &mut |relative| {
        for label in MARK.reclaim(relative, "Merknad", |label| label.field == FIELD) {
            let year = relative.part(ELEMENT).with_text(&label.value);
            relative.insert_before(year, &["Referanseperson"]);
            told.tell(&RULE, LossClass::Lossless, relative.origin());
        }
    });
}
