//! a Bundle holds what the national message needs.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Finding, Rule, Says, Wording};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-204",
    name: "bundle_can_be_said_as_a_message",
    holds: Text {
        en: "A Bundle that is sent instead of XML holds what the message needs that its event asks for",
        nb: "En Bundle som sendes i stedet for XML, har det som trengs i meldingen den gjelder",
        nn: "Ein Bundle som blir send i staden for XML, har det som trengst i meldinga han gjeld",
    },
    hint: Text {
        en: "docs/native.md says for each event what must be there",
        nb: "docs/native.md sier for hver hendelse hva som må være der",
        nn: "docs/native.md seier for kvar hending kva som må vere der",
    },
    source: "our own rule; the profiles of the national messages say what they need",
    incoming: Consequence::Block,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Path,
};

/// It is no message at all.
pub fn no_message() -> Finding {
    let message = Wording {
        en: "This is no message Bundle: its type is not 'message', or its first entry is no MessageHeader".into(),
        nb: "Dette er ingen meldings-Bundle: typen er ikke 'message', eller den første oppføringen er ingen MessageHeader"
            .into(),
        nn: "Dette er ingen meldings-Bundle: typen er ikkje 'message', eller den fyrste oppføringa er ingen MessageHeader"
            .into(),
    };
    let hint = Wording::of(|language| RULE.hint.in_language(language).to_string());
    finding(message, hint, "Bundle".into(), "not-supported: FHIR R4, messaging.html".into())
}

/// What is missing or wrong at a place in FHIRPath, with its words and what to do. `clause` begins with the code of the issue and a
/// colon.
pub fn finding(message: Wording, hint: Wording, path: String, clause: String) -> Finding {
    Finding::new(&RULE).saying(Says { message, hint, clause: clause.into() }).on(path)
}
