//! The promise: our tables and our judge say of a resource what validators say that other people made.
//!
//! Beside ours: `@medplum/core`, which walks the official StructureDefinitions and evaluates every FHIRPath invariant, and `fhir`
//! of Lantana, which also knows the required value sets. `tests/run` fetches both; without them this is skipped.
#![expect(clippy::print_stderr, reason = "what is skipped is said aloud, and the figures are wanted")]

#[path = "fhir/all_examples.rs"]
mod all_examples;
#[path = "fhir/examples.rs"]
mod examples;
#[path = "fhir/fetched.rs"]
mod fetched;
#[path = "fhir/mutate.rs"]
mod mutate;

use bindeledd::fhir::{Json, Severity, invariants, judge};
use mutate::{Chance, WAYS, WILD, Way, spots};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

const SEED: u64 = 0x00F1_1DE5_2026;
/// Longer ones are terminologies and whole specifications: they are compared by nobody in reasonable time.
const BYTES_MAX: usize = 60_000;

/// What somebody says is wrong with a resource.
struct Verdict {
    ours: Vec<String>,
    medplum: Vec<String>,
    lantana: Vec<String>,
}

fn verdicts(resources: &[String]) -> Option<Vec<Verdict>> {
    let folder = fetched::fetched()?;
    let script = folder.parent().expect("the folder of the script").join("judge.mjs");
    let mut node = Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node runs");
    let mut stdin = node.stdin.take().expect("a pipe");
    let input = resources.join("\n");
    let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = node.wait_with_output().expect("node answers");
    writing.join().expect("a thread").expect("node reads");
    assert!(output.status.success(), "the script failed");
    let answers = String::from_utf8(output.stdout).expect("UTF-8");
    let texts = |json: &Json<'_>, name| {
        json.get(name).map(Json::items).unwrap_or_default().iter().filter_map(Json::text).map(str::to_owned).collect()
    };
    let verdict = |(resource, answer): (&String, &str)| {
        let answer = examples::json(answer);
        let ours = judge(&examples::json(resource));
        let ours = ours.iter().filter(|issue| issue.severity() == Severity::Error);
        Verdict {
            ours: ours.map(|issue| format!("{} {:?} {}", issue.path, issue.kind, issue.source())).collect(),
            medplum: texts(&answer, "medplum"),
            lantana: texts(&answer, "fhir"),
        }
    };
    assert_eq!(answers.lines().count(), resources.len());
    Some(resources.iter().zip(answers.lines()).map(verdict).collect())
}

fn good() -> Vec<String> {
    let mut all = examples::committed();
    for (_, bytes) in all_examples::all().iter().filter(|(_, bytes)| bytes.len() <= BYTES_MAX) {
        all.push(examples::json(std::str::from_utf8(bytes).expect("UTF-8")).compact());
    }
    all
}

/// So many of each resource where the environment does not say otherwise.
const MUTANTS: usize = 3;

/// A few of each resource, of every kind of breaking; fewer of the terminologies, which are most of the examples and all alike.
fn mutants(of: &[String]) -> Vec<(&'static Way, String)> {
    let each = std::env::var("BINDELEDD_FHIR_MUTANTS").map_or(MUTANTS, |count| count.parse().expect("a number"));
    let mut chance = Chance(SEED);
    let mut mutants = Vec::new();
    for text in of {
        let original = examples::json(text).into_owned();
        let resource_type = original.resource_type().expect("a resource");
        let is_common =
            ["SearchParameter", "ValueSet", "CodeSystem", "StructureDefinition", "ConceptMap"].contains(&resource_type);
        if is_common && chance.below(20) > 0 {
            continue;
        }
        let spots = spots(&original);
        for _ in 0..each {
            let way = WAYS.iter().chain(&WILD).nth(chance.below(WAYS.len() + WILD.len())).expect("a way");
            mutants.extend(way.mutant(&original, &spots, &mut chance).map(|mutant| (way, mutant.compact())));
        }
    }
    mutants
}

