//! a professional who only signs is not mirrored when there is a service address.

use crate::domain::Text;
use crate::domain::{Party, Professional};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-111",
    name: "signer_is_not_mirrored",
    holds: Text {
        en: "A signing professional under a service is not mirrored in the AppRec",
        nb: "En signerende person under en tjeneste speiles ikke i kvitteringen",
        nn: "Ein signerande person under ei teneste blir ikkje spegla i kvitteringa",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HITS 1168; test 6",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};

/// The professional that is mirrored: one who is the communication party.
pub fn mirrored(party: &Party) -> Option<&Professional> {
    party.professional.as_ref().filter(|_| party.service.is_none())
}
