//! The promise: what the server tells about itself is valid FHIR, hangs together, and describes everything that its Bundles have of ours.

#![expect(clippy::print_stderr, reason = "what is skipped is said aloud")]

#[expect(dead_code, reason = "nothing is to be chosen on the command line here")]
mod corpus;
#[expect(dead_code, reason = "this promise needs less of them than the one they are made for")]
mod mutants;

use bindeledd::domain::Language;
use bindeledd::fhir::{self, Json};
use bindeledd::fhir_edge::{SecondOpinion, read_typed};
use bindeledd::translation::conformance::{Operation, all, capability, find, search};
use bindeledd::translation::mapping::{BASE, to_fhir};
use bindeledd::xml::{self, Limits, Tree};
use corpus::{FIXTURES, files, grown, official_samples, to_servers};
use std::collections::BTreeSet;

fn the_capability() -> Json<'static> {
    let operations = [Operation {
        name: "process-message",
        definition: "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message",
    }];
    capability("0.1.0", "https://gateway.example/fhir", "2026-11-22", &operations)
}

/// What two readers have against a resource.
fn complaints(name: &str, json: &Json<'_>) -> Vec<String> {
    let told = |issue: &fhir::Issue| format!("{name}: {}: {}", issue.path, issue.sentence(Language::En));
    let mut all: Vec<String> = fhir::judge(json).iter().map(told).collect();
    if let Err(why) = read_typed(json.compact().as_bytes()) {
        let words = match &why {
            SecondOpinion::Refused { words, .. } => words.expose().clone(),
            SecondOpinion::TooDeep(_) => String::new(),
        };
        all.push(format!("{name}: {why}: {words}"));
    }
    all
}

#[test]
fn every_definition_is_valid_for_two_readers() {
    let mut troubles = complaints("CapabilityStatement", &the_capability());
    for one in all() {
        troubles.extend(complaints(&format!("{}/{}", one.kind, one.id), &one.json));
    }
    let kinds: BTreeSet<&str> = all().iter().map(|one| one.kind).collect();
    for kind in &kinds {
        troubles.extend(complaints(kind, &search(kind, None).expect("it is published")));
    }
    assert!(troubles.is_empty(), "{} \n{}", troubles.len(), troubles[..troubles.len().min(30)].join("\n"));
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["CodeSystem", "ConceptMap", "MessageDefinition", "NamingSystem", "StructureDefinition"]
    );
}

/// Every text of a tree.
fn texts<'j>(json: &'j Json<'_>, found: &mut Vec<&'j str>) {
    match json {
        Json::Text(text) => found.push(text),
        Json::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Json::Object(object) => object.members().iter().for_each(|(_, value)| texts(value, found)),
        _ => {}
    }
}

#[test]
fn every_url_is_of_one_definition_and_leads_to_it() {
    let mut urls = BTreeSet::new();
    for one in all() {
        assert!(urls.insert(one.url.as_str()), "{} twice", one.url);
        assert!(find(one.kind, &one.id) == Some(&one.json), "{}/{} twice", one.kind, one.id);
        let said = one.json.get("url").and_then(Json::text);
        assert!(one.kind == "NamingSystem" || said == Some(&*one.url), "{}", one.url);
    }
    let mut references = Vec::new();
    let statement = the_capability();
    all().iter().map(|one| &one.json).chain([&statement]).for_each(|json| texts(json, &mut references));
    let ours = references.into_iter().filter(|text| text.starts_with(BASE));
    let lost: BTreeSet<&str> = ours.filter(|url| !urls.contains(url)).collect();
    assert!(lost.is_empty(), "{lost:?} lead nowhere");
    assert!(search("Patient", None).is_none() && find("CodeSystem", "8279").is_none());
    let one = search("CodeSystem", Some("urn:oid:2.16.578.1.12.4.1.1.8279")).expect("code systems");
    assert_eq!(one.get("entry").expect("one").items().len(), 1);
}

/// A whole definition, by its URL.
fn definition(url: &str) -> Option<&'static Json<'static>> {
    all().iter().find(|one| one.url == url).map(|one| &one.json)
}

