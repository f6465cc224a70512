//! a message for test or training does not reach a production system.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-028",
    name: "message_is_for_production",
    holds: Text {
        en: "A message for test (ProcessingStatus D) or training (T) does not reach a production system",
        nb: "En melding for test (ProcessingStatus D) eller opplæring (T) når ikke et produksjonssystem",
        nn: "Ei melding for test (ProcessingStatus D) eller opplæring (T) når ikkje eit produksjonssystem",
    },
    hint: Text {
        en: "Send it to a test system, or leave ProcessingStatus out; a partner that is a test system may agree on a warning",
        nb: "Send den til et testsystem, eller utelat ProcessingStatus; en partner som er et testsystem, kan avtale en advarsel",
        nn: "Send henne til eit testsystem, eller utelat ProcessingStatus; ein partnar som er eit testsystem, kan avtale ei åtvaring",
    },
    source: "HIS 80601; code list 8113",
    incoming: Consequence::Hold,
    outgoing: Consequence::Block,
    agreed: &[Consequence::Warn],
    enforced: Enforced::Check,
};

/// No code at all means production, and a wrong one, which is for, is no reason to stop a message.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let status = head.model.info.processing_status.as_ref()?;
    let finding = || head.finding(&RULE, &["MsgInfo", "ProcessingStatus"]).found(Detail::code(&status.v));
    matches!(status.v.trim(), "D" | "T").then(finding)
}
