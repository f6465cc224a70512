//! The promise: our schema engine judges as libxml2 does, with the schemas of the authorities and with our own, on every message
//! that we have and on tens of thousands of seeded mutants of them; its first complaint is on the right line.
//!
//! `BINDELEDD_MUTANTS=100000` tries more of them, `BINDELEDD_SEED=17` others, and `BINDELEDD_MUTANT=1234` keeps one and tells all
//! about it. A mutant is named by number, kind and original, which with the seed is enough to make it again.

#![expect(clippy::print_stderr, reason = "what is skipped is said aloud, and the figures are wanted")]

mod mutants;

use bindeledd::schema::{SchemaFile, SchemaSet};
use mutants::breed::kinds;
use mutants::engine::Engine;
use mutants::explained::EXPLAINED;
use mutants::oracle::Oracle;
use mutants::trial::{Ours, Trial, Tried, run};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Of a hundred invalid mutants, at least so many have their first problem on the right line.
const ON_THE_RIGHT_LINE_PERCENT: usize = 99;

/// Of a hundred mutants for which mends are offered, at least so many are valid when these are made.
const MENDED_PERCENT: usize = 95;

/// All tests look at the same trial.
fn trial() -> Option<&'static Trial> {
    static TRIAL: OnceLock<Option<Trial>> = OnceLock::new();
    TRIAL.get_or_init(run).as_ref()
}

/// Whether nobody asked for another number of mutants or other ones.
fn is_ordinary() -> bool {
    ["BINDELEDD_MUTANTS", "BINDELEDD_MUTANT", "BINDELEDD_SEED"].iter().all(|variable| std::env::var(variable).is_err())
}

/// How a mutant is named, so that it can be made again.
fn name(trial: &Trial, tried: &Tried) -> String {
    let mutant = &tried.mutant;
    let original = &trial.originals[mutant.original].name;
    format!("BINDELEDD_SEED={} BINDELEDD_MUTANT={} ({} of {original})", trial.seed, mutant.number, mutant.kind)
}

/// Fails with the first of many complaints.
fn none(complaints: &[String]) {
    let shown = complaints.iter().take(30).cloned().collect::<Vec<_>>().join("\n  ");
    assert!(complaints.is_empty(), "{} complaints:\n  {shown}\n", complaints.len());
}

/// The differences between libxml2 and one of our judges that no clause explains.
fn differences(trial: &Trial, ours: impl Fn(&Tried) -> Option<&Ours>) -> Vec<String> {
    let of_one = |tried: &Tried| {
        let ours = ours(tried)?;
        let differs = ours.judgement.is_valid != tried.oracle.is_valid && ours.explained.is_none();
        differs.then(|| format!("{}: ours {:?}, libxml2 {:?}", name(trial, tried), ours.judgement.said, tried.oracle.said))
    };
    trial.mutants.iter().filter_map(of_one).collect()
}

#[test]
fn the_engine_with_the_official_schemas_judges_every_mutant_as_libxml2_does() {
    let Some(trial) = trial().filter(|trial| trial.is_official) else { return };
    none(&differences(trial, |tried| tried.official.as_ref()));
}

#[test]
fn the_engine_with_our_own_schemas_judges_every_mutant_as_libxml2_does() {
    let Some(trial) = trial() else { return };
    none(&differences(trial, |tried| Some(&tried.own)));
}

#[test]
fn every_explained_difference_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    for (number, known) in EXPLAINED.iter().enumerate() {
        let (declarations, document) = known.example;
        let schema = format!(
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:t=\"urn:t\" targetNamespace=\"urn:t\">{declarations}</xs:schema>"
        );
        let file = folder.path().join(format!("{number}.xsd"));
        std::fs::write(&file, &schema).expect("written");
        let Some(oracle) = Oracle::new(&file) else { return };
        let set = SchemaSet::compile(&[SchemaFile { name: "example.xsd", bytes: schema.as_bytes() }]).expect("compiles");
        let (theirs, ours) = (&oracle.judge([document])[0], Engine::of(set).judge(document));
        assert_ne!(theirs.is_valid, ours.is_valid, "{}", known.clause);
        let these: Vec<usize> =
            (0..EXPLAINED.len()).filter(|it| (EXPLAINED[*it].is_this)(document, theirs, &ours)).collect();
        assert_eq!(these, [number], "{}", known.clause);
    }
}

#[test]
fn the_explained_differences_are_few() {
    let Some(trial) = trial() else { return };
    let happens = |number: usize| trial.mutants.iter().filter(|tried| tried.own.explained == Some(number)).count();
    let often: Vec<usize> = (0..EXPLAINED.len()).map(happens).collect();
    for (known, often) in EXPLAINED.iter().zip(&often) {
        eprintln!("{often} mutants are judged differently by: {}", known.clause);
    }
    if is_ordinary() {
        assert!(often.iter().sum::<usize>() * 50 < trial.mutants.len(), "{often:?}");
    }
}

