//! D-12: a deviation is in 1.0, whatever else its receiver understands.

use super::super::rule::Rule;
use crate::domain::Text;
use crate::routing::LossClass;

/// The rule.
pub static RULE: Rule = Rule {
    id: "D-12",
    name: "deviation_stays_in_1_0",
    what: Text {
        en: "A deviation is a message of 1.0 and stays one: its profile knows no other version",
        nb: "En avviksmelding er en melding i 1.0 og forblir det: profilen kjenner ingen annen versjon",
        nn: "Ei avviksmelding er ei melding i 1.0 og held fram med det: profilen kjenner ingen annan versjon",
    },
    before: "Dialogmelding (DIALOG_AVVIK)",
    after: "Dialogmelding (DIALOG_AVVIK)",
    class: LossClass::Lossless,
    source: "HIS 1206",
    down: None,
    up: None,
};

/// Whether a document of 1.0 is left as it is because of the type of its message.
pub fn stays(type_code: &str) -> bool {
    type_code == "DIALOG_AVVIK"
}