/// The elements of a profile by their id.
fn elements(definition: &'static Json<'static>) -> Vec<(&'static str, &'static Json<'static>)> {
    let all = definition.get("differential").and_then(|part| part.get("element")).map_or(&[][..], Json::items);
    all.iter().filter_map(|one| Some((one.get("id")?.text()?, one))).collect()
}

/// What an extension in a Bundle has that its definition does not allow.
fn against(extension: &Json<'_>, all: &[(&str, &Json<'_>)], id: &str, troubles: &mut BTreeSet<String>) {
    for (name, value) in extension.object().map_or(&[][..], |object| object.members()) {
        if name == "extension" {
            for part in value.items() {
                let url = part.get("url").and_then(Json::text).unwrap_or_default();
                let part_id = format!("{id}.extension:{url}");
                if url.contains("://") {
                    continue;
                }
                match all.iter().any(|(known, _)| *known == part_id) {
                    true => against(part, all, &part_id, troubles),
                    false => drop(troubles.insert(format!("{part_id} is not defined"))),
                }
            }
        }
        if let Some(kind) = name.strip_prefix("value") {
            let element = all.iter().find(|(known, _)| *known == format!("{id}.value[x]")).map(|(_, element)| *element);
            let types = element.and_then(|element| element.get("type")).map_or(&[][..], Json::items);
            let is_it =
                |one: &Json<'_>| one.get("code").and_then(Json::text).is_some_and(|code| code.eq_ignore_ascii_case(kind));
            if !types.iter().any(is_it) {
                troubles.insert(format!("{id} has the value {kind}"));
            }
        }
    }
}

/// Whether an extension may stand at a place, which is named from its resource.
fn may_stand(definition: &Json<'_>, place: &str) -> bool {
    let contexts = definition.get("context").map_or(&[][..], Json::items);
    let mut expressions = contexts.iter().filter_map(|one| one.get("expression")?.text());
    // Types of values are not known here, nor a path inside of one.
    expressions.any(|one| one == place || matches!(one, "Element" | "DomainResource" | "Coding" | "Address" | "Extension"))
}

/// Looks at all extensions below.
fn walk(json: &Json<'_>, place: &str, troubles: &mut BTreeSet<String>, used: &mut BTreeSet<String>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| walk(item, place, troubles, used)),
        Json::Object(object) => {
            let place = json.resource_type().unwrap_or(place);
            for (name, value) in object.members() {
                if name == "extension" {
                    value.items().iter().for_each(|one| of_extension(one, place, troubles, used));
                }
                let name = name.trim_start_matches('_');
                let below = if place.ends_with(&format!(".{name}")) { place.to_owned() } else { format!("{place}.{name}") };
                walk(value, &below, troubles, used);
            }
        }
        Json::Text(text) if place.ends_with(".system") && text.starts_with(BASE) => drop(used.insert(text.to_string())),
        _ => {}
    }
}

fn of_extension(one: &Json<'_>, place: &str, troubles: &mut BTreeSet<String>, used: &mut BTreeSet<String>) {
    let url = one.get("url").and_then(Json::text).unwrap_or_default();
    if !url.starts_with(BASE) {
        return;
    }
    used.insert(url.to_owned());
    let Some(definition) = definition(url) else { return };
    against(one, &elements(definition), "Extension", troubles);
    if !place.contains(".extension") && !may_stand(definition, place) {
        troubles.insert(format!("{url} stands at {place}"));
    }
}

/// Codes of systems of ours that are used and not defined.
fn codes(json: &Json<'_>, troubles: &mut BTreeSet<String>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| codes(item, troubles)),
        Json::Object(object) => {
            if let (Some(system), Some(code)) =
                (object.get("system").and_then(Json::text), object.get("code").and_then(Json::text))
                && system.starts_with(BASE)
            {
                let concepts = definition(system).and_then(|one| one.get("concept")).map_or(&[][..], Json::items);
                if !concepts.iter().any(|one| one.get("code").and_then(Json::text) == Some(code)) {
                    troubles.insert(format!("{system} has no code {code}"));
                }
            }
            object.members().iter().for_each(|(_, value)| codes(value, troubles));
        }
        _ => {}
    }
}

