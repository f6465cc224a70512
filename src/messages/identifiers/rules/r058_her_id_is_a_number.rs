//! a HER-id is a number.

use super::super::ident;
use crate::domain::{HerId, Text};
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-058",
    name: "her_id_is_a_number",
    holds: Text {
        en: "A HER-id is a number of at most nine digits",
        nb: "En HER-id er et tall med høyst ni sifre",
        nn: "Ein HER-id er eit tal med høgst ni siffer",
    },
    hint: Text {
        en: "Look the party up in Adresseregisteret",
        nb: "Slå opp parten i Adresseregisteret",
        nn: "Slå opp parten i Adresseregisteret",
    },
    source: "HIS 1153-1",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Every one in the message. Whether a receiver can be found by it is for.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let wrong = |written: &str| {
        let words = || Detail::words("not a number of at most nine digits", "ikke et tall med høyst ni sifre");
        HerId::parse(&ident::plain(written)).is_none().then(words)
    };
    ident::judge(head, &RULE, "HER", wrong)
}
