//! the sender is named on two levels.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-071",
    name: "sender_is_named_on_two_levels",
    holds: Text {
        en: "The sender of a PLO message is named on two levels: a service at its organisation, or a doctor at the office",
        nb: "Avsenderen av en PLO-melding er oppgitt på to nivåer: en tjeneste i virksomheten, eller en lege på kontoret",
        nn: "Avsendaren av ei PLO-melding er oppgitt på to nivå: ei teneste i verksemda, eller ein lege på kontoret",
    },
    hint: Text {
        en: "Add the level that is missing, with its HER-id; answers go to it",
        nb: "Legg til nivået som mangler, med HER-id; svar går dit",
        nn: "Legg til nivået som manglar, med HER-id; svar går dit",
    },
    source: "HIS 1153-1, AD2.2; acceptance tests 27-30",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// The receivers are for; a sender without any HER-id is for R-004.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let address = head.model.info.sender.organisation.party().address();
    let half = address.organisation.is_some() != address.party.is_some();
    let finding = || head.finding(&RULE, &["MsgInfo", "Sender", "Organisation"]).found(Detail::address(address));
    (half && head.kind.family == "plo").then(finding)
}
