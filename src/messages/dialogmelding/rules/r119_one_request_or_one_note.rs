//! a dialog message holds one request or one note.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-119",
    name: "one_request_or_one_note",
    holds: Text {
        en: "A dialog message holds exactly one Foresporsel or one Notat",
        nb: "En dialogmelding har nøyaktig én Foresporsel eller ett Notat",
        nn: "Ei dialogmelding har nøyaktig éin Foresporsel eller eitt Notat",
    },
    hint: Text {
        en: "Send one message for each request or note",
        nb: "Send én melding for hver forespørsel eller hvert notat",
        nn: "Send éi melding for kvar førespurnad eller kvart notat",
    },
    source: "HIS 80603",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Counts both; the schema lets any number of either pass.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let content = head.content()?;
    let uses = content.children().filter(|node| matches!(node.name().local, "Foresporsel" | "Notat")).count();
    (uses != 1).then(|| place::finding_at(&RULE, content).found(Detail::count(uses as u64, "of them", "av dem")))
}
