//! what a message refers to exists.

use super::super::{Conversation, Turn};
use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-088",
    name: "references_are_known",
    holds: Text {
        en: "RefToParent and RefToConversation are UUIDs of messages that sender and receiver have exchanged",
        nb: "RefToParent og RefToConversation er UUID-er for meldinger som avsender og mottaker har utvekslet",
        nn: "RefToParent og RefToConversation er UUID-ar for meldingar som avsendar og mottakar har utveksla",
    },
    hint: Text {
        en: "Copy the MsgId of the earlier message unchanged. A message that has not passed here may still exist: it may have gone another way, or come later",
        nb: "Kopier MsgId fra den tidligere meldingen uendret. En melding som ikke har gått her, kan likevel finnes: den kan ha gått en annen vei, eller komme senere",
        nn: "Kopier MsgId frå den tidlegare meldinga uendra. Ei melding som ikkje har gått her, kan likevel finnast: ho kan ha gått ein annan veg, eller kome seinare",
    },
    source: "HITS 1218; acceptance test 22",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the form of both references.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let reference = head.model.info.conversation.as_ref()?;
    let both = [("RefToParent", &reference.parent), ("RefToConversation", &reference.conversation)];
    let (name, wrong) = both.into_iter().find(|(_, id)| !id.is_uuid())?;
    Some(head.finding(&RULE, &["MsgInfo", "ConversationRef", name]).found(Detail::msg_id(wrong)))
}

/// Only a note where a message is unknown: accepted, delivered, and linked by whoever gets it. A warning where it is known, and
/// the sender of this one had no part in it; of what changes or cancels that is for R-097.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let reference = turn.reference.as_ref()?;
    let (parent, first) = (conversation.parent.as_ref(), conversation.first.as_ref());
    if let Some(parent) = parent {
        let took_part = parent.came_from(turn.sender) || parent.went_to(turn.sender) || turn.changes_or_cancels();
        if !took_part {
            return Some(turn.finding(&RULE).found(Detail::address(turn.sender)));
        }
    }
    // These begin with a referral, a report or a discharge summary, which may have come on paper or another way.
    let from_elsewhere = matches!(turn.type_code.as_str(), "DIALOG_STATUS_HENVISNING" | "DIALOG_HELSEFAGLIG");
    let both = [(parent, &reference.parent), (first, &reference.conversation)];
    let unknown = both.into_iter().find(|(known, id)| known.is_none() && **id != turn.msg_id && id.is_uuid());
    let (_, id) = unknown.filter(|_| !from_elsewhere)?;
    Some(turn.finding(&RULE).found(Detail::msg_id(id)).with(Consequence::Note))
}
