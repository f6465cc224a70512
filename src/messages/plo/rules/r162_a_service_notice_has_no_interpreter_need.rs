//! a notice of services says nothing about interpreters.

use crate::domain::Text;
use crate::messages::content::each;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::Content;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-162",
    name: "a_service_notice_has_no_interpreter_need",
    holds: Text {
        en: "AssistertKommunikasjon is not used in ORIENTERING_TJENESTETILBUD",
        nb: "AssistertKommunikasjon brukes ikke i ORIENTERING_TJENESTETILBUD",
        nn: "AssistertKommunikasjon blir ikkje brukt i ORIENTERING_TJENESTETILBUD",
    },
    hint: Text { en: "Leave the element out", nb: "Utelat elementet", nn: "Utelat elementet" },
    source: "HIS 1146; HIS 80704",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Finds each. `Konsultasjonsform`, the other field that HIS 80704 does not use, stands in a class that no message holds.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let notice = Content::of(head).filter(|content| content.code() == "ORIENTERING_TJENESTETILBUD");
    let needs = notice.into_iter().flat_map(|content| each(content.root, "AssistertKommunikasjon"));
    needs.map(|need| place::finding_at(&RULE, need)).collect()
}
