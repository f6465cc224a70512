//! the text of a code may be any.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule. No check looks at what stands in `DN`, only whether something does: the official samples say 848
/// codes otherwise than the lists, and lists have changed their texts between editions.
pub static RULE: Rule = Rule {
    id: "R-076",
    name: "texts_of_codes_are_not_compared",
    holds: Text {
        en: "Whatever DN says, the code in V counts",
        nb: "Uansett hva DN sier, er det koden i V som gjelder",
        nn: "Uansett kva DN seier, er det koden i V som gjeld",
    },
    hint: Text {
        en: "Go by the code; show the text", nb: "Gå etter koden; vis teksten", nn: "Gå etter koden; vis teksten"
    },
    source: "HIS 80117; official samples",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
