//! P-16: an application must tell of a stay in 1.6.

use super::super::rule::{Rule, Step, Told};
use super::APPLICATION;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::Draft;

/// The rule.
pub static RULE: Rule = Rule {
    id: "P-16",
    name: "stay_must_be_told_in_an_application_of_1_6",
    what: Text {
        en: "An application of 1.6 must tell of the stay; 1.5 has no place for it, and a date is never invented, so the message is refused",
        nb: "Helseopplysninger i 1.6 må fortelle om oppholdet; 1.5 har ingen plass til det, og en dato blir aldri diktet opp, så meldingen avvises",
        nn: "Helseopplysningar i 1.6 må fortelje om opphaldet; 1.5 har ingen plass til det, og ein dato blir aldri dikta opp, så meldinga blir avvist",
    },
    before: "HelseopplysningerVedSoknad/OpplysningOpphold (absent)",
    after: "nowhere",
    class: LossClass::Refuse,
    source: "HIS 80704 v1.6, 7.2",
    down: None,
    up: Some(Step::Does(run)),
};

fn run<'t>(content: &mut Draft<'t>, told: &mut Told<'t>) {
    if content.local() == APPLICATION && content.child("OpplysningOpphold").is_none() {
        told.tell(&RULE, LossClass::Refuse, content.origin());
    }
}
