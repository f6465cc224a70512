//! In which version a partner gets a message: as it came when its system understands that, translated otherwise, or not at all.

use super::facts::Facts;
use crate::domain::Language;
use crate::messages::msghead::rules::r023_type_is_a_known_code as r023;
use crate::messages::{Body, Parsed};
use crate::routing::{LossClass, Partner};
use crate::rulebook::{Finding, Wording};
use crate::translation::versions::{Edition, Loss, NotTranslated, Translation, rules_of, translate_within, type_of_root};

/// What a partner gets.
pub enum Version {
    /// The message as it came.
    AsReceived,
    /// The message in other words.
    Translated(Box<Translation>),
    /// Nothing: it would lose more than was agreed. One finding for each reason.
    Refused(Vec<Finding>),
    /// Nothing for now: our translation is not good, and a person must look. In words that are safe to show.
    Defect(String),
}

/// Decides for one partner. A message of which its system understands everything is not looked at any further.
pub fn version_for(parsed: &Parsed, partner: &Partner, position: usize, facts: &Facts<'_>) -> Version {
    if understands_all(parsed, partner) {
        return Version::AsReceived;
    }
    match translate_within(facts.bytes, &partner.understands, facts.judging) {
        Ok(translation) if translation.into.is_empty() => Version::AsReceived,
        Ok(translation) => Version::Translated(Box::new(translation)),
        Err(NotTranslated::TooMuchIsLost(losses)) => Version::Refused(refusals(parsed, partner, &losses, position)),
        Err(NotTranslated::Defect(rules)) => Version::Defect(format!(
            "the translation for {} would break {}; this is a defect of the gateway",
            partner.name,
            rules.join(", ")
        )),
        Err(NotTranslated::Unreadable) => Version::Defect("it could not be read again to be translated".into()),
    }
}

/// Whether a partner's system understands every document in a message, as their roots tell.
fn understands_all(parsed: &Parsed, partner: &Partner) -> bool {
    let Body::Business(head) = &parsed.body else { return true };
    let roots = head.documents.iter().flat_map(|document| &document.reference.content_roots);
    let kinds = roots.filter_map(|(namespace, local)| type_of_root(namespace, local));
    kinds.into_iter().all(|kind| partner.understands.takes(kind.family, kind.version))
}

/// One refusal for each rule by which more would be lost than was agreed, where it first does.
fn refusals(parsed: &Parsed, partner: &Partner, losses: &[Loss], position: usize) -> Vec<Finding> {
    let mut told: Vec<&Loss> = Vec::new();
    for loss in losses.iter().filter(|loss| loss.class > partner.understands.max_loss) {
        if told.iter().all(|other| other.rule != loss.rule) {
            told.push(loss);
        }
    }
    told.into_iter()
        .map(|loss| r023::untranslatable(message(parsed, loss), position, loss.place, loss.path.as_deref()))
        .collect()
}

/// In which words a loss refuses: the rule's own say what would become of it.
fn message(parsed: &Parsed, loss: &Loss) -> Wording {
    let (from, rule) = (parsed.kind.label(), loss.rule.id);
    let [en, nb, nn] = if loss.class == LossClass::Refuse {
        [
            "cannot be told in a version that it does",
            "kan ikke sies i en versjon det forstår",
            "kan ikkje seiast i ein versjon det forstår",
        ]
    } else {
        [
            "would lose more than was agreed in a version that it does",
            "ville miste mer enn avtalt i en versjon det forstår",
            "ville miste meir enn avtalt i ein versjon det forstår",
        ]
    };
    let words = |language| loss.words(language);
    Wording {
        en: format!(
            "The receiver's system does not understand {from}, and the message {en} ({rule}: {})",
            words(Language::En)
        ),
        nb: format!("Mottakerens system forstår ikke {from}, og meldingen {nb} ({rule}: {})", words(Language::Nb)),
        nn: format!("Systemet til mottakaren forstår ikkje {from}, og meldinga {nn} ({rule}: {})", words(Language::Nn)),
    }
}

/// A translation in one line of history: into what, and what it took.
pub fn in_a_line(translation: &Translation) -> String {
    let into: Vec<&str> = translation.into.iter().map(|edition: &Edition| edition.label()).collect();
    format!("to {}: {}", into.join(" and "), rules_of(&translation.losses))
}
