//! Concept maps: codes and what they become, and the table of carriers: where each element of the XML stands.

use super::map_words::ENDS;
use super::published::{About, Published};
use crate::codelists;
use crate::fhir::{Json, Object, array};
use crate::translation::mapping::{Carrier, Inventory};
use std::collections::BTreeMap;

/// What the place of a carrier is a path in.
const FHIR: &str = "http://hl7.org/fhir";

/// All of them.
pub(super) fn maps(inventory: &Inventory) -> Vec<Published> {
    let codes = inventory.maps.iter().map(|(name, pairs)| of_codes(name, pairs));
    let mut files: BTreeMap<&str, Vec<&Carrier>> = BTreeMap::new();
    for carrier in &inventory.carriers {
        files.entry(carrier.file).or_default().push(carrier);
    }
    codes.chain(files.into_iter().map(|(file, rows)| of_carriers(file, &rows))).collect()
}

fn concept_map(id: String, description: &str, groups: Json<'static>) -> Published {
    let about = About { kind: "ConceptMap", title: id.replace('-', " "), id, description };
    let url = about.url();
    let resource = about.resource(&url).with("group", groups);
    about.publish(url, resource)
}

/// Codes of a list that are in no pair become nothing, and say so.
fn of_codes(name: &str, pairs: &[(&'static str, &'static str)]) -> Published {
    let (source, target) = ends(name).unwrap_or(("urn:oid:0.0", FHIR));
    let list = source.strip_prefix("urn:oid:").and_then(codelists::by_oid);
    let rest = list.map_or(&[][..], |list| list.codes()).iter().map(|code| code.v);
    let mut codes: Vec<&'static str> = Vec::new();
    pairs.iter().map(|(code, _)| *code).chain(rest).for_each(|code| {
        if !codes.contains(&code) {
            codes.push(code);
        }
    });
    let element = |code: &'static str| {
        let display = list.and_then(|list| list.code(code)).map(|code| code.dn);
        let made = pairs.iter().filter(|(known, _)| *known == code).map(|(_, made)| *made);
        let targets: Vec<Json<'static>> = made.map(|made| target_of(pairs, made)).collect();
        let targets = if targets.is_empty() { vec![unmatched("It stands in the Coding beside only.")] } else { targets };
        Object::new().with("code", code).with("display", display).with("target", targets)
    };
    let group =
        Object::new().with("source", source).with("target", target).with("element", array(codes.into_iter().map(element)));
    let description = "Codes of a national list and the codes of FHIR that they become. Back, the first that fits counts.";
    concept_map(format!("codes-{name}"), description, array([group]))
}

/// Several codes may become one, which is then wider than each.
fn target_of(pairs: &[(&'static str, &'static str)], made: &'static str) -> Json<'static> {
    let several = pairs.iter().filter(|(_, other)| *other == made).count() > 1;
    Object::new().with("code", made).with("equivalence", if several { "wider" } else { "equivalent" }).into()
}

fn unmatched(comment: &'static str) -> Json<'static> {
    Object::new().with("equivalence", "unmatched").with("comment", comment).into()
}

/// The systems that a map leads between.
pub(super) fn ends(name: &str) -> Option<(&'static str, &'static str)> {
    ENDS.iter().find(|(known, ..)| *known == name).map(|(_, source, target)| (*source, *target))
}

/// A file of the mapping: each element of a type, and its place.
fn of_carriers(file: &str, rows: &[&Carrier]) -> Published {
    let element = |row: &&Carrier| {
        let target = match row.place {
            "" => unmatched("Fixed by the schema, or of the original only."),
            place => {
                // A code has single blanks; the mapping has columns.
                let code = place.split_whitespace().collect::<Vec<_>>().join(" ");
                Object::new().with("code", code).with("equivalence", "equivalent").into()
            }
        };
        let code = format!("{}/{}", row.of, row.name);
        Object::new().with("code", code).with("display", row.kind.clone()).with("target", array([target]))
    };
    let group = Object::new()
        .with("source", "http://www.kith.no/xmlstds")
        .with("target", FHIR)
        .with("element", array(rows.iter().map(element)));
    let description =
        "Where the content of each element and attribute of the XML stands in FHIR, in the words of the mapping.";
    concept_map(format!("carriers-{}", file.replace('/', "-")), description, array([group]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::mapping::inventory;

    #[test]
    fn every_map_of_codes_leads_between_two_systems() {
        let inventory = inventory();
        for name in inventory.maps.keys() {
            assert!(ends(name).is_some(), "{name} has no line in map_words.rs");
        }
        for (name, ..) in ENDS {
            assert!(inventory.maps.contains_key(name), "there is no map {name}");
        }
    }
}
