//! The promise: our schema engine judges as libxml2 does whatever the schema: small schemas made at random, with documents grown from
//! each and mutants of these. What operators add to the national schemas is in good hands too.
//!
//! `BINDELEDD_SEED=17` begins with another schema, `BINDELEDD_SCHEMAS=5000` tries more of them; one alone is shown.

#![expect(clippy::print_stderr, reason = "what is skipped is said aloud, and the figures are wanted")]

#[expect(dead_code, reason = "this promise needs less of them than the one they are made for")]
mod mutants;
#[path = "mutants/invented.rs"]
mod invented;

use bindeledd::schema::{SchemaFile, SchemaSet, SchemaTrouble, SchemaTroubleKind};
use mutants::blueprint::{Blueprint, sheets};
use mutants::breed::{Breeder, kinds};
use mutants::engine::Engine;
use mutants::explained::EXPLAINED;
use mutants::given::Dice;
use mutants::grown;
use mutants::oracle::{Oracle, Verdict};
use mutants::originals::Original;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const SCHEMAS: usize = 400;
/// Documents grown of every global element.
const GROWN_EACH: usize = 3;
/// Mutants of the documents of one schema, of kinds that take turns.
const MUTANTS: usize = 60;

/// When libxml2 is given up; it needs a few milliseconds for such a schema, or hours.
const LOST_AFTER: Duration = Duration::from_secs(5);

/// What was done.
#[derive(Default)]
struct Figures {
    schemas: usize,
    refused_schemas: usize,
    ambiguous_schemas: usize,
    lost_schemas: usize,
    documents: usize,
    valid: usize,
    differences: Vec<String>,
}

#[test]
fn the_engine_judges_as_libxml2_does_whatever_the_schema() {
    let number = |variable: &str| std::env::var(variable).ok().and_then(|text| text.parse::<usize>().ok());
    let first = number("BINDELEDD_SEED").unwrap_or(0);
    let folder = tempfile::tempdir().expect("a folder");
    let mut figures = Figures::default();
    for seed in first..first + number("BINDELEDD_SCHEMAS").unwrap_or(SCHEMAS) {
        let text = invented::schema(&Dice::new(seed as u64));
        let file = folder.path().join(format!("{seed}.xsd"));
        std::fs::write(&file, &text).expect("written");
        let Some(oracle) = Oracle::new(&file) else { return };
        if number("BINDELEDD_SCHEMAS") == Some(1) {
            eprintln!("{text}");
        }
        try_schema(seed, &text, &oracle, &file, &mut figures);
    }
    let Figures { schemas, refused_schemas, ambiguous_schemas, lost_schemas, documents, valid, differences } = figures;
    eprintln!(
        "{schemas} schemas, {refused_schemas} of them refused, {ambiguous_schemas} of them as ambiguous by one of us alone, {lost_schemas} lost on libxml2"
    );
    eprintln!("{documents} documents, {valid} of them valid");
    let shown = differences.iter().take(40).cloned().collect::<Vec<_>>().join("\n  ");
    assert!(differences.is_empty(), "{} differences:\n  {shown}", differences.len());
    if schemas > 100 {
        assert!((refused_schemas + ambiguous_schemas + lost_schemas) * 3 < schemas * 2 && lost_schemas * 20 < schemas);
        assert!(valid * 10 > documents && valid * 3 < documents * 2, "{valid} of {documents}: they prove little");
    }
}

fn try_schema(seed: usize, text: &str, oracle: &Oracle, file: &Path, figures: &mut Figures) {
    figures.schemas += 1;
    let Some(theirs) = compiles(file) else { return figures.lost_schemas += 1 };
    let ours = SchemaSet::compile(&[SchemaFile { name: "invented.xsd", bytes: text.as_bytes() }]);
    let engine = match (ours, theirs) {
        (Ok(set), Ok(())) => Engine::of(set),
        (Err(_), Err(_)) => return figures.refused_schemas += 1,
        // Part 1, 3.8.6 (cos-nonambig): libxml2 does not see every element that could belong to two particles, above all where one of
        // them is a wildcard or in a group that nothing refers to, and takes some repetitions of one particle for two. We fail closed.
        (Err(troubles), Ok(())) if troubles.iter().all(is_ambiguous) => return figures.ambiguous_schemas += 1,
        (Ok(_), Err(said)) if said.contains("is not determinist") => return figures.ambiguous_schemas += 1,
        (Ok(_), Err(said)) => {
            return figures.differences.push(format!("{}: only libxml2 refuses it: {said}", file.display()));
        }
        (Err(troubles), Ok(())) => return figures.differences.push(format!("{seed}: only we refuse it: {troubles:?}")),
    };
    let documents = documents(seed, text);
    let judged = oracle.judge_within(documents.iter().map(|document| &*document.text), LOST_AFTER);
    let Some(verdicts) = judged else { return figures.lost_schemas += 1 };
    for (document, verdict) in documents.iter().zip(&verdicts) {
        figures.documents += 1;
        figures.valid += usize::from(verdict.is_valid);
        figures.differences.extend(difference(seed, &engine, document, verdict));
    }
}

/// Whether libxml2 takes the schema itself, or what it says of it; `None` when it is lost: for some content models it needs
/// exponential time.
fn compiles(schema: &Path) -> Option<Result<(), String>> {
    // A schema is a document too; whether it is valid by itself is not asked.
    let mut command = Command::new("xmllint");
    command.args(["--nonet", "--noout", "--schema"]).arg(schema).arg(schema).stderr(Stdio::piped());
    let mut running = command.spawn().expect("runs");
    for _ in 0..LOST_AFTER.as_millis() / 10 {
        if running.try_wait().expect("runs").is_some() {
            let said = running.wait_with_output().expect("runs").stderr;
            let said = String::from_utf8_lossy(&said).into_owned();
            return Some(if said.contains("failed to compile") { Err(said) } else { Ok(()) });
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    running.kill().and_then(|()| running.wait()).expect("it ends");
    None
}

fn documents(seed: usize, schema: &str) -> Vec<Original> {
    let texts = [schema.to_string()];
    let sheets = sheets(&texts);
    let blueprint = Blueprint::of(&sheets);
    let grown = grown::documents(&blueprint, GROWN_EACH, &Dice::new(seed as u64));
    let types = blueprint.names(&["complexType", "simpleType"]);
    let breeder = Breeder { seed: seed as u64, originals: &grown, types: &types };
    let mutants: Vec<Original> = (0..MUTANTS)
        // Every schema begins with another kind.
        .filter_map(|number| breeder.mutant((seed * MUTANTS + number) % (kinds() * 1000)))
        .map(|mutant| Original { name: mutant.kind.to_string(), text: mutant.text })
        .collect();
    grown.into_iter().chain(mutants).collect()
}

fn is_ambiguous(trouble: &SchemaTrouble) -> bool {
    matches!(trouble.kind, SchemaTroubleKind::Ambiguous { .. })
}

fn difference(seed: usize, engine: &Engine, document: &Original, verdict: &Verdict) -> Option<String> {
    let (name, text) = (&document.name, &document.text);
    let ours = engine.judge(text);
    let is_explained = || EXPLAINED.iter().any(|known| (known.is_this)(text, verdict, &ours));
    (ours.is_valid != verdict.is_valid && !is_explained())
        .then(|| format!("{seed} {name}: ours {:?}, libxml2 {:?}\n{text}", ours.said, verdict.said))
}
