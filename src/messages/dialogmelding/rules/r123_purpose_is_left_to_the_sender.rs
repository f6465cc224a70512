//! whether a request states its purpose is left to the sender.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-123",
    name: "purpose_is_left_to_the_sender",
    holds: Text {
        en: "Foresporsel/Formål may be given or left out: the standards contradict each other",
        nb: "Foresporsel/Formål kan oppgis eller utelates: standardene motsier hverandre",
        nn: "Foresporsel/Formål kan givast opp eller utelatast: standardane motseier kvarandre",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HIS 80603 demands it for health information; HISD 80903 says that it is not used",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
