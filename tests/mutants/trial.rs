//! All mutants before all judges: libxml2 with the schemas of the authorities (or with ours, where those are not here), our engine
//! with the same, and our engine with our own schemas.

use super::blueprint::{Blueprint, sheets, texts};
use super::breed::{Breeder, Mutant};
use super::engine::{Engine, Judgement, Mended, own_schemas};
use super::explained::EXPLAINED;
use super::given::Dice;
use super::grown;
use super::oracle::{Oracle, Verdict};
use super::originals::{self, Original, standards};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Mutants of an ordinary run.
const MUTANTS: usize = 24_000;
const SEED: u64 = 0x0B1D_E1ED_D000_0003;
/// Mutants of one call of `xmllint`.
const BATCH: usize = 400;
/// Documents grown of every global element.
const GROWN_EACH: usize = 1;

/// Searching for mends reads a document again and again: not the biggest.
const MENDED_BYTES_MOST: usize = 64 * 1024;

/// What was tried.
pub struct Trial {
    pub originals: Vec<Original>,
    pub valid_originals: usize,
    pub mutants: Vec<Tried>,
    /// Whether the schemas of the authorities were here.
    pub is_official: bool,
    pub seed: u64,
}

/// One mutant before all judges; its text is gone.
pub struct Tried {
    pub mutant: Mutant,
    pub was_valid: bool,
    pub oracle: Verdict,
    /// Our engine with the schemas of the authorities.
    pub official: Option<Ours>,
    pub own: Ours,
    /// What came of the mends that are offered for an invalid mutant of a valid message.
    pub mended: Option<Mended>,
}

/// What we say of a mutant.
pub struct Ours {
    pub judgement: Judgement,
    /// Which of the known differences from libxml2 this is.
    pub explained: Option<usize>,
}

struct Judges {
    oracle: Oracle,
    official: Option<Engine>,
    own: Engine,
}

/// Runs everything. `None`, said aloud, without `xmllint`.
pub fn run() -> Option<Trial> {
    let number = |variable: &str| std::env::var(variable).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("BINDELEDD_SEED").unwrap_or(SEED);
    let flat = tempfile::tempdir().expect("a folder");
    let standards = standards::folder();
    let files = match &standards {
        Some(standards) => standards::schemas(standards).into_values().collect(),
        None => own_schemas(),
    };
    let driver = match &standards {
        Some(standards) => standards::lay_flat(standards, flat.path()),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/all.xsd"),
    };
    let judges = Judges {
        oracle: Oracle::new(&driver)?,
        official: standards.is_some().then(|| Engine::with(&files)),
        own: Engine::own(),
    };
    let (originals, types) = material(standards.as_deref(), &files, seed);
    let breeder = Breeder { seed, originals: &originals, types: &types };
    let valid: Vec<bool> = judges.all_agree_on(&originals);
    let numbers: Vec<usize> = match number("BINDELEDD_MUTANT") {
        Some(one) => vec![one as usize],
        None => (0..number("BINDELEDD_MUTANTS").map_or(MUTANTS, |number| number as usize)).collect(),
    };
    let mutants = judges.try_all(&breeder, &numbers, &valid);
    if let [one] = &*mutants {
        show(one, &breeder);
    }
    let valid_originals = valid.iter().filter(|valid| **valid).count();
    let is_official = standards.is_some();
    Some(Trial { originals, valid_originals, mutants, is_official, seed })
}

/// The messages to change, and the types that the schemas have named.
fn material(standards: Option<&Path>, files: &[PathBuf], seed: u64) -> (Vec<Original>, Vec<(String, String)>) {
    let texts = texts(files.iter().map(PathBuf::as_path));
    let sheets = sheets(&texts);
    let blueprint = Blueprint::of(&sheets);
    let mut originals = originals::all(standards);
    originals.extend(grown::documents(&blueprint, GROWN_EACH, &Dice::new(seed)));
    (originals, blueprint.names(&["complexType", "simpleType"]))
}

/// One mutant that was asked for is told in full and kept.
fn show(one: &Tried, breeder: &Breeder<'_>) {
    let kept = std::env::temp_dir().join(format!("bindeledd-mutant-{}.xml", one.mutant.number));
    let text = breeder.mutant(one.mutant.number).expect("it was there before").text;
    std::fs::write(&kept, text).expect("written");
    let official = one.official.as_ref().map(|it| (&it.judgement.said, it.judgement.line));
    eprintln!("{}: {} of {}", kept.display(), one.mutant.kind, breeder.originals[one.mutant.original].name);
    eprintln!(
        "  libxml2: {:?}\n  engine: {official:?}\n  own: {:?}",
        one.oracle.said,
        (&one.own.judgement.said, one.own.judgement.line)
    );
    eprintln!("  right lines: {:?}", one.mutant.lines);
}

impl Judges {
    /// Which of the originals are valid: everybody must say the same.
    fn all_agree_on(&self, originals: &[Original]) -> Vec<bool> {
        let verdicts = self.oracle.judge(originals.iter().map(|original| &*original.text));
        for (original, verdict) in originals.iter().zip(&verdicts) {
            for engine in self.official.iter().chain([&self.own]) {
                let ours = engine.judge(&original.text);
                assert_eq!(ours.is_valid, verdict.is_valid, "{}: {} {}", original.name, ours.said, verdict.said);
            }
        }
        verdicts.into_iter().map(|verdict| verdict.is_valid).collect()
    }

    fn try_all(&self, breeder: &Breeder<'_>, numbers: &[usize], valid: &[bool]) -> Vec<Tried> {
        let batches = Mutex::new(numbers.chunks(BATCH));
        let tried = Mutex::new(Vec::new());
        let work = || {
            loop {
                let Some(batch) = batches.lock().expect("no panic inside").next() else { return };
                let some = self.try_some(breeder, batch, valid);
                tried.lock().expect("no panic inside").extend(some);
            }
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
        let mut tried = tried.into_inner().expect("no panic inside");
        tried.sort_by_key(|one: &Tried| one.mutant.number);
        tried
    }

    fn try_some(&self, breeder: &Breeder<'_>, numbers: &[usize], valid: &[bool]) -> Vec<Tried> {
        let mutants: Vec<Mutant> = numbers.iter().filter_map(|number| breeder.mutant(*number)).collect();
        let verdicts = self.oracle.judge(mutants.iter().map(|mutant| &*mutant.text));
        let tried = |(mutant, oracle): (Mutant, Verdict)| {
            let judged = |engine: &Engine| {
                let ours = engine.judge(&mutant.text);
                let is_this = |known: &usize| (EXPLAINED[*known].is_this)(&mutant.text, &oracle, &ours);
                let explained = (0..EXPLAINED.len()).filter(|_| ours.is_valid != oracle.is_valid).find(is_this);
                Ours { judgement: ours, explained }
            };
            let (official, own) = (self.official.as_ref().map(judged), judged(&self.own));
            let was_valid = valid[mutant.original];
            let mends = was_valid && !own.judgement.is_valid && mutant.text.len() < MENDED_BYTES_MOST;
            let mended = mends.then(|| self.own.mended(&mutant.text)).flatten();
            Tried { mutant: Mutant { text: String::new(), ..mutant }, was_valid, oracle, official, own, mended }
        };
        mutants.into_iter().zip(verdicts).map(tried).collect()
    }
}
