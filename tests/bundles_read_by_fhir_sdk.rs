//! The promise: every Bundle that the mapping makes can be read by fhir-sdk, whose model others have generated from the definitions
//! of FHIR. Our fixtures, the official samples (where they are), and documents grown from our schemas.
//!
//! `BINDELEDD_SEED=17` grows other documents, `BINDELEDD_GROWN=200` so many of each root.

#![expect(clippy::print_stderr, reason = "the figures are wanted")]

mod corpus;
#[expect(dead_code, reason = "this promise needs less of them than the one they are made for")]
mod mutants;

use bindeledd::fhir::Json;
use bindeledd::fhir_edge::{SecondOpinion, read_typed};
use bindeledd::translation::mapping::to_fhir;
use bindeledd::xml::{self, Limits, Tree};
use corpus::{FIXTURES, files, grown, number, official_samples, to_servers};
use std::collections::{BTreeMap, BTreeSet};

/// Elements that R4 allows to be there by an extension alone, and that the model wants a value for. Each stands in a message whose
/// XML says nothing that FHIR could hold there: an empty text, or a code that no map knows. With a value it is read.
/// Each name has a value that is allowed there beside it.
const LIMITS: [(&str, &str, &str); 5] = [
    ("text", "x", "a remark (Annotation) of blanks only"),
    ("status", "entered-in-error", "a code without a counterpart in FHIR, so that no status may be guessed"),
    ("contentString", "x", "a question or answer that is empty"),
    ("identifier", "x", "a receipt for a message whose id is no id of FHIR"),
    ("code", "ok", "a receipt with a status that is not in the list"),
];

fn opinion(bundle: &Json<'_>) -> Result<(), String> {
    read_typed(bundle.compact().as_bytes()).map_err(|why| match &why {
        SecondOpinion::Refused { words, .. } => format!("{why}: {}", words.expose()),
        SecondOpinion::TooDeep(_) => why.to_string(),
    })
}

/// Puts a value where the model wants one; notes which of the limits were met.
fn fill(json: &mut Json<'_>, met: &mut BTreeSet<&'static str>) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(|item| fill(item, met)),
        Json::Object(object) => {
            for (name, filling, _) in LIMITS {
                if object.get(name).is_none() && object.get(&format!("_{name}")).is_some() {
                    met.insert(name);
                    object.set(name, filling);
                }
            }
            object.members_mut().iter_mut().for_each(|(_, value)| fill(value, met));
        }
        _ => {}
    }
}

fn bundle(text: &str) -> Json<'static> {
    let (tree, _) = Tree::read(text, &Limits::default());
    to_fhir(tree.root().expect("a root"), "00000000-0000-4000-8000-000000000000").expect("known").into_owned()
}

#[test]
fn a_bundle_of_a_message_that_somebody_would_send_can_be_read_by_fhir_sdk() {
    let files = FIXTURES.iter().flat_map(|folder| files(folder)).chain(official_samples().unwrap_or_default());
    let (mut read, mut troubles) = (0, Vec::new());
    for path in files {
        let text = xml::decode(&std::fs::read(&path).expect("it can be read")).expect("a document").into_owned();
        for bundle in to_servers(&text).into_iter().chain([bundle(&text)]) {
            read += 1;
            troubles.extend(opinion(&bundle).err().map(|why| format!("{}: {why}", path.display())));
        }
    }
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
    assert!(read > 150, "only {read} Bundles");
}

#[test]
fn a_bundle_of_a_grown_message_can_be_read_by_fhir_sdk_but_for_what_its_model_cannot_hold() {
    let seed = number("BINDELEDD_SEED").unwrap_or(0) as u64;
    let all = grown(seed, number("BINDELEDD_GROWN").unwrap_or(8));
    let (mut troubles, mut met, mut refused) = (BTreeMap::<String, usize>::new(), BTreeSet::new(), 0);
    for text in &all {
        let mut bundle = bundle(text);
        if opinion(&bundle).is_ok() {
            continue;
        }
        refused += 1;
        fill(&mut bundle, &mut met);
        if let Err(why) = opinion(&bundle) {
            *troubles.entry(why).or_default() += 1;
        }
    }
    eprintln!("{} Bundles were read by fhir-sdk, {refused} of them after a value was filled in; seed {seed}", all.len());
    assert!(all.len() > 400, "only {}", all.len());
    let told: Vec<String> = troubles.iter().take(30).map(|(why, count)| format!("{count} times: {why}")).collect();
    assert!(troubles.is_empty(), "seed {seed}\n{}", told.join("\n"));
    for (name, _, when) in LIMITS {
        assert!(met.contains(name), "the model has lost a limit, or the documents do not reach it: {name}, {when}");
    }
}
