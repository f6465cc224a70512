//! a duplicate gets no AppRec.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-115",
    name: "a_duplicate_gets_no_apprec",
    holds: Text {
        en: "A duplicate of an earlier message gets no AppRec",
        nb: "Et duplikat av en tidligere melding får ingen applikasjonskvittering",
        nn: "Eit duplikat av ei tidlegare melding får inga applikasjonskvittering",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HITS 1168; tests 11, 12, 41",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
