//! what stands in a Bundle has a place in the national message.

use crate::domain::Text;
use crate::rulebook::{Consequence, Enforced, Finding, Rule, Says, Wording};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-205",
    name: "everything_in_a_bundle_has_a_place",
    holds: Text {
        en: "Every element of a Bundle that is sent instead of XML has a place in the message",
        nb: "Hvert element i en Bundle som sendes i stedet for XML, har en plass i meldingen",
        nn: "Kvart element i ein Bundle som blir send i staden for XML, har ein plass i meldinga",
    },
    hint: Text {
        en: "The receiver does not get this element; say it in the text if it matters",
        nb: "Mottakeren får ikke dette elementet; si det i teksten om det betyr noe",
        nn: "Mottakaren får ikkje dette elementet; sei det i teksten om det har noko å seie",
    },
    source: "our own rule: no loss is silent",
    incoming: Consequence::Note,
    outgoing: Consequence::Note,
    agreed: &[],
    enforced: Enforced::Path,
};

/// What the receiver does not get.
pub fn finding(message: Wording, hint: Wording, path: String, clause: String) -> Finding {
    Finding::new(&RULE).saying(Says { message, hint, clause: clause.into() }).on(path)
}

/// The same where nothing more is known than the place.
pub fn without_place(path: String) -> Finding {
    let words = |text: Text| Wording::of(|language| text.in_language(language).to_string());
    finding(words(NOT_IN_IT), words(RULE.hint), path, "incomplete: our own rule".into())
}

const NOT_IN_IT: Text = Text {
    en: "This has no place in the message; its receiver does not get it",
    nb: "Dette har ingen plass i meldingen; mottakeren får det ikke",
    nn: "Dette har ingen plass i meldinga; mottakaren får det ikkje",
};
