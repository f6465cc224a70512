//! what has been handed over is not sent again because an AppRec is missing.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-008",
    name: "no_resend_for_a_missing_apprec",
    holds: Text {
        en: "A message that was handed over is never sent again by itself",
        nb: "En melding som er overlevert, sendes aldri på nytt av seg selv",
        nn: "Ei melding som er overlevert, blir aldri send på nytt av seg sjølv",
    },
    hint: Text {
        en: "If the AppRec is missing after 96 hours, call the receiver",
        nb: "Ring mottakeren hvis applikasjonskvitteringen mangler etter 96 timer",
        nn: "Ring mottakaren dersom applikasjonskvitteringa manglar etter 96 timar",
    },
    source: "HITS 1168",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
