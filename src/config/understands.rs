//! Which versions a partner's system understands: `[understands]` in its file.

use crate::codelists::by_number;
use crate::messages::all_types;
use crate::routing::{LossClass, Understands};
use crate::settings::Section;

const FAMILIES: [&str; 3] = ["plo", "dialogmelding", "apprec"];

/// `[understands]`: a list of versions for each family; a family that is left out is understood in all.
pub(super) fn understands(section: &mut Section<'_>) -> Understands {
    let versions = FAMILIES.into_iter().filter_map(|family| Some((family, versions(section, family)?))).collect();
    let words: Vec<(&str, LossClass)> = LossClass::ALL
        .into_iter()
        .filter(|class| *class != LossClass::Refuse)
        .map(|class| (class.as_str(), class))
        .collect();
    Understands {
        versions,
        max_loss: section.choice("max_loss", &words).unwrap_or_default(),
        contact_profession: code(section, "contact_profession", 9060),
        attachments: media_types(section, "attachments"),
        application_kind: code(section, "plo15_type_innhold", 9140),
        stay_placeholder: section.flag("plo15_opphold_placeholder").unwrap_or_default(),
        ..Understands::default()
    }
}

/// A code of a list.
fn code(section: &mut Section<'_>, key: &'static str, list: u32) -> Option<&'static str> {
    let written = section.text(key)?;
    let list = by_number(list)?;
    let found = list.code(&written).map(|code| code.v);
    if found.is_none() {
        let complaint = section.spot_of(key).complain(format!("`{key}` is no code of list {}: \"{written}\"", list.number));
        let meant = list.nearest(&written).or(list.codes().first());
        let help = meant.map_or_else(String::new, |code| format!("write one such as \"{}\" ({})", code.v, code.dn));
        section.complain(complaint.suggest(help));
    }
    found
}

/// A list of media types, as attachments have them.
fn media_types(section: &mut Section<'_>, key: &'static str) -> Vec<String> {
    let Some(written) = section.texts(key) else { return Vec::new() };
    if written.is_empty() {
        let complaint = section.spot_of(key).complain(format!("`{key}` names no type"));
        section.complain(complaint.suggest("name one at least, or remove the line: then all are taken"));
    }
    let is_type = |text: &str| {
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/');
        text.split_once('/').is_some_and(|(one, other)| is_word(one) && is_word(other)) && text == text.to_ascii_lowercase()
    };
    for text in written.iter().filter(|text| !is_type(&text.value)) {
        let complaint = text.spot.complain(format!("\"{}\" is no type of attachment", text.value));
        section.complain(complaint.suggest("write it in small letters, such as \"application/pdf\" or \"image/jpeg\""));
    }
    written.into_iter().map(|text| text.value).collect()
}

fn versions(section: &mut Section<'_>, family: &'static str) -> Option<Vec<&'static str>> {
    let written = section.texts(family)?;
    let mut known: Vec<&'static str> = all_types().filter(|kind| kind.family == family).map(|kind| kind.version).collect();
    known.dedup();
    if written.is_empty() {
        let complaint = section.spot_of(family).complain(format!("`{family}` names no version"));
        section.complain(complaint.suggest("name one at least, or remove the line: then all are understood"));
    }
    let mut versions = Vec::new();
    for text in written {
        match known.iter().find(|version| **version == text.value) {
            Some(version) => versions.push(*version),
            None => {
                let complaint = text.spot.complain(format!("there is no version \"{}\" of {family}", text.value));
                section.complain(complaint.suggest(format!("name one of: {}", known.join(", "))));
            }
        }
    }
    Some(versions)
}
