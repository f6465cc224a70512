//! The promise: what holds of a translation besides that it loses nothing. Translating again gives the same Bundle; the order of a
//! Bundle's entries means nothing; a value that somebody edits in FHIR reaches the XML, also where an exact text of before still
//! stands beside it, and nothing else changes; the same message gives the same Bundle.
//!
//! `BINDELEDD_SEED=17` grows other documents and shuffles otherwise.

#![expect(clippy::print_stderr, reason = "the figures are wanted")]

#[expect(dead_code, reason = "this promise needs less of them than the whole corpus")]
mod corpus;
#[expect(dead_code, reason = "this promise needs less of them than the one they are made for")]
mod mutants;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bindeledd::fhir::{self, Json};
use bindeledd::translation::mapping::{lines, to_fhir, to_xml};
use bindeledd::xml::{self, Limits, Tree};
use corpus::{FIXTURES, files, grown, number};
use mutants::given::Dice;

/// How many of each root are grown: the laws are tried on fewer than the round trip.
const EACH: usize = 4;

fn seed() -> u64 {
    number("BINDELEDD_SEED").unwrap_or(0) as u64
}

fn fixtures() -> Vec<String> {
    let read = |path| xml::decode(&std::fs::read(path).expect("it can be read")).expect("a document").into_owned();
    FIXTURES.map(files).concat().into_iter().map(read).collect()
}

fn all() -> Vec<String> {
    fixtures().into_iter().chain(grown(seed(), EACH)).collect()
}

fn as_bundle(message: &str) -> Json<'static> {
    let (tree, trouble) = Tree::read(message, &Limits::default());
    assert!(trouble.is_none(), "{trouble:?}");
    to_fhir(tree.root().expect("a root"), "00000000-0000-4000-8000-000000000000").expect("known").into_owned()
}

fn lines_of(message: &str) -> Vec<String> {
    let (tree, trouble) = Tree::read(message, &Limits::default());
    assert!(trouble.is_none(), "{trouble:?}");
    lines(tree.root().expect("a root"))
}

fn back(bundle: &Json<'_>) -> Vec<String> {
    lines_of(&to_xml(bundle).expect("a message"))
}

