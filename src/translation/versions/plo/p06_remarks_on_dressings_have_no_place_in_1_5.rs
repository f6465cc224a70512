//! P-06: remarks on dressings and on the giving of medicines have elements since 1.6.

use super::super::label::Label;
use super::super::rule::{Rule, Step, Told};
use super::super::walk::each;
use super::MARK;
use super::nursing::{journal_text, reclaim_from, text_at, under_heading};
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-06",
    name: "remarks_on_dressings_have_no_place_in_1_5",
    what: Text {
        en: "Remarks on dressings and on the giving of medicines stand as labelled lines in the journal text on practical matters",
        nb: "Merknader om bandasjemateriell og legemiddeladministrering står som merkede linjer i journalteksten om praktiske opplysninger",
        nn: "Merknader om bandasjemateriell og legemiddeladministrering står som merkte linjer i journalteksten om praktiske opplysningar",
    },
    before: "OpplysningerRelevantOppfolging/MerknadTilBandasjemateriell, MerknadTilLegemiddeladministrering",
    after: "InfoFraSykepleier/Journaltekst (9141, 14)",
    class: LossClass::Text,
    source: "HIS 80704 v1.6, 10.2.3",
    down: Some(Step::Does(displace)),
    up: Some(Step::PutsBack(restore)),
};

/// Elements, and what they are called in labels.
const FIELDS: [(&str, &str); 2] = [
    ("MerknadTilBandasjemateriell", "Merknad til bandasjemateriell"),
    ("MerknadTilLegemiddeladministrering", "Merknad til legemiddeladministrering"),
];
const FACTS: &str = "OpplysningerRelevantOppfolging";
const HEADING: (&str, &str) = ("14", "Praktiske opplysninger");

fn displace<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "InfoFraSykepleier", &mut |from_nurse| {
        let mut labels = Vec::new();
        for (element, name) in FIELDS {
            let Some(remark) = from_nurse.child_mut(FACTS).and_then(|facts| facts.take(element)) else { continue };
            labels.push(Label::new(name, remark.text()));
            told.tell(&RULE, LossClass::Text, remark.origin());
        }
        if labels.is_empty() {
            return;
        }
        let place = under_heading(from_nurse, HEADING.0).unwrap_or_else(|| {
            from_nurse.insert_before(journal_text(Some(HEADING)), &[]);
            from_nurse.children().filter(|child| child.local() == "Journaltekst").count() - 1
        });
        if let Some(text) = text_at(from_nurse, place) {
            MARK.displace(text, "Notat", &["Merknad"], &labels);
        }
    });
}

fn restore<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "InfoFraSykepleier", &mut |from_nurse| {
        let labels = reclaim_from(from_nurse, MARK, &|label: &Label| FIELDS.iter().any(|(_, name)| *name == label.field));
        if labels.is_empty() {
            return;
        }
        if from_nurse.child(FACTS).is_none() {
            from_nurse.insert_before(from_nurse.part(FACTS), &["Journaltekst"]);
        }
        let Some(facts) = from_nurse.child_mut(FACTS) else { return };
        for (element, name) in FIELDS {
            if let Some(label) = labels.iter().find(|label| label.field == name) {
                facts.insert_before(facts.part(element).with_text(&label.value), &[]);
            }
        }
        told.tell(&RULE, LossClass::Lossless, from_nurse.origin());
    });
}
