//! an AppRec is never answered with an AppRec.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-117",
    name: "an_apprec_is_never_answered",
    holds: Text {
        en: "An AppRec is never answered with an AppRec",
        nb: "En applikasjonskvittering besvares aldri med en applikasjonskvittering",
        nn: "Ei applikasjonskvittering blir aldri svara på med ei applikasjonskvittering",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HITS 1168",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