/// XML that is kept as it stands is written with other declarations and prefixes: it counts by what it says.
fn told_apart(json: Json<'static>) -> Json<'static> {
    match json {
        Json::Text(text) => {
            let bytes = STANDARD.decode(&*text).ok().filter(|bytes| bytes.starts_with(b"<"));
            let xml = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
            xml.map_or(Json::Text(text), |xml| lines_of(&xml).join("\n").into())
        }
        Json::Array(items) => items.into_iter().map(told_apart).collect(),
        Json::Object(mut object) => {
            for (_, value) in object.members_mut() {
                *value = told_apart(std::mem::replace(value, Json::Null));
            }
            object.into()
        }
        json => json,
    }
}

#[test]
fn a_message_that_was_in_fhir_becomes_the_same_bundle_again() {
    let all = all();
    for message in &all {
        let bundle = as_bundle(message);
        let again = as_bundle(&to_xml(&bundle).expect("a message"));
        assert!(bundle.compact() == as_bundle(message).compact(), "twice the same");
        let (one, other) = (told_apart(bundle).pretty(), told_apart(again).pretty());
        let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(one == other, "seed {}: {differs:?}", seed());
    }
    eprintln!("{} messages were the same Bundle again", all.len());
}

#[test]
fn the_order_of_entries_behind_the_first_means_nothing() {
    let dice = Dice::new(seed());
    let all = all();
    for message in &all {
        let mut bundle = as_bundle(message);
        let Some(Json::Array(entries)) = bundle.object_mut().expect("a Bundle").get_mut("entry") else { panic!("entries") };
        for last in (2..entries.len()).rev() {
            entries.swap(last, 1 + dice.below(last));
        }
        let (before, after) = (lines_of(message), back(&bundle));
        let differs = before.iter().zip(&after).find(|(one, other)| one != other);
        assert!(before == after, "seed {}: {differs:?}", seed());
    }
    eprintln!("{} messages were the same from a Bundle in any order", all.len());
}

/// A way into a tree: the members and items that lead to a value, by their places.
type Way = Vec<usize>;

/// What somebody might edit.
struct Editable {
    way: Way,
    name: String,
    /// Whether the exact text of before stands beside it.
    has_literal: bool,
    new: Json<'static>,
}

/// Texts for people, which any FHIR editor may change.
const TEXTS: [&str; 8] = ["display", "family", "given", "city", "text", "contentString", "comment", "description"];
const LITERAL: &str = "https://bindeledd.example/fhir/StructureDefinition/src-literal";

fn find(json: &Json<'_>, way: &mut Way, found: &mut Vec<Editable>) {
    if let Json::Object(object) = json {
        for (at, (name, value)) in object.members().iter().enumerate() {
            way.push(at);
            let beside = object.get(&format!("_{name}"));
            let all = beside.and_then(|beside| beside.get("extension")).map_or(&[][..], Json::items);
            let has_literal = all.iter().any(|one| one.get("url").and_then(Json::text) == Some(LITERAL));
            let is_text = TEXTS.contains(&&**name) && value.text().is_some();
            // A code has no other that anybody could guess.
            let is_plain = has_literal && value.text().is_none_or(|text| fhir_date(text) || name.starts_with("value"));
            if is_plain || is_text {
                found.extend(edited(value).map(|new| Editable {
                    way: way.clone(),
                    name: name.to_string(),
                    has_literal,
                    new,
                }));
            }
            // What extensions say of before is not for editors, nor is the narrative.
            let is_narrative = name == "text" && value.get("div").is_some();
            if !is_narrative && !name.starts_with('_') {
                find(value, way, found);
            }
            way.pop();
        }
    }
    for (at, item) in json.items().iter().enumerate() {
        way.push(at);
        find(item, way, found);
        way.pop();
    }
}

/// Another value of the same form; none for what has no other.
fn edited(value: &Json<'_>) -> Option<Json<'static>> {
    match value {
        Json::Bool(value) => Some(Json::Bool(!value)),
        Json::Number(_) => Some(Json::from(77)),
        Json::Text(text) if fhir_date(text) && text.len() == 10 => Some(Json::from("2031-02-03")),
        Json::Text(text) if fhir_date(text) => Some(Json::from("2031-02-03T04:05:06+01:00")),
        Json::Text(text) if text.starts_with("urn:") => None,
        Json::Text(_) => Some(Json::from("Endret i FHIR")),
        _ => None,
    }
}

fn fhir_date(text: &str) -> bool {
    text.len() >= 10
        && text
            .bytes()
            .take(10)
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

fn at<'j>(json: &'j mut Json<'static>, way: &[usize]) -> &'j mut Json<'static> {
    way.iter().fold(json, |json, at| match json {
        Json::Object(object) => &mut object.members_mut()[*at].1,
        Json::Array(items) => &mut items[*at],
        _ => panic!("no such way"),
    })
}

#[test]
fn an_edited_value_reaches_its_element_and_no_other_changes() {
    let (mut reached, mut stale) = (0, 0);
    for message in all() {
        let mut bundle = as_bundle(&message);
        let before = back(&bundle);
        let mut found = Vec::new();
        find(&bundle, &mut Vec::new(), &mut found);
        for Editable { way, name, has_literal, new } in found {
            let told = new.text().map(str::to_owned).unwrap_or_else(|| new.compact());
            let old = std::mem::replace(at(&mut bundle, &way), new);
            let after = back(&bundle);
            let changed: Vec<_> = before.iter().zip(&after).filter(|(one, other)| one != other).collect();
            assert!(before.len() == after.len() && changed.len() <= 1, "seed {}, {name}: {changed:?}", seed());
            assert!(changed.iter().all(|(_, after)| after.contains(&told)), "seed {}: {told} in {changed:?}", seed());
            if has_literal {
                assert_eq!(changed.len(), 1, "seed {}: the old text beside {name} was written", seed());
                stale += 1;
            }
            reached += changed.len();
            *at(&mut bundle, &way) = old;
        }
    }
    eprintln!("{reached} edited values reached their elements; beside {stale} of them an exact text of before stood");
    assert!(reached > 5_000 && stale > 200);
}

#[test]
fn what_is_read_from_the_wire_is_what_was_written() {
    for message in fixtures() {
        let bundle = as_bundle(&message);
        let wire = bundle.pretty();
        let read = fhir::read(wire.as_bytes(), &fhir::Limits::default()).unwrap_or_else(|why| panic!("{why}"));
        assert!(lines_of(&message) == back(&read));
    }
}
