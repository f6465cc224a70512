//! a change or a cancellation is of the type of what it changes.

use super::super::{Conversation, Turn};
use crate::domain::Text;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-096",
    name: "change_is_of_the_same_type",
    holds: Text {
        en: "A change or a cancellation has the type of the message that it refers to",
        nb: "En endring eller kansellering har samme type som meldingen den viser til",
        nn: "Ei endring eller kansellering har same type som meldinga ho viser til",
    },
    hint: Text {
        en: "Check RefToParent, or the type of the message",
        nb: "Kontroller RefToParent, eller meldingstypen",
        nn: "Kontroller RefToParent, eller meldingstypen",
    },
    source: "derived from HISD 1154:2018",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Compares type and root. Versions may differ: a system may have been upgraded in between.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let parent = conversation.parent.as_ref().filter(|_| turn.changes_or_cancels())?;
    let differs = parent.type_code != turn.type_code || parent.root != turn.root;
    differs.then(|| turn.finding(&RULE).found(Detail::code(&parent.type_code)))
}
