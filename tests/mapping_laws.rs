//! The promise: what holds of a translation besides that it loses nothing. Translating again gives the same Bundle; the order of a
//! Bundle's entries means nothing; a value that somebody edits in FHIR reaches the XML, also where an exact text or a code of before
//! still stands beside it, and nothing else changes; the same message gives the same Bundle; what has no envelope is no message.
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
use bindeledd::translation::mapping::{Native, Space, Unknown, bundle_of, lines, natives, roots, row_at, to_fhir, to_xml};
use bindeledd::xml::{self, Limits, Tree};
use corpus::{FIXTURES, files, grown, number};
use mutants::given::Dice;
use std::collections::VecDeque;

/// How many of each root are grown: the laws are tried on fewer than the round trip.
const EACH: usize = 4;
/// So often others are grown for what none of them has.
const ROUNDS: u64 = 20;

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
    /// The object around it.
    way: Way,
    member: String,
    /// Where it stands in a list of plain values.
    item: Option<usize>,
    new: Json<'static>,
    /// What the XML says then.
    told: String,
    /// Whether the source's own text or code stands beside it: then the edit must be seen.
    is_beside: bool,
    /// The values of rows that it may be.
    of: Vec<Native>,
}

/// Texts for people, which any FHIR editor may change.
const TEXTS: [&str; 9] = ["display", "family", "given", "city", "line", "text", "contentString", "comment", "description"];
const LITERAL: &str = "https://bindeledd.example/fhir/StructureDefinition/src-literal";
const CODING: &str = "https://bindeledd.example/fhir/StructureDefinition/src-coding";
const MUNICIPALITY: &str = "http://hl7.no/fhir/StructureDefinition/no-basis-municipalitycode";

fn extension<'b>(holder: Option<&'b Json<'b>>, urls: &[&str]) -> Option<&'b Json<'b>> {
    let all = holder?.get("extension").map_or(&[][..], Json::items);
    all.iter().find(|one| one.get("url").and_then(Json::text).is_some_and(|url| urls.contains(&url)))
}

struct Finder {
    natives: Vec<Native>,
    way: Way,
    found: Vec<Editable>,
}

impl Finder {
    fn find(&mut self, json: &Json<'_>) {
        if let Json::Object(object) = json {
            self.parts(json);
            for (at, (name, value)) in object.members().iter().enumerate() {
                match name.strip_prefix('_') {
                    // What extensions say of before is not for editors.
                    Some(name) => self.coded(json, name, value),
                    None => {
                        self.plain(json, name, value);
                        // Nor is the narrative.
                        if name != "text" || value.get("div").is_none() {
                            self.inside(at, value);
                        }
                    }
                }
            }
        }
        json.items().iter().enumerate().for_each(|(at, item)| self.inside(at, item));
    }

    fn inside(&mut self, at: usize, json: &Json<'_>) {
        self.way.push(at);
        self.find(json);
        self.way.pop();
    }

    /// Texts, and values with an exact text beside them; each of a list.
    fn plain(&mut self, object: &Json<'_>, name: &str, value: &Json<'_>) {
        let beside = object.get(&format!("_{name}"));
        let one = |item: Option<usize>, value: &Json<'_>, beside: Option<&Json<'_>>| {
            let has_literal = extension(beside, &[LITERAL]).is_some();
            let is_text = TEXTS.contains(&name) && value.text().is_some();
            if !has_literal && !is_text {
                return None;
            }
            let (new, told, of) = self.edited(value)?;
            let (way, member) = (self.way.clone(), name.to_owned());
            Some(Editable { way, member, item, new, told, is_beside: has_literal, of })
        };
        let items = value.items().iter().enumerate();
        let beside_of = |at: usize| beside.and_then(|all| all.items().get(at));
        let of_items = items.filter_map(|(at, item)| one(Some(at), item, beside_of(at)));
        let all: Vec<_> = one(None, value, beside).into_iter().chain(of_items).collect();
        self.found.extend(all);
    }

    /// Another value of the same form, and how the XML says it; none for what has no other.
    fn edited(&self, value: &Json<'_>) -> Option<(Json<'static>, String, Vec<Native>)> {
        if let Some(text) = value.text() {
            let is_of = |native: &&Native| {
                native.system.is_empty() && native.member.is_empty() && native.values.iter().any(|(made, _)| *made == text)
            };
            let of: Vec<Native> = self.natives.iter().filter(is_of).cloned().collect();
            if let Some((made, code)) = of.first().and_then(|of| of.values.iter().find(|(made, _)| *made != text)) {
                return Some((Json::from(*made), format!(" = {code:?}"), of));
            }
        }
        let new = other(value)?;
        let told = new.text().map_or_else(|| new.compact(), |text| text.trim_start_matches("urn:uuid:").to_owned());
        Some((new, told, Vec::new()))
    }

