//! an H-number has eleven digits with 40 added to the month.

use super::super::ident;
use super::super::number;
use crate::domain::{NumberClass, Text};
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-050",
    name: "h_number_has_its_form",
    holds: Text {
        en: "An H-number (HNR) has eleven digits, of which the third is 4 or 5",
        nb: "Et H-nummer (HNR) har elleve sifre, og det tredje er 4 eller 5",
        nn: "Eit H-nummer (HNR) har elleve siffer, og det tredje er 4 eller 5",
    },
    hint: Text {
        en: "Compare the number with its source",
        nb: "Sammenlign nummeret med kilden",
        nn: "Samanlikn nummeret med kjelda",
    },
    source: "HIS 1001",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Check digits are not looked at: numbers without right ones are in use, also in the official test messages.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    ident::judge(head, &RULE, "HNR", |written| number::wrong_in(written, NumberClass::HNumber))
}