#[test]
fn the_mutants_are_many_and_of_every_kind_and_about_half_are_invalid() {
    let Some(trial) = trial() else { return };
    let invalid = trial.mutants.iter().filter(|tried| !tried.oracle.is_valid).count();
    let (all, originals) = (trial.mutants.len(), trial.originals.len());
    eprintln!("{all} mutants of {} kinds, {invalid} of them invalid, of {originals} originals", kinds());
    if !is_ordinary() {
        return;
    }
    let mut per_kind: BTreeMap<&str, usize> = BTreeMap::new();
    trial.mutants.iter().for_each(|tried| *per_kind.entry(tried.mutant.kind).or_default() += 1);
    assert!(all >= 20_000, "{all}");
    assert_eq!(per_kind.len(), kinds(), "{per_kind:?}");
    assert!(per_kind.values().all(|number| *number >= 50), "{per_kind:?}");
    assert!(invalid * 10 > all * 4 && invalid * 10 < all * 8, "{invalid} of {all} are invalid");
    assert!(trial.valid_originals * 100 > originals * 95, "{} of {originals} are valid", trial.valid_originals);
}

#[test]
fn what_means_nothing_to_a_schema_leaves_a_valid_message_valid() {
    let Some(trial) = trial() else { return };
    let harmed =
        trial.mutants.iter().filter(|tried| tried.mutant.is_harmless && tried.was_valid && !tried.own.judgement.is_valid);
    none(&harmed.map(|tried| format!("{}: {}", name(trial, tried), tried.own.judgement.said)).collect::<Vec<_>>());
}

/// Right is: the line of what is there and should not be; for what is missing, the line of the next sibling, or of the end or the
/// start of the element it is missing in; for a value or an attribute, its own line or that of the element. `mutants::structure`,
/// `attributes` and `values` say it for each kind.
#[test]
fn the_first_problem_is_on_the_right_line() {
    let Some(trial) = trial() else { return };
    let judged = |tried: &&Tried| tried.was_valid && !tried.own.judgement.is_valid && !tried.mutant.lines.is_empty();
    let mut per_kind: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for tried in trial.mutants.iter().filter(judged) {
        let (all, wrong) = per_kind.entry(tried.mutant.kind).or_default();
        *all += 1;
        if !tried.mutant.lines.contains(&tried.own.judgement.line) {
            let (said, line) = (&tried.own.judgement.said, tried.own.judgement.line);
            wrong.push(format!("{}: line {line} and not {:?}: {said}", name(trial, tried), tried.mutant.lines));
        }
    }
    let all: usize = per_kind.values().map(|(all, _)| all).sum();
    let wrong: usize = per_kind.values().map(|(_, wrong)| wrong.len()).sum();
    eprintln!("the first problem is on the right line in {} of {all} mutants", all - wrong);
    let mut worst: Vec<_> = per_kind.iter().filter(|(_, (_, wrong))| !wrong.is_empty()).collect();
    worst.sort_by_key(|(_, (all, wrong))| (all - wrong.len()) * 1000 / all);
    for (kind, (all, wrong)) in &worst {
        eprintln!("  {kind}: {} of {all} on another line, such as {}", wrong.len(), wrong[0]);
    }
    assert!((all - wrong) * 100 >= all * ON_THE_RIGHT_LINE_PERCENT, "{wrong} of {all} are on another line");
}

#[test]
fn what_is_mended_as_suggested_is_valid() {
    let Some(trial) = trial() else { return };
    let mut per_kind: BTreeMap<&str, (usize, usize, Vec<String>)> = BTreeMap::new();
    for tried in trial.mutants.iter().filter(|tried| tried.was_valid && !tried.own.judgement.is_valid) {
        let (invalid, offered, in_vain) = per_kind.entry(tried.mutant.kind).or_default();
        *invalid += 1;
        if let Some(mended) = tried.mended {
            *offered += 1;
            if !mended.is_valid {
                let how = if mended.all_are_mended { "a mend for every problem" } else { "a mend for some" };
                in_vain.push(format!("{}: {how}: {}", name(trial, tried), tried.own.judgement.said));
            }
        }
    }
    let offered: usize = per_kind.values().map(|(_, offered, _)| offered).sum();
    let in_vain: usize = per_kind.values().map(|(_, _, in_vain)| in_vain.len()).sum();
    eprintln!("mends are offered for {offered} mutants, and make {} of them valid", offered - in_vain);
    for (kind, (invalid, offered, in_vain)) in per_kind.iter().filter(|(_, (_, offered, _))| *offered > 0) {
        let such = in_vain.first().map(|such| format!(", not {} such as {such}", in_vain.len())).unwrap_or_default();
        eprintln!("  {kind}: offered for {offered} of {invalid}{such}");
    }
    assert!(!is_ordinary() || offered > 1000, "{offered}");
    assert!((offered - in_vain) * 100 >= offered * MENDED_PERCENT, "{in_vain} of {offered} are not valid when mended");
}
