//! what is found to be wrong after a positive AppRec is told by DIALOG_AVVIK.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-118",
    name: "errors_found_later_are_sent_as_deviation",
    holds: Text {
        en: "What is found to be misdelivered or technically wrong after a positive AppRec is told by DIALOG_AVVIK, which the gateway carries as any message; the AppRec stands",
        nb: "Det som viser seg å være feilsendt eller ha tekniske feil etter en positiv applikasjonskvittering, meldes med DIALOG_AVVIK, som meldingsporten bærer som enhver melding; kvitteringen står",
        nn: "Det som viser seg å vere feilsendt eller ha tekniske feil etter ei positiv applikasjonskvittering, blir meldt med DIALOG_AVVIK, som meldingsporten ber som kva melding som helst; kvitteringa står",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HIS 80415:2012, errata 2019; HIS 1151:2019",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
