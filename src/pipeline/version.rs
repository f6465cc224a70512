//! In which version and form a partner gets a message: as it came when its system understands that, translated otherwise, or not at
//! all.

use super::facts::Facts;
use crate::domain::{Chance, Language, Private, Timestamp, new_uuid};
use crate::messages::dialogmelding::profile;
use crate::messages::msghead::rules::r023_type_is_a_known_code as r023;
use crate::messages::{Body, Parsed};
use crate::routing::{Form, LossClass, Partner};
use crate::rulebook::{Finding, Wording};
use crate::translation::forms::{NotSaid, Saying, said};
use crate::translation::versions::dialogmelding::d14_attachment_is_of_a_type_that_is_taken as d14;
use crate::translation::versions::g01_signature_is_of_the_original as g01;
use crate::translation::versions::{
    Edition, Loss, NotTranslated, Translation, Wanted, rules_of, translate_as_within, type_of_root, types_instead_of,
};
use crate::xml::Limits;

/// What a partner gets.
pub enum Version {
    /// The message as it came.
    AsReceived,
    /// The message in other words.
    Translated(Rendered),
    /// Nothing: it would lose more than was agreed. One finding for each reason.
    Refused(Vec<Finding>),
    /// Nothing for now: our translation is not good, and a person must look. In words that are safe to show.
    Defect(String),
}

/// A message in the words of a partner.
#[derive(Clone)]
pub struct Rendered {
    /// The bytes.
    pub bytes: Private<Vec<u8>>,
    /// Into what, and by which rules; safe to show.
    pub told: String,
    /// `MsgInfo/Type`, where that is another than was sent.
    pub type_code: Option<&'static str>,
}

impl Rendered {
    /// A translation.
    pub(super) fn of(translation: Translation) -> Self {
        let told = in_a_line(&translation);
        Self { told, type_code: translation.into_type, bytes: Private::new(translation.text.into_bytes()) }
    }
}

/// Decides for one partner: first the version, then the form. What its system understands as it came is not looked at any further.
pub fn version_for(parsed: &Parsed, partner: &Partner, position: usize, facts: &Facts<'_>) -> Version {
    let version = in_a_version(parsed, partner, position, facts);
    let (bytes, told) = match &version {
        Version::AsReceived => (facts.bytes, None),
        Version::Translated(rendered) => (rendered.bytes.expose().as_slice(), Some(rendered.told.as_str())),
        Version::Refused(_) | Version::Defect(_) => return version,
    };
    let type_code = if let Version::Translated(rendered) = &version { rendered.type_code } else { None };
    let Some(said) = in_the_form_of(partner, bytes, told, facts) else { return version };
    match said {
        Ok((rendered, None)) => Version::Translated(Rendered { type_code, ..rendered }),
        Ok((_, Some(loss))) if loss.class > partner.understands.max_loss => {
            Version::Refused(refusals(parsed, partner, &[loss], position))
        }
        Ok((rendered, Some(loss))) => {
            let told = format!("{}: {}", rendered.told, loss.rule.id);
            Version::Translated(Rendered { told, type_code, ..rendered })
        }
        Err(why) => Version::Defect(why),
    }
}

/// In the form that a partner takes, and what that takes; `None` when that is XML. The error is safe to show.
fn in_the_form_of(
    partner: &Partner,
    bytes: &[u8],
    told: Option<&str>,
    facts: &Facts<'_>,
) -> Option<Result<(Rendered, Option<Loss>), String>> {
    let form = partner.understands.form;
    if form == Form::Xml {
        return None;
    }
    let bundle = new_uuid(facts.chance);
    let limits = &facts.judging.limits;
    let saying = Saying { form, original: facts.bytes, bundle: &bundle, now: facts.now, limits };
    let before = told.map_or_else(String::new, |told| format!("{told}; then "));
    Some(match said(bytes, &saying) {
        Ok(said) => {
            let rendered = Rendered { bytes: said.bytes, told: format!("{before}to {}", form.label()), type_code: None };
            Ok((rendered, said.without_signature.then(signature_lost)))
        }
        Err(why) => Err(format!("{}: {}", partner.name, not_said(&why))),
    })
}

/// An AppRec in the form of the partner that it goes to; `None` when that is XML. Where it cannot be said so, it stays XML: a partner who
/// cannot take that refuses it, and a person sees it.
pub(super) fn apprec_for(partner: Option<&Partner>, bytes: &[u8], now: Timestamp, chance: &dyn Chance) -> Option<Rendered> {
    let form = partner.map(|partner| partner.understands.form).filter(|form| *form != Form::Xml)?;
    let bundle = new_uuid(chance);
    let saying = Saying { form, original: bytes, bundle: &bundle, now, limits: &Limits::default() };
    let bytes = said(bytes, &saying).ok()?.bytes;
    Some(Rendered { bytes, told: format!("to {}", form.label()), type_code: None })
}

/// A signature is of the bytes that were signed; a Bundle has others.
fn signature_lost() -> Loss {
    Loss { rule: &g01::RULE, class: g01::RULE.class, place: None, path: Some("/mh:MsgHead/ds:Signature".into()) }
}

