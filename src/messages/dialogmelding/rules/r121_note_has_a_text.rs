//! a note says something.

use crate::domain::Text;
use crate::messages::content::{child, has};
use crate::messages::dialogmelding::parts::{Uses, profile};
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-121",
    name: "note_has_a_text",
    holds: Text {
        en: "Notat/TekstNotatInnhold has a text",
        nb: "Notat/TekstNotatInnhold har en tekst",
        nn: "Notat/TekstNotatInnhold har ein tekst",
    },
    hint: Text {
        en: "Write the text of the note in TekstNotatInnhold",
        nb: "Skriv teksten i notatet i TekstNotatInnhold",
        nn: "Skriv teksten i notatet i TekstNotatInnhold",
    },
    source: "HIS 80603; HIS 1077; HIS 1151; HIS 1152; HIS 1206; HITS 1228",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks at the note of the types that have a profile.
pub fn check(head: &HeadView<'_>) -> Option<Finding> {
    profile(head.type_code()).filter(|(_, uses)| *uses == Uses::Note)?;
    let note = child(head.content()?, "Notat")?;
    (!has(note, "TekstNotatInnhold")).then(|| place::finding_at(&RULE, note))
}