    /// A value with the code that it was made from beside it, also where that became nothing; each of a list.
    fn coded(&mut self, object: &Json<'_>, name: &str, beside: &Json<'_>) {
        let all: Vec<(Option<usize>, &Json<'_>)> = match beside {
            Json::Array(items) => items.iter().enumerate().map(|(at, item)| (Some(at), item)).collect(),
            one => vec![(None, one)],
        };
        for (item, holder) in all {
            let Some(coding) = extension(Some(holder), &[CODING, MUNICIPALITY]).and_then(|one| one.get("valueCoding"))
            else {
                continue;
            };
            let value = object.get(name);
            let value = item.map_or(value, |at| value.and_then(|all| all.items().get(at)));
            self.by_code(coding, name, item, value.and_then(Json::text));
        }
    }

    /// Values inside of an object that one code stands beside: addresses, telephones; and identifiers with their kind.
    fn parts(&mut self, object: &Json<'_>) {
        if let Some(coding) = extension(Some(object), &[CODING]).and_then(|one| one.get("valueCoding")) {
            let is_of = |native: &&Native| Some(native.system) == coding.get("system").and_then(Json::text);
            let mut members: Vec<&'static str> = self.natives.iter().filter(is_of).map(|native| native.member).collect();
            members.sort();
            members.dedup();
            for member in members {
                self.by_code(coding, member, None, object.get(member).and_then(Json::text));
            }
        }
        let kind = object.get("type").and_then(|of| of.get("coding")?.items().first());
        if let (Some(kind), Some(_)) = (kind, object.get("value")) {
            let of: Vec<Native> = self.natives.iter().filter(|native| native.member == "system").cloned().collect();
            self.push(of, kind, "system", None, object.get("system").and_then(Json::text), false);
        }
    }

    fn by_code(&mut self, coding: &Json<'_>, name: &str, item: Option<usize>, said: Option<&str>) {
        let system = coding.get("system").and_then(Json::text).expect("a code has a system");
        let is_of = |native: &&Native| native.system == system && (native.member.is_empty() || native.member == name);
        let of: Vec<Native> = self.natives.iter().filter(is_of).cloned().collect();
        assert!(!of.is_empty(), "no row tells that {name} stands beside a code of {system}");
        self.push(of, coding, name, item, said, true);
    }

    fn push(
        &mut self,
        of: Vec<Native>,
        coding: &Json<'_>,
        name: &str,
        item: Option<usize>,
        said: Option<&str>,
        is_beside: bool,
    ) {
        let code = coding.get("code").and_then(Json::text);
        let is_other = |(made, behind): &&(&str, &str)| Some(*made) != said && Some(*behind) != code;
        let (new, told) = match (name, of.first()) {
            ("country", _) => {
                let code = if code == Some("SE") { "DK" } else { "SE" };
                (code, format!("/@V = {code:?}"))
            }
            ("district", _) => ("Endret i FHIR", "/@DN = \"Endret i FHIR\"".to_owned()),
            (_, Some(native)) => match native.values.iter().find(is_other) {
                Some((made, behind)) => (*made, format!("/@V = {behind:?}")),
                None => return,
            },
            _ => return,
        };
        let (way, member) = (self.way.clone(), name.to_owned());
        self.found.push(Editable { way, member, item, new: new.into(), told, is_beside, of });
    }
}

