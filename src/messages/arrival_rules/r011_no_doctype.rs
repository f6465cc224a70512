//! no document type, no entities, nothing fetched from outside.

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-011",
    name: "no_doctype",
    holds: Text { en: "The message has no DOCTYPE", nb: "Meldingen har ingen DOCTYPE", nn: "Meldinga har ingen DOCTYPE" },
    hint: Text {
        en: "Leave the DOCTYPE out; no national message uses one, and it can be used to attack the reader",
        nb: "Utelat DOCTYPE; ingen nasjonal melding bruker den, og den kan brukes til å angripe leseren",
        nn: "Utelat DOCTYPE; inga nasjonal melding bruker han, og han kan brukast til å angripe lesaren",
    },
    source: "our own rule of safety",
    incoming: Consequence::Refuse(Reason::Unreadable),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};
