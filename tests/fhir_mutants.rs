//! The promise: whatever is broken in a FHIR resource is found, and is called what it is.

#[path = "fhir/examples.rs"]
mod examples;
#[path = "fhir/mutate.rs"]
mod mutate;

use bindeledd::fhir::{Issue, IssueKind, judge, places};
use mutate::{Chance, WAYS, WILD, spots};

const SEED: u64 = 0x00F1_1DE4_2026;

fn kind(issue: &Issue) -> String {
    match issue.kind {
        IssueKind::Broken(invariant) => format!("Broken({})", invariant.key),
        other => format!("{other:?}"),
    }
}

#[test]
fn every_mutant_of_every_example_is_found_and_called_what_it_is() {
    let mut chance = Chance(SEED);
    let mut made = vec![0; WAYS.len() + WILD.len()];
    for text in examples::committed() {
        let original = examples::json(&text).into_owned();
        let spots = spots(&original);
        for (number, way) in WAYS.iter().chain(&WILD).enumerate() {
            let Some(mutant) = way.mutant(&original, &spots, &mut chance) else { continue };
            made[number] += 1;
            let written = mutant.pretty();
            let issues = judge(&mutant);
            let found = way.found_as.is_empty() || issues.iter().any(|issue| kind(issue).starts_with(way.found_as));
            let kinds: Vec<String> = issues.iter().map(|issue| format!("{} {}", issue.path, kind(issue))).collect();
            assert!(found, "{}, seed {SEED:#x}: {kinds:?}\n{written}", way.name);
            assert_eq!(places(written.as_bytes(), &issues).len(), issues.len());
        }
    }
    let rare: Vec<&str> =
        WAYS.iter().chain(&WILD).zip(&made).filter(|(_, made)| **made < 5).map(|(way, _)| way.name).collect();
    assert!(rare.is_empty(), "hardly any mutant of: {rare:?}");
    let total: usize = made.iter().sum();
    assert!(total >= 2500, "only {total} mutants");
}
