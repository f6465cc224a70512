//! an FH-number lies between 800000000 and 999999999 and has right check digits.

use super::super::ident;
use super::super::number;
use crate::domain::{NumberClass, Text};
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-051",
    name: "fh_number_is_valid",
    holds: Text {
        en: "An FH-number (FHN) begins with 8 or 9 and has eleven digits, the last two of them check digits",
        nb: "Et FH-nummer (FHN) begynner med 8 eller 9 og har elleve sifre, de to siste kontrollsifre",
        nn: "Eit FH-nummer (FHN) byrjar med 8 eller 9 og har elleve siffer, dei to siste kontrollsiffer",
    },
    hint: Text {
        en: "Compare the number with its source; a number with a wrong check digit belongs to nobody",
        nb: "Sammenlign nummeret med kilden; et nummer med feil kontrollsiffer tilhører ingen",
        nn: "Samanlikn nummeret med kjelda; eit nummer med feil kontrollsiffer høyrer ikkje til nokon",
    },
    source: "HIS 1001",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Every one in the message.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    ident::judge(head, &RULE, "FHN", |written| number::wrong_in(written, NumberClass::FhNumber))
}
