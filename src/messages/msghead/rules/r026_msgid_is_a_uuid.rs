//! the MsgId is a UUID.

use super::super::HeadView;
use crate::domain::{Reason, Text};
use crate::rulebook::Detail;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-026",
    name: "msgid_is_a_uuid",
    holds: Text {
        en: "MsgId is a UUID in the form 8-4-4-4-12",
        nb: "MsgId er en UUID på formen 8-4-4-4-12",
        nn: "MsgId er ein UUID på forma 8-4-4-4-12",
    },
    hint: Text {
        en: "Generate a new UUID for every message you send",
        nb: "Generer en ny UUID for hver melding du sender",
        nn: "Generer ein ny UUID for kvar melding du sender",
    },
    source: "HIS 80415:2012 (SHALL); test 28",
    incoming: Consequence::Refuse(Reason::InvalidMessageId),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the form. What stands there instead is not shown: it may be anything.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let msg_id = &head.model.info.msg_id;
    (!msg_id.is_uuid()).then(|| head.finding(&RULE, &["MsgInfo", "MsgId"]).found(Detail::msg_id(msg_id)))
}
