//! a message belongs to the conversation of the message that it refers to.

use super::super::{Conversation, Turn};
use crate::domain::Text;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-087",
    name: "conversation_is_that_of_the_parent",
    holds: Text {
        en: "RefToConversation names the first message of the conversation that RefToParent belongs to; after the first message both are the same",
        nb: "RefToConversation viser til den første meldingen i samtalen som RefToParent hører til; etter den første meldingen er de to like",
        nn: "RefToConversation viser til den første meldinga i samtalen som RefToParent høyrer til; etter den første meldinga er dei to like",
    },
    hint: Text {
        en: "Take RefToConversation from the message that is answered or changed, or its MsgId if it has none",
        nb: "Hent RefToConversation fra meldingen som besvares eller endres, eller bruk MsgId for den hvis den ikke har noen",
        nn: "Hent RefToConversation frå meldinga som blir svara på eller endra, eller bruk MsgId for henne om ho ikkje har nokon",
    },
    source: "HIS 80601; HITS 1218",
    incoming: Consequence::Note,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Not for the status of a referral: after forwarding it names the original referral beside the one that forwards (HIS 1206).
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let (reference, parent) = (turn.reference.as_ref()?, conversation.parent.as_ref()?);
    let expected = parent.reference.as_ref().map_or(&parent.msg_id, |reference| &reference.conversation);
    // Who answers a clinical message may begin a conversation with it, whatever that one belonged to (HITS 1218).
    let fits = reference.conversation == *expected || reference.conversation == parent.msg_id;
    let applies = turn.type_code != "DIALOG_STATUS_HENVISNING";
    (applies && !fits).then(|| turn.finding(&RULE).found(Detail::msg_id(&reference.conversation)))
}
