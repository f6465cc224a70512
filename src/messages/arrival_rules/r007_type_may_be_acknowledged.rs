//! receipts are not acknowledged.

use super::super::kind::{MessageRole, MessageType};
use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-007",
    name: "type_may_be_acknowledged",
    holds: Text {
        en: "Only business messages get an AppRec",
        nb: "Bare fagmeldinger får applikasjonskvittering",
        nn: "Berre fagmeldingar får applikasjonskvittering",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HITS 1168",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};

/// True when a message of this kind is answered with an AppRec at all.
pub fn may_be_acknowledged(kind: &MessageType) -> bool {
    match kind.role {
        MessageRole::Business => true,
        MessageRole::Receipt => false,
    }
}
