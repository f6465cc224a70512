//! one MsgId is one message.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-027",
    name: "msgid_is_never_used_again",
    holds: Text {
        en: "A MsgId is never used again for a message with another content",
        nb: "En MsgId brukes aldri om igjen for en melding med annet innhold",
        nn: "Ein MsgId blir aldri brukt om att for ei melding med anna innhald",
    },
    hint: Text {
        en: "Give every message a new MsgId, also one that is mended and sent anew",
        nb: "Gi hver melding en ny MsgId, også en som er rettet og sendes på nytt",
        nn: "Gi kvar melding ein ny MsgId, òg ei som er retta og blir send på nytt",
    },
    source: "HIS 80601",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::ByDesign,
    agreed: &[],
    enforced: Enforced::Path,
};