fn not_said(why: &NotSaid) -> String {
    match why {
        NotSaid::Unreadable => "it could not be read again to be said in FHIR; this is a defect of the gateway".into(),
        NotSaid::NoPlace(1, path) => format!("there is no place in FHIR for {path}"),
        NotSaid::NoPlace(count, path) => format!("there is no place in FHIR for {path} and {} more", count - 1),
        NotSaid::NotTheSame => {
            "the FHIR Bundle would not be the same message any more; this is a defect of the gateway".into()
        }
    }
}

/// In a type that a partner's system supports and a version that it understands.
fn in_a_version(parsed: &Parsed, partner: &Partner, position: usize, facts: &Facts<'_>) -> Version {
    let types = types_for(parsed, partner);
    if types == [None] && understands_all(parsed, partner) && partner.understands.attachments.is_empty() {
        return Version::AsReceived;
    }
    let mut last = Version::AsReceived;
    for into_type in types {
        last = as_type(parsed, partner, into_type, position, facts);
        if matches!(last, Version::AsReceived | Version::Translated(_)) {
            break;
        }
    }
    last
}

/// The types in which a partner may get a message, the best first; `None` is its own. Nothing: in none.
fn types_for(parsed: &Parsed, partner: &Partner) -> Vec<Option<&'static str>> {
    let own = parsed.envelope.type_code.as_str();
    let is_read =
        |type_code: &str| profile(type_code).is_none_or(|(version, _)| partner.understands.takes("dialogmelding", version));
    // Who names no types supports all, and gets its version with the type that came.
    if partner.accepts.is_empty() || partner.supports(own) && is_read(own) {
        return vec![None];
    }
    let others = types_instead_of(own).filter(|other| partner.supports(other) && is_read(other)).map(Some);
    others.chain(partner.supports(own).then_some(None)).collect()
}

/// Why a partner's system gets a message in no type at all.
pub(super) fn unsupported(parsed: &Parsed, partner: &Partner, position: usize) -> Option<Finding> {
    let none = types_for(parsed, partner).is_empty();
    none.then(|| r023::check_receiver(&parsed.envelope.type_code, partner, position)).flatten()
}

fn as_type(
    parsed: &Parsed,
    partner: &Partner,
    into_type: Option<&'static str>,
    position: usize,
    facts: &Facts<'_>,
) -> Version {
    let wanted = Wanted { into_type, known: facts.known, ..Wanted::of(&partner.understands) };
    match translate_as_within(facts.bytes, wanted, facts.judging) {
        Ok(translation) if translation.into.is_empty() => Version::AsReceived,
        Ok(translation) => Version::Translated(Rendered::of(translation)),
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
        .map(|loss| r023::untranslatable(message(parsed, partner, loss), position, loss.place, loss.path.as_deref()))
        .collect()
}

/// In which words a loss refuses: the rule's own say what would become of it.
fn message(parsed: &Parsed, partner: &Partner, loss: &Loss) -> Wording {
    let rule = loss.rule.id;
    let words = |language| loss.words(language);
    if *loss.rule == d14::RULE {
        return Wording {
            en: format!("The receiver's system does not take every attachment ({rule}: {})", words(Language::En)),
            nb: format!("Mottakerens system tar ikke imot alle vedleggene ({rule}: {})", words(Language::Nb)),
            nn: format!("Systemet til mottakaren tek ikkje imot alle vedlegga ({rule}: {})", words(Language::Nn)),
        };
    }
    let own = parsed.envelope.type_code.as_str();
    let [en, nb, nn] = if partner.supports(own) {
        let from = parsed.kind.label();
        [format!("does not understand {from}"), format!("forstår ikke {from}"), format!("forstår ikkje {from}")]
    } else {
        [format!("does not support {own}"), format!("støtter ikke {own}"), format!("støttar ikkje {own}")]
    };
    let [why_en, why_nb, why_nn] = if loss.class == LossClass::Refuse {
        [
            "cannot be told in one that it does",
            "kan ikke sies på en måte det tar imot",
            "kan ikkje seiast på ein måte det tek imot",
        ]
    } else {
        [
            "would lose more than was agreed in one that it does",
            "ville miste mer enn avtalt i en versjon det forstår",
            "ville miste meir enn avtalt i ein versjon det forstår",
        ]
    };
    Wording {
        en: format!("The receiver's system {en}, and the message {why_en} ({rule}: {})", words(Language::En)),
        nb: format!("Mottakerens system {nb}, og meldingen {why_nb} ({rule}: {})", words(Language::Nb)),
        nn: format!("Systemet til mottakaren {nn}, og meldinga {why_nn} ({rule}: {})", words(Language::Nn)),
    }
}

/// A translation in one line of history: into what, and what it took.
pub fn in_a_line(translation: &Translation) -> String {
    let into: Vec<&str> = translation.into.iter().map(|edition: &Edition| edition.label()).collect();
    let by = rules_of(&translation.losses);
    match (into.is_empty(), translation.into_type) {
        (true, _) => format!("by {by}"),
        (false, None) => format!("to {}: {by}", into.join(" and ")),
        (false, Some(type_code)) => format!("to {type_code} in {}: {by}", into.join(" and ")),
    }
}
