//! a dialog message holds requests, or one note.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-119",
    name: "requests_or_one_note",
    holds: Text {
        en: "A dialog message holds one or more Foresporsel, or one Notat",
        nb: "En dialogmelding har én eller flere Foresporsel, eller ett Notat",
        nn: "Ei dialogmelding har éin eller fleire Foresporsel, eller eitt Notat",
    },
    hint: Text {
        en: "Send one message for each note, and requests by themselves",
        nb: "Send én melding for hvert notat, og forespørsler for seg",
        nn: "Send éi melding for kvart notat, og førespurnader for seg",
    },
    source: "HIS 80603, 4.1.1; HIS 80704, RefDokIdForesp",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Counts both; the schema lets any number of either pass. Several requests may be asked at once (HIS 80603, 4.1.1), and the
/// answer names the one that it answers.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    let content = head.content()?;
    let count = |local| content.children().filter(|node| node.name().local == local).count();
    let (requests, notes) = (count("Foresporsel"), count("Notat"));
    let one_use = notes == 1 && requests == 0 || notes == 0 && requests > 0;
    (!one_use)
        .then(|| place::finding_at(&RULE, content).found(Detail::count((requests + notes) as u64, "of them", "av dem")))
}