/// Another value of the same form; none for what has no other.
fn other(value: &Json<'_>) -> Option<Json<'static>> {
    match value {
        Json::Bool(value) => Some(Json::Bool(!value)),
        Json::Number(_) => Some(Json::from(77)),
        Json::Text(text) if fhir_date(text) && text.len() == 10 => Some(Json::from("2031-02-03")),
        Json::Text(text) if fhir_date(text) => Some(Json::from("2031-02-03T04:05:06+01:00")),
        Json::Text(text) if text.starts_with("urn:uuid:") => {
            Some(Json::from("urn:uuid:11111111-2222-4333-8444-555555555555"))
        }
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

/// Sets a value; gives the object as it was.
fn set(bundle: &mut Json<'static>, edit: &Editable) -> Json<'static> {
    let holder = at(bundle, &edit.way);
    let old = holder.clone();
    let object = holder.object_mut().expect("an object");
    if object.get(&edit.member).is_none() {
        let none = if edit.item.is_some() { Json::Array(Vec::new()) } else { Json::Null };
        object.members_mut().push((edit.member.clone().into(), none));
    }
    match (edit.item, object.get_mut(&edit.member)) {
        (Some(item), Some(Json::Array(items))) => {
            items.resize(items.len().max(item + 1), Json::Null);
            items[item] = edit.new.clone();
        }
        (None, Some(value)) => *value = edit.new.clone(),
        _ => panic!("no such value"),
    }
    old
}

/// What differs between two messages: the lines of each that are not the same from the beginning, nor from the end.
fn difference<'l>(before: &'l [String], after: &'l [String]) -> (&'l [String], &'l [String]) {
    let same = |pairs: &mut dyn Iterator<Item = (&String, &String)>| pairs.take_while(|(one, other)| one == other).count();
    let start = same(&mut before.iter().zip(after));
    let (before, after) = (&before[start..], &after[start..]);
    let end = same(&mut before.iter().rev().zip(after.iter().rev()));
    (&before[..before.len() - end], &after[..after.len() - end])
}

/// The names that lead to the element of a line.
fn way_of(line: &str) -> Vec<&str> {
    let way = line.split([' ', '@']).next().unwrap_or_default();
    way.split('/').filter(|name| !name.is_empty()).collect()
}

#[test]
fn an_edited_value_reaches_its_element_and_no_other_changes() {
    let (mut reached, mut stale) = (0, 0);
    let mut untried: Vec<Native> = natives();
    let all_natives = untried.len();
    let mut messages: VecDeque<String> = fixtures().into_iter().chain(grown(seed(), EACH / 2)).collect();
    let (first, mut rounds) = (messages.len(), 0);
    for number in 0.. {
        // What no message of these had is looked for in others.
        if messages.is_empty() && !untried.is_empty() && rounds < ROUNDS {
            rounds += 1;
            messages.extend(grown(seed() + 1_000_000 * rounds, 1));
        }
        let Some(message) = messages.pop_front() else { break };
        let mut bundle = as_bundle(&message);
        let before = back(&bundle);
        let mut finder = Finder { natives: natives(), way: Vec::new(), found: Vec::new() };
        finder.find(&bundle);
        let is_wanted =
            |edit: &Editable, untried: &[Native]| number < first || edit.of.iter().any(|one| untried.contains(one));
        for edit in finder.found {
            if !is_wanted(&edit, &untried) {
                continue;
            }
            let Editable { way, member, told, is_beside, of, .. } = &edit;
            let old = set(&mut bundle, &edit);
            let after = back(&bundle);
            let (gone, come) = difference(&before, &after);
            let element = gone.iter().chain(come).next().map(|line| way_of(line)).unwrap_or_default();
            let is_alone = gone.iter().chain(come).all(|line| way_of(line) == element);
            let is_code = !of.is_empty();
            assert!(
                is_alone && (is_code || gone.len().max(come.len()) <= 1),
                "seed {}, {member}: {gone:?} {come:?}",
                seed()
            );
            let is_told = come.iter().any(|line| line.contains(told.as_str()));
            assert!(is_told || come.is_empty() && gone.is_empty(), "seed {}, {member}: {told} in {come:?}", seed());
            assert!(is_told || !is_beside, "seed {}: what stood beside {member} before was written", seed());
            let row = row_at(&element);
            untried.retain(|native| {
                let is_here = Some(native.row) == row && element.last() == Some(&native.element);
                !(is_told && is_here && of.contains(native) && (native.member.is_empty() || native.member == member))
            });
            stale += usize::from(*is_beside);
            reached += usize::from(is_told);
            *at(&mut bundle, way) = old;
        }
    }
    eprintln!(
        "{reached} edited values reached their elements; beside {stale} of them the source's own stood, in {all_natives} ways"
    );
    assert!(untried.is_empty(), "nobody edited {untried:#?}");
    assert!(reached > 5_000 && stale > 2_000);
}

#[test]
fn what_has_no_envelope_is_no_message_and_is_refused_by_its_name() {
    let all = roots();
    assert!(all.len() > 8);
    for (namespace, local) in all {
        let text = format!("<{local} xmlns='{namespace}'/>");
        let (tree, trouble) = Tree::read(&text, &Limits::default());
        assert!(trouble.is_none(), "{trouble:?}");
        let made = to_fhir(tree.root().expect("a root"), "00000000-0000-4000-8000-000000000000");
        let is_message = matches!(local, "MsgHead" | "AppRec");
        assert_eq!(made.err(), (!is_message).then(|| vec![Unknown(format!("/{local}"))]), "{local}");
    }
}

#[test]
fn a_bundle_says_the_same_as_text_and_as_a_tree_with_and_without_more_entries() {
    let more = [Json::from("one"), fhir::Object::new().with("fullUrl", "another").into()];
    for message in all() {
        let (tree, _) = Tree::read(&message, &Limits::default());
        let space = Space::default();
        let made = bundle_of(tree.root().expect("a root"), "00000000-0000-4000-8000-000000000000", &space);
        let Ok(made) = made else { panic!("it is known") };
        let mut bundle = as_bundle(&message);
        assert!(made.text(&[]) == bundle.compact() && made.tree() == bundle);
        let entries = bundle.object_mut().and_then(|bundle| bundle.get_mut("entry")?.items_mut()).expect("entries");
        entries.extend(more.clone());
        assert!(made.text(&more) == bundle.compact());
    }
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
