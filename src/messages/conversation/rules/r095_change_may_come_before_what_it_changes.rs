//! a change or a cancellation may come first.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-095",
    name: "change_may_come_before_what_it_changes",
    holds: Text {
        en: "A change or a cancellation that comes before the message it refers to is accepted, and linked later",
        nb: "En endring eller kansellering som kommer før meldingen den viser til, godtas og kobles senere",
        nn: "Ei endring eller kansellering som kjem før meldinga ho viser til, blir godteken og kopla seinare",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HISD 1154:2018; acceptance test 22",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
