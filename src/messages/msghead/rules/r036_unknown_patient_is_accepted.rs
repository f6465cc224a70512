//! a patient who is not known at the receiver is no reason to refuse a dialog or PLO message.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-036",
    name: "unknown_patient_is_accepted",
    holds: Text {
        en: "A patient who is unknown at the receiver is accepted and matched by a person",
        nb: "En pasient som er ukjent hos mottakeren, godtas og kobles manuelt",
        nn: "Ein pasient som er ukjend hos mottakaren, blir godteken og kopla manuelt",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HIS 80415:2012, errata 2019 (E35 only for EPIKRISE and SVAR_*)",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};

/// True when the receiving system may answer E35 for a message of this type: not for dialog and PLO messages.
/// The gateway itself keeps no patients and never does.
pub fn may_be_answered_with_e35(type_code: &str) -> bool {
    type_code == "EPIKRISE" || type_code.starts_with("SVAR_")
}
