//! every element of known content is valid by the schema of its namespace.

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-014",
    name: "content_is_valid",
    holds: Text {
        en: "The content of a document is valid by the schema of its namespace",
        nb: "Innholdet i et dokument er gyldig etter skjemaet for navnerommet",
        nn: "Innhaldet i eit dokument er gyldig etter skjemaet for namnerommet",
    },
    hint: Text { en: "Write what the schema demands", nb: "Skriv det skjemaet krever", nn: "Skriv det skjemaet krev" },
    source: "HIS 80415:2012, 3.3.1; tests 15a, 15b",
    incoming: Consequence::Refuse(Reason::SchemaInvalid),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Reading,
};
