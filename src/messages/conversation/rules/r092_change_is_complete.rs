//! a change replaces everything.

use super::super::{Conversation, Turn};
use crate::domain::Text;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-092",
    name: "change_is_complete",
    holds: Text {
        en: "A message with Forsendelsesstatus M is complete: it replaces everything that was sent before",
        nb: "En melding med Forsendelsesstatus M er fullstendig: den erstatter alt som er sendt før",
        nn: "Ei melding med Forsendelsesstatus M er fullstendig: ho erstattar alt som er sendt før",
    },
    hint: Text {
        en: "Send the whole content again with the change in it. If something was left out on purpose, there is nothing to do",
        nb: "Send hele innholdet på nytt med endringen i. Hvis noe er utelatt med vilje, er det ingenting å gjøre",
        nn: "Send heile innhaldet på nytt med endringa i. Om noko er utelate med vilje, er det ingenting å gjere",
    },
    source: "HISD 1154:2018; HISD 80806",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// So few sections, of all that an earlier message had, are likely to be left out on purpose.
const LEFT_OUT_ON_PURPOSE: usize = 1;

/// Compares what there is of sections: what has gone may have been forgotten.
pub fn compare(turn: &Turn, conversation: &Conversation) -> Option<Finding> {
    let parent = conversation.parent.as_ref().filter(|_| turn.status == "M")?;
    let same_kind = parent.type_code == turn.type_code && parent.root == turn.root && parent.status != "C";
    let gone = parent.sections.iter().filter(|section| !turn.sections.contains(section)).count();
    let incomplete = same_kind && gone > LEFT_OUT_ON_PURPOSE;
    incomplete.then(|| turn.finding(&RULE).found(Detail::count(gone as u64, "sections fewer", "deler færre")))
}
