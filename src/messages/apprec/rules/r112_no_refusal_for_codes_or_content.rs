//! wrong codes and clinical content are never a reason for a negative AppRec.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-112",
    name: "no_refusal_for_codes_or_content",
    holds: Text {
        en: "A negative AppRec is never sent because of a wrong code or the clinical content",
        nb: "Negativ kvittering sendes aldri på grunn av feil kode eller det kliniske innholdet",
        nn: "Negativ kvittering blir aldri send på grunn av feil kode eller det kliniske innhaldet",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HIS 80415:2012, 3.3.2",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
