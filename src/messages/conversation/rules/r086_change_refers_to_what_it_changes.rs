//! a change or a cancellation refers to the message that it changes or cancels.

use super::super::status;
use crate::domain::Text;
use crate::messages::content::code;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-086",
    name: "change_refers_to_what_it_changes",
    holds: Text {
        en: "A message with Forsendelsesstatus M or C has a ConversationRef",
        nb: "En melding med Forsendelsesstatus M eller C har ConversationRef",
        nn: "Ei melding med Forsendelsesstatus M eller C har ConversationRef",
    },
    hint: Text {
        en: "Set RefToConversation to the MsgId of the new message (N), and RefToParent to the latest one; without them the receiver links by hand",
        nb: "Sett RefToConversation til MsgId for den nye meldingen (N), og RefToParent til den siste; uten dem må mottakeren koble manuelt",
        nn: "Set RefToConversation til MsgId for den nye meldinga (N), og RefToParent til den siste; utan dei må mottakaren kople manuelt",
    },
    source: "HISD 1154:2018",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks that there is a reference.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let status = status(head.kind, head.content()).filter(|status| matches!(code(*status), "M" | "C"))?;
    let missing = head.model.info.conversation.is_none();
    missing.then(|| place::finding_at(&RULE, status).found(Detail::code(code(status))))
}
