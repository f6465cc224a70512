//! the first message of a conversation refers to no other message of it.

use super::super::{Conversation, Turn, may_be_changed, status};
use crate::domain::Text;
use crate::messages::content::code;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-084",
    name: "first_message_refers_to_nothing",
    holds: Text {
        en: "The first message of a conversation has no ConversationRef, unless it is about an older clinical message",
        nb: "Den første meldingen i en samtale har ingen ConversationRef, med mindre den gjelder en eldre klinisk melding",
        nn: "Den første meldinga i ein samtale har ingen ConversationRef, med mindre ho gjeld ei eldre klinisk melding",
    },
    hint: Text {
        en: "Leave ConversationRef out; a message that replaces an earlier one has Forsendelsesstatus M, not N",
        nb: "Utelat ConversationRef; en melding som erstatter en tidligere, har Forsendelsesstatus M, ikke N",
        nn: "Utelat ConversationRef; ei melding som erstattar ei tidlegare, har Forsendelsesstatus M, ikkje N",
    },
    source: "HIS 80601; HISD 1154",
    incoming: Consequence::Warn,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// A message that refers to itself is meant to be the first. One that changes or cancels is for R-094.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let info = &head.model.info;
    let reference = info.conversation.as_ref()?;
    let changes = status(head.kind, head.content()).is_some_and(|status| matches!(code(status), "M" | "C"));
    let to_itself = reference.parent == info.msg_id || reference.conversation == info.msg_id;
    let found = Detail::words("a reference to itself", "en referanse til seg selv");
    (to_itself && !changes).then(|| head.finding(&RULE, &["MsgInfo", "ConversationRef"]).found(found))
}

/// A new message that follows one of the same type from the same sender would rather be a change, where there are changes.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let parent = conversation.parent.as_ref().filter(|_| turn.status == "N")?;
    let same = may_be_changed(&turn.type_code)
        && parent.type_code == turn.type_code
        && parent.came_from(turn.sender)
        && parent.status != "C";
    same.then(|| turn.finding(&RULE).found(Detail::code(&turn.status)))
}
