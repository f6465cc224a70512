//! a logistics message says nothing about health.

use crate::domain::Text;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::messages::plo::content::Content;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-182",
    name: "a_logistics_message_holds_no_health_information",
    holds: Text {
        en: "Messages on a patient's whereabouts (LOG_…) hold no health information",
        nb: "Pasientlogistikkmeldinger (LOG_…) inneholder ikke helseinformasjon",
        nn: "Pasientlogistikkmeldingar (LOG_…) inneheld ikkje helseinformasjon",
    },
    hint: Text {
        en: "Keep the free text to time and place; send health information in a report",
        nb: "La friteksten bare gjelde tid og sted; send helseinformasjon i en rapport",
        nn: "La friteksten berre gjelde tid og stad; send helseinformasjon i ein rapport",
    },
    source: "HIS 1149, 1",
    incoming: Consequence::ByDesign,
    outgoing: Consequence::Warn,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Looks in the free texts for words that only health information has. It finds much, not all, and shows none of it. A
/// cancellation says why in such a text and is left alone.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(content) = Content::of(head).filter(|content| content.is_logistics() && content.status() != Some("C")) else {
        return Vec::new();
    };
    let free_text = |node: &Node<'_>| matches!(node.name().local, "Merknad" | "BeskrivelseAvHendelse" | "StedHendelse");
    let texts = content.root.descendants().filter(free_text);
    texts.filter(|text| is_about_health(&text.text())).map(|text| place::finding_at(&RULE, text)).collect()
}

/// Beginnings of words that belong to health information, in bokmål and nynorsk. Words that an address or a department can
/// have (hjerte, medisinsk avdeling) are left out.
const BEGINNINGS: [&str; 30] = [
    "allergi",
    "angst",
    "antibiotik",
    "betennels",
    "blodprøv",
    "blodtrykk",
    "brudd",
    "delir",
    "demen",
    "depresj",
    "diabet",
    "diagnos",
    "feber",
    "fraktur",
    "hjerneslag",
    "hjertesvikt",
    "infeksjon",
    "insulin",
    "kateter",
    "kreft",
    "legemid",
    "lungebetennels",
    "lårhals",
    "operasjon",
    "operer",
    "prognos",
    "smert",
    "sykdom",
    "symptom",
    "tablett",
];

/// Whether a word begins so, or is written as a code of ICD-10.
fn is_about_health(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '.');
    words.any(|word| BEGINNINGS.iter().any(|beginning| word.starts_with(beginning)) || is_icd_10(word.as_bytes()))
}

/// As in `s72.0`. Without the dot it might be the number of a room.
fn is_icd_10(word: &[u8]) -> bool {
    let [letter, tens, ones, b'.', part, ..] = word else { return false };
    letter.is_ascii_alphabetic() && [tens, ones, part].iter().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_about_health;

    #[test]
    fn what_only_health_information_says_is_found_and_time_and_place_are_not() {
        for text in ["Operert i går for S72.0", "Har hatt feber.", "Kjent med demens", "Smerter ved gange"] {
            assert!(is_about_health(text), "{text}");
        }
        for text in
            ["Innlagt ved Ortopedisk avdeling kl. 10.15", "Hentes av sønnen, rom B 12", "Reiser til Fjellvik helsehus"]
        {
            assert!(!is_about_health(text), "{text}");
        }
    }
}
