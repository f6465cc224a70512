//! only who sent a message changes or cancels it.

use super::super::{Conversation, Turn};
use crate::domain::Text;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-097",
    name: "change_comes_from_the_same_sender",
    holds: Text {
        en: "A change or a cancellation comes from the organisation that sent the message it refers to",
        nb: "En endring eller kansellering kommer fra virksomheten som sendte meldingen den viser til",
        nn: "Ei endring eller kansellering kjem frå verksemda som sende meldinga ho viser til",
    },
    hint: Text {
        en: "Someone else's message cannot be changed or cancelled: answer it instead. The receiver should not act on it before it is cleared up",
        nb: "Andres meldinger kan ikke endres eller kanselleres: svar på dem i stedet. Mottakeren bør ikke handle på den før det er avklart",
        nn: "Meldingane til andre kan ikkje endrast eller kansellerast: svar på dei i staden. Mottakaren bør ikkje handle på henne før det er avklart",
    },
    source: "derived from HISD 1154:2018",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Compares the organisations: another service of the same one may speak for it.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let parent = conversation.parent.as_ref().filter(|_| turn.changes_or_cancels())?;
    (!parent.came_from(turn.sender)).then(|| turn.finding(&RULE).found(Detail::address(turn.sender)))
}
