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
