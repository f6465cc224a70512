//! a negative AppRec is sent on to the system that sent the message, also from a copy receiver.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-114",
    name: "a_refusal_reaches_the_sender",
    holds: Text {
        en: "Every AppRec, also a negative one from a copy receiver, reaches the system that sent the message",
        nb: "Hver kvittering, også en negativ fra en kopimottaker, når systemet som sendte meldingen",
        nn: "Kvar kvittering, også ei negativ frå ein kopimottakar, når systemet som sende meldinga",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HITS 1168",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
