//! hints on where a schema lies are not followed.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-022",
    name: "schema_locations_are_ignored",
    holds: Text {
        en: "xsi:schemaLocation has no effect: a message is judged by its namespaces, with the schemas that the receiver has",
        nb: "xsi:schemaLocation har ingen virkning: en melding bedømmes etter navnerommene, med skjemaene som mottakeren har",
        nn: "xsi:schemaLocation har ingen verknad: ei melding blir vurdert etter namneromma, med skjemaa som mottakaren har",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "our rule; XML Schema 1.0, 4.3.2",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
