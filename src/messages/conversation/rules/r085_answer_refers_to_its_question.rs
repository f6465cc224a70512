//! a message that answers another refers to it.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-085",
    name: "answer_refers_to_its_question",
    holds: Text {
        en: "A message that answers another one has a ConversationRef: DIALOG_SVAR, DIALOG_AVVIK and DIALOG_STATUS_HENVISNING always answer one",
        nb: "En melding som svarer på en annen, har ConversationRef: DIALOG_SVAR, DIALOG_AVVIK og DIALOG_STATUS_HENVISNING svarer alltid på en",
        nn: "Ei melding som svarer på ei anna, har ConversationRef: DIALOG_SVAR, DIALOG_AVVIK og DIALOG_STATUS_HENVISNING svarer alltid på ei",
    },
    hint: Text {
        en: "Set RefToParent to the MsgId of the message that is answered, and RefToConversation to that of the first one; without them the receiver links by hand",
        nb: "Sett RefToParent til MsgId for meldingen det svares på, og RefToConversation til MsgId for den første; uten dem må mottakeren koble manuelt",
        nn: "Set RefToParent til MsgId for meldinga det blir svara på, og RefToConversation til MsgId for den første; utan dei må mottakaren kople manuelt",
    },
    source: "HIS 80704, 4.1; HIS 1077; HIS 1151; HIS 1152; HIS 1206",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks the types that are answers by their nature.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let answers = matches!(head.type_code(), "DIALOG_SVAR" | "DIALOG_AVVIK" | "DIALOG_STATUS_HENVISNING");
    let missing = answers && head.model.info.conversation.is_none();
    missing.then(|| head.finding(&RULE, &["MsgInfo", "ConversationRef"]).found(Detail::code(head.type_code())))
}
