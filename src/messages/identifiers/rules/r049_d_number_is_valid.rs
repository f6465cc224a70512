//! a D-number has eleven digits, a date with 40 added to the day, and right check digits.

use super::super::ident;
use super::super::number;
use crate::domain::{NumberClass, Reason, Text};
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-049",
    name: "d_number_is_valid",
    holds: Text {
        en: "A D-number (DNR) is a fødselsnummer with 40 added to the day, with right check digits",
        nb: "Et D-nummer (DNR) er et fødselsnummer med 40 lagt til dagen, med riktige kontrollsifre",
        nn: "Eit D-nummer (DNR) er eit fødselsnummer med 40 lagt til dagen, med rette kontrollsiffer",
    },
    hint: Text {
        en: "Compare the number with its source; a number with a wrong check digit belongs to nobody",
        nb: "Sammenlign nummeret med kilden; et nummer med feil kontrollsiffer tilhører ingen",
        nn: "Samanlikn nummeret med kjelda; eit nummer med feil kontrollsiffer høyrer ikkje til nokon",
    },
    source: "HIS 1001; HIS 80415:2012 (E31 only if agreed)",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[Consequence::Refuse(Reason::PatientNumberWrong)],
    enforced: Enforced::Check,
};

/// Every one in the message.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    ident::judge(head, &RULE, "DNR", |written| number::wrong_in(written, NumberClass::DNumber))
}
