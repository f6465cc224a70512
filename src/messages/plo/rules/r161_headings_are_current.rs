//! headings that were taken out are not used.

use crate::domain::Text;
use crate::messages::content::child;
use crate::messages::fields::coded;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::{Content, is_of};
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-161",
    name: "headings_are_current",
    holds: Text {
        en: "Code 11 of list 9141 and list 9143 are not used any more",
        nb: "Kode 11 i liste 9141 og liste 9143 er ikke lenger i bruk",
        nn: "Kode 11 i liste 9141 og liste 9143 er ikkje lenger i bruk",
    },
    hint: Text {
        en: "Use AAI of list 9142 for the reason for admission, and Cave or Allerginotat for infection and allergy",
        nb: "Bruk AAI fra liste 9142 for innleggelsesårsak, og Cave eller Allerginotat for smitte og allergi",
        nn: "Bruk AAI frå liste 9142 for innleggingsårsak, og Cave eller Allerginotat for smitte og allergi",
    },
    source: "HIS 80704 v1.6, changes",
    incoming: Consequence::Note,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks every heading. In 1.5 they were current.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    if Content::of(head).is_none_or(|content| content.is_1_5()) {
        return Vec::new();
    }
    let headings = head.survey.journal_texts.iter().filter_map(|text| child(*text, "Overskriftskode"));
    let obsolete = |heading: &Node<'_>| {
        let code = coded(*heading);
        is_of(&code, "9143") || is_of(&code, "9141") && code.v.trim() == "11"
    };
    headings.filter(obsolete).map(|heading| place::finding_at(&RULE, heading)).collect()
}
