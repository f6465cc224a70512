//! a change or a cancellation has a MsgId of its own.

use super::super::status;
use crate::domain::Text;
use crate::messages::content::code;
use crate::messages::msghead::HeadView;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-094",
    name: "change_has_its_own_msgid",
    holds: Text {
        en: "Every message with Forsendelsesstatus N, M or C has a MsgId of its own, and is acknowledged by itself",
        nb: "Hver melding med Forsendelsesstatus N, M eller C har sin egen MsgId, og kvitteres for seg",
        nn: "Kvar melding med Forsendelsesstatus N, M eller C har sin eigen MsgId, og blir kvittert for seg",
    },
    hint: Text {
        en: "Give the message a new UUID as MsgId, and put that of the earlier one in ConversationRef",
        nb: "Gi meldingen en ny UUID som MsgId, og sett den tidligere i ConversationRef",
        nn: "Gi meldinga ein ny UUID som MsgId, og set den tidlegare i ConversationRef",
    },
    source: "HISD 1154:2018",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Finds a change or a cancellation that refers to its own id. One that was received before under that id is.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let info = &head.model.info;
    status(head.kind, head.content()).filter(|status| matches!(code(*status), "M" | "C"))?;
    let reference = info.conversation.as_ref()?;
    let to_itself = reference.parent == info.msg_id || reference.conversation == info.msg_id;
    to_itself.then(|| head.finding(&RULE, &["MsgInfo", "MsgId"]).found(Detail::msg_id(&info.msg_id)))
}
