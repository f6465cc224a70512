//! a refused message stays in the log and is delivered to nobody.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-116",
    name: "a_refused_message_is_not_delivered",
    holds: Text {
        en: "A refused message is kept in the message log and delivered to nobody",
        nb: "En avvist melding beholdes i meldingsloggen og leveres til ingen",
        nn: "Ei avvist melding blir halden i meldingsloggen og blir levert til ingen",
    },
    hint: Text { en: "Nothing to do", nb: "Ingenting å gjøre", nn: "Ingenting å gjere" },
    source: "HIS 80415:2012, 3.3.4",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
