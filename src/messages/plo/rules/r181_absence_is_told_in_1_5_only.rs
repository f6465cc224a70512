//! the message on an absent receiver exists in version 1.5 only.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule. The catalogue has the message in one version, so content of another is of no type that we know.
pub static RULE: Rule = Rule {
    id: "R-181",
    name: "absence_is_told_in_1_5_only",
    holds: Text {
        en: "MeldingFravar is sent in version 1.5 only; version 1.6 dropped it",
        nb: "MeldingFravar sendes bare i versjon 1.5; versjon 1.6 har den ikke",
        nn: "MeldingFravar blir berre send i versjon 1.5; versjon 1.6 har henne ikkje",
    },
    hint: Text {
        en: "Send it in version 1.5, or tell the absence in a dialog message",
        nb: "Send den i versjon 1.5, eller meld fraværet i en dialogmelding",
        nn: "Send henne i versjon 1.5, eller meld fråværet i ei dialogmelding",
    },
    source: "HIS 80704 v1.6",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
