//! content is of a type that the gateway has a schema for.

use crate::domain::{Reason, Text};
use crate::rulebook::{Consequence, Enforced, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-015",
    name: "content_is_of_a_known_type",
    holds: Text {
        en: "The content is of a type that there is a schema for",
        nb: "Innholdet er av en type det finnes skjema for",
        nn: "Innhaldet er av ein type det finst skjema for",
    },
    hint: Text {
        en: "The gateway carries it unopened, and its receiver judges it; to have it judged here too, put its schema into the folder of [schemas] extra",
        nb: "Knutepunktet bringer det uåpnet, og mottakeren vurderer det; legg skjemaet i mappen i [schemas] extra for å få det vurdert her også",
        nn: "Knutepunktet ber det fram uopna, og mottakaren vurderer det; legg skjemaet i mappa i [schemas] extra for å få det vurdert her òg",
    },
    source: "HITS 1168",
    incoming: Consequence::Note,
    outgoing: Consequence::Warn,
    agreed: &[Consequence::Refuse(Reason::UnsupportedFormat)],
    enforced: Enforced::Reading,
};
