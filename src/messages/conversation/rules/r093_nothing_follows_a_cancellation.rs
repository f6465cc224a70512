//! nothing is changed or cancelled after a cancellation.

use super::super::{Conversation, Turn};
use crate::domain::Text;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-093",
    name: "nothing_follows_a_cancellation",
    holds: Text {
        en: "After a cancellation there is no further change or cancellation in the same conversation",
        nb: "Etter en kansellering kommer ingen flere endringer eller kanselleringer i den samme samtalen",
        nn: "Etter ei kansellering kjem det ingen fleire endringar eller kanselleringar i den same samtalen",
    },
    hint: Text {
        en: "Send a new message with Forsendelsesstatus N",
        nb: "Send en ny melding med Forsendelsesstatus N",
        nn: "Send ei ny melding med Forsendelsesstatus N",
    },
    source: "derived from HISD 1154:2018",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks for a cancellation earlier in the conversation.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let cancels = |earlier: &Option<Turn>| earlier.as_ref().is_some_and(|earlier| earlier.status == "C");
    let cancelled = conversation.cancelled || cancels(&conversation.parent) || cancels(&conversation.first);
    (turn.changes_or_cancels() && cancelled).then(|| turn.finding(&RULE).found(Detail::code(&turn.status)))
}
