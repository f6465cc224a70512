//! Ack is obsolete.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-029",
    name: "ack_is_left_out",
    holds: Text {
        en: "Ack is left out: an AppRec is always sent, whatever it says",
        nb: "Ack utelates: applikasjonskvittering sendes alltid, uansett hva som står der",
        nn: "Ack blir utelate: applikasjonskvittering blir alltid send, same kva som står der",
    },
    hint: Text { en: "Leave the element out", nb: "Utelat elementet", nn: "Utelat elementet" },
    source: "HIS 80601, errata 2018",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// What it says is not looked at.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    head.model.info.ack.is_some().then(|| head.finding(&RULE, &["MsgInfo", "Ack"]))
}
