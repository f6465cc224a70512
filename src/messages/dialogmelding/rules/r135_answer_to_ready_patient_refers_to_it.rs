//! the answer to a message about a patient who is ready refers to it.

use crate::domain::Text;
use crate::messages::content::{child, is_code};
use crate::messages::conversation::{Conversation, Turn};
use crate::messages::dialogmelding::parts::note_of;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-135",
    name: "answer_to_ready_patient_refers_to_it",
    holds: Text {
        en: "DIALOG_NOTAT with theme 1 of list 9155 has a ConversationRef to the LOG_UTSKRIVNINGSKLAR that it answers",
        nb: "DIALOG_NOTAT med tema 1 fra kodeverk 9155 har ConversationRef til den LOG_UTSKRIVNINGSKLAR som den svarer på",
        nn: "DIALOG_NOTAT med tema 1 frå kodeverk 9155 har ConversationRef til den LOG_UTSKRIVNINGSKLAR som han svarer på",
    },
    hint: Text {
        en: "Set both references to the MsgId of the message about the patient who is ready; without them the hospital links by hand",
        nb: "Sett begge referansene til MsgId for meldingen om utskrivningsklar pasient; uten dem må sykehuset koble manuelt",
        nn: "Set begge referansane til MsgId for meldinga om utskrivingsklar pasient; utan dei må sjukehuset kople manuelt",
    },
    source: "HIS 80704, appendix C; HISD 80806, 9.4",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Checks that there is a reference.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let theme = child(note_of(head, "DIALOG_NOTAT")?, "TemaKodet").filter(|theme| is_code(*theme, "9155", "1"));
    let missing = theme.is_some() && head.model.info.conversation.is_none();
    missing.then(|| head.finding(&RULE, &["MsgInfo", "ConversationRef"]))
}

/// And that it refers to such a message, where we know what it refers to.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let (parent, first) = (conversation.parent.as_ref()?, conversation.first.as_ref()?);
    let ready = |turn: &Turn| turn.type_code == "LOG_UTSKRIVNINGSKLAR";
    let wrong = turn.answers_ready_patient && !ready(parent) && !ready(first);
    wrong.then(|| turn.finding(&RULE).found(Detail::code(&parent.type_code)))
}
