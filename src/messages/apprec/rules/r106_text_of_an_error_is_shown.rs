//! the free text of an error reaches the user of the sending system.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-106",
    name: "text_of_an_error_is_shown",
    holds: Text {
        en: "The text of an error (OT) reaches the sending system unchanged",
        nb: "Teksten til en feil (OT) når avsendersystemet uendret",
        nn: "Teksten til ein feil (OT) når avsendarsystemet uendra",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HIS 80415:2012",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
