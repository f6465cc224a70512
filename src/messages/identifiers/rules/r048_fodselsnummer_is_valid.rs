//! a fødselsnummer has eleven digits, a date and right check digits.

use super::super::ident;
use super::super::number;
use crate::domain::{NumberClass, Reason, Text};
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-048",
    name: "fodselsnummer_is_valid",
    holds: Text {
        en: "A fødselsnummer (FNR) has eleven digits, of which the first six are a date and the last two check digits",
        nb: "Et fødselsnummer (FNR) har elleve sifre; de seks første er en dato og de to siste kontrollsifre",
        nn: "Eit fødselsnummer (FNR) har elleve siffer; dei seks første er ein dato og dei to siste kontrollsiffer",
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

/// Every one in the message. Test numbers (month + 65, month + 80) are as good as others.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    ident::judge(head, &RULE, "FNR", |written| number::wrong_in(written, NumberClass::Fodselsnummer))
}