fn bundle(text: &str) -> Json<'static> {
    let (tree, _) = Tree::read(text, &Limits::default());
    to_fhir(tree.root().expect("a root"), "00000000-0000-4000-8000-000000000000").expect("known").into_owned()
}

fn sent() -> Vec<String> {
    let files = FIXTURES.iter().flat_map(|folder| files(folder)).chain(official_samples().unwrap_or_default());
    files.map(|path| xml::decode(&std::fs::read(path).expect("it can be read")).expect("a document").into_owned()).collect()
}

/// A note with markup, which no document that is grown has.
fn with_markup() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/dialogmelding/accepted/dialog-helsefaglig-1.1.xml");
    let text = std::fs::read_to_string(path).expect("a fixture");
    let from = text.find("TekstNotatInnhold").and_then(|at| Some(at + text[at..].find('>')? + 1)).expect("a note");
    let to = from + text[from..].find("</").expect("its end");
    format!("{}<p xmlns='http://www.w3.org/1999/xhtml'>Hei</p>{}", &text[..from], &text[to..])
}

#[test]
fn everything_of_ours_in_a_bundle_is_defined() {
    let (mut troubles, mut used) = (BTreeSet::new(), BTreeSet::new());
    for text in sent().into_iter().chain(grown(0, 20)).chain([with_markup()]) {
        let bundle = bundle(&text);
        walk(&bundle, "Bundle", &mut troubles, &mut used);
        codes(&bundle, &mut troubles);
    }
    for bundle in sent().iter().flat_map(|text| to_servers(text)) {
        walk(&bundle, "Bundle", &mut troubles, &mut used);
        codes(&bundle, &mut troubles);
    }
    troubles.extend(used.iter().filter(|url| definition_or_name(url).is_none()).map(|url| format!("{url} is not defined")));
    assert!(troubles.is_empty(), "{troubles:#?}");
    let extensions = all().iter().filter(|one| one.json.get("type").and_then(Json::text) == Some("Extension"));
    let unused: Vec<&str> = extensions.map(|one| &*one.url).filter(|url| !used.contains(*url)).collect();
    assert!(unused.is_empty(), "no Bundle has {unused:?}");
}

fn definition_or_name(url: &str) -> Option<&'static str> {
    all().iter().find(|one| one.url == url).map(|one| one.kind)
}

#[test]
fn every_message_that_somebody_would_send_names_a_definition_that_is_there() {
    let mut named = 0;
    for text in sent() {
        let bundle = bundle(&text);
        let header = bundle.first("entry").and_then(|entry| entry.get("resource")).expect("a header");
        // Without content of a version that is known, there is none.
        let Some(url) = header.get("definition").and_then(Json::text) else { continue };
        named += 1;
        let kind = definition_or_name(url);
        let is_carried_only = header.get("eventCoding").and_then(|event| event.get("code")?.text()) == Some("EPJ_EKSTRAKT");
        assert!(kind == Some("MessageDefinition") || is_carried_only, "{url}");
    }
    assert!(named > 60, "only {named}");
}

#[test]
fn every_extension_says_what_it_is_for() {
    for one in all() {
        let text = one.json.get("description").and_then(Json::text).unwrap_or_default();
        assert!(text.len() > 15, "{}/{} has no description", one.kind, one.id);
    }
}

#[test]
fn the_capability_statement_names_every_message_in_both_directions() {
    let statement = the_capability();
    let supported =
        statement.first("messaging").and_then(|one| one.get("supportedMessage")).expect("messages").items().len();
    let messages = all().iter().filter(|one| one.kind == "MessageDefinition").count();
    assert_eq!(supported, 2 * messages);
    for id in [
        "innleggelsesrapport-1-6",
        "helseoppl-soknad-1-5",
        "log-innlagt-1-6",
        "dialog-foresporsel-1-0",
        "dialog-helsefaglig-1-1",
        "dialog-status-henvisning-1-1",
        "apprec-1-0",
        "apprec-1-1",
    ] {
        assert!(find("MessageDefinition", id).is_some(), "{id}");
    }
}
