//! P-05: whether a diagnosis is the main one must be said in 1.5.

use super::super::rule::{Rule, Step, Told};
use super::super::walk::each;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-05",
    name: "main_diagnosis_must_be_said_in_1_5",
    what: Text {
        en: "A diagnosis of which nobody says whether it is the main one is said not to be; only a main diagnosis is shown as one",
        nb: "En diagnose der det ikke er sagt om den er hoveddiagnose, sies ikke å være det; bare en hoveddiagnose vises som det",
        nn: "Ein diagnose der det ikkje er sagt om han er hovuddiagnose, blir sagd ikkje å vere det; berre ein hovuddiagnose blir vist som det",
    },
    before: "MedisinskDiagnose/Hoveddiagnose (absent)",
    after: "MedisinskDiagnose/Hoveddiagnose",
    class: LossClass::Recoded,
    source: "HIS 80704 v1.6, 8.2.6",
    down: Some(Step::Does(run)),
    up: None,
};

fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    each(content, "MedisinskDiagnose", &mut |diagnosis| {
        if diagnosis.child("Hoveddiagnose").is_none() {
            let no = diagnosis.part("Hoveddiagnose").with_text("false");
            diagnosis.insert_before(no, &["Diagnosekode", "DiagnoseBeskrivelse"]);
            told.tell(&RULE, LossClass::Recoded, diagnosis.origin());
        }
    });
}