/// What the others say, and we say otherwise on purpose or know that we do not say.
fn is_explained(said: &str) -> bool {
    let unjudged = said.split_once("Constraint ").and_then(|(_, rest)| rest.split_once(" not met")).map(|(key, _)| key);
    // An invariant that we do not judge: those of definitions that nobody sends in a message.
    unjudged.is_some_and(|key| invariants().all(|invariant| invariant.key != key))
        // `false` is a value.
        || said.ends_with("[x] Missing property")
        // An address whose last parts are no resource and id, and one with a version, may lead anywhere.
        || said.contains("Invalid type for reference {\"reference\":\"http")
        || said.contains("Invalid type for reference") && said.contains("/_history/")
        // R4 allows blanks inside.
        || said == "Media.content.data Invalid base64Binary format"
}

/// What only we say: the others do not judge it, or not at every place. medplum evaluates the invariants of elements and
/// resources, and not those of data types inside them.
const OURS_ALONE: [&str; 9] = [
    "Narrative(",
    "Broken(",
    "WrongTarget(",
    "Empty",
    "Unpaired",
    "ChoiceTwice(",
    "UnknownCode(",
    "WrongForm(",
    "BadValue(",
];

fn compare(resources: &[String]) -> Option<Vec<Verdict>> {
    let verdicts = verdicts(resources)?;
    let mut differences = Vec::new();
    for (verdict, resource) in verdicts.iter().zip(resources) {
        let beginning: String = resource.chars().take(80).collect();
        let mut others = verdict.medplum.iter().chain(&verdict.lantana);
        if verdict.ours.is_empty() && !others.all(|said| is_explained(said)) {
            differences.push(format!("only the others, {beginning}: {:?} {:?}", verdict.medplum, verdict.lantana));
        }
        let alone = verdict.medplum.is_empty() && verdict.lantana.is_empty();
        let strange = verdict.ours.iter().find(|said| !OURS_ALONE.iter().any(|kind| said.contains(kind)));
        if let Some(strange) = strange.filter(|_| alone) {
            differences.push(format!("only we, {beginning}: {strange}"));
        }
    }
    assert!(differences.is_empty(), "{} differences, seed {SEED:#x}:\n{}", differences.len(), differences.join("\n"));
    Some(verdicts)
}

#[test]
fn good_resources_are_good_to_all_and_mutants_are_found_by_all() {
    let good = good();
    let Some(verdicts) = compare(&good) else { return };
    let agreed = verdicts.iter().filter(|verdict| verdict.ours.is_empty() == verdict.medplum.is_empty()).count();
    eprintln!("{} examples, {agreed} with the verdict of medplum", good.len());
    assert!(good.len() >= 5_000 && agreed * 1000 >= good.len() * 995, "{agreed} of {}", good.len());

    let (ways, texts): (Vec<&Way>, Vec<String>) = mutants(&good).into_iter().unzip();
    let verdicts = compare(&texts).expect("the others are there");
    let mut by_way: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (way, verdict) in ways.iter().zip(&verdicts) {
        let others = !verdict.medplum.is_empty() || !verdict.lantana.is_empty();
        assert!(way.found_as.is_empty() || !verdict.ours.is_empty(), "not found: {}", way.name);
        let count = by_way.entry(way.name).or_default();
        count[0] += 1;
        count[1] += usize::from(!verdict.ours.is_empty());
        count[2] += usize::from(others);
    }
    for (way, [made, ours, others]) in &by_way {
        eprintln!("{way}: {made} mutants, found by us {ours}, by another {others}");
    }
    let by_another = by_way.values().map(|[_, _, others]| others).sum::<usize>();
    assert!(texts.len() >= 2_500 && by_another * 2 >= texts.len(), "{by_another} of {} mutants", texts.len());
}
