//! Messages validated per second of processor time: our engine, its strict reader alone, quick-xml alone and libxml2, by turns
//! in one run, on the same synthetic messages.
//!
//! `cargo bench --bench validation` measures everything in two minutes; `-- mix` one corpus only. `-- --run validation mix 1` runs
//! one engine so many times over each message of a corpus, for `valgrind --tool=callgrind` (once) or `perf record` (a thousand
//! times); `-- --write FOLDER` writes the messages.

#![expect(clippy::print_stdout, reason = "a measurement is there to be read")]

mod chance;
mod clock;
mod corpus;
mod engines;
mod peer;

use bindeledd::schema::Validator;
use clock::cpu_seconds;
use corpus::Corpus;
use engines::{Engine, Schemas, measured};
use peer::{Peer, Source};
use std::path::Path;
use std::process::Command;

/// How often each engine has its turn; the median counts.
const ROUNDS: usize = 7;
/// Processor time of one turn, about.
const TURN_SECONDS: f64 = 0.25;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["--run", engine, name, times] => run(engine, name, times.parse().expect("a number of times")),
        ["--growth", name] => growth(name),
        ["--write", folder] => write(Path::new(folder)),
        _ => everything(&words),
    }
}

/// libxml2: while it parses (`sax`), or a tree first (`dom`). It tells how many messages it refuses.
const LIBXML2: Source =
    Source { name: "libxml2_peer", text: include_str!("libxml2_peer.c"), flags: ("xml2-config", "libxml2-dev") };

fn own_schemas() -> Schemas {
    Schemas::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas"))
}

fn everything(wanted: &[&str]) {
    start_up();
    let mut corpora = corpus::all();
    corpora.retain(|corpus| wanted.is_empty() || wanted.contains(&corpus.name));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/all.xsd");
    let mut peer = Peer::start(&LIBXML2, folder.path(), &driver, &corpora);
    match &peer {
        Ok(peer) => println!("{}\n", peer.version),
        Err(why) => println!("without libxml2: {why}\n"),
    }
    println!("| messages | engine | MB per CPU-second | messages per CPU-second | times libxml2 SAX | times libxml2 DOM |");
    println!("|---|---|--:|--:|--:|--:|");
    for corpus in &corpora {
        throughput(corpus, peer.as_mut().ok());
    }
    memory(&corpora);
}

/// Compiling every schema from bytes in memory.
fn start_up() {
    let here = own_schemas();
    let official = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/standards/xsd");
    let official = official.is_dir().then(|| Schemas::read(&official));
    for (name, schemas) in [("schemas/", Some(here)), ("the official schemas", official)] {
        let Some(schemas) = schemas else { continue };
        let mut seconds: Vec<f64> = (0..ROUNDS).map(|_| seconds_of(|| drop(schemas.compile()))).collect();
        println!("{name}: {} files compiled in {:.1} ms", schemas.count(), median(&mut seconds) * 1e3);
    }
}

fn throughput(corpus: &Corpus, mut peer: Option<&mut Peer>) {
    let set = own_schemas().compile();
    let mut validator = Validator::new(&set);
    let mut seconds = vec![Vec::new(); Engine::ALL.len()];
    let (mut sax, mut dom) = (Vec::new(), Vec::new());
    let rounds: Vec<usize> = Engine::ALL.iter().map(|engine| turn(*engine, &mut validator, corpus)).collect();
    for _ in 0..ROUNDS {
        for (number, engine) in Engine::ALL.into_iter().enumerate() {
            let spent = seconds_of(|| (0..rounds[number]).for_each(|_| all_messages(engine, &mut validator, corpus)));
            seconds[number].push(spent / rounds[number] as f64);
        }
        if let Some(peer) = &mut peer {
            for (mode, times) in [("sax", &mut sax), ("dom", &mut dom)] {
                let rounds = (rounds[0] / 5).max(1);
                let measured = peer.measure(mode, corpus.name, rounds);
                let (spent, refused) = measured.unwrap_or_else(|why| panic!("libxml2: {why}"));
                assert_eq!(refused, 0, "libxml2 refuses messages of {}", corpus.name);
                times.push(spent / rounds as f64);
            }
        }
    }
    let (sax, dom) = (median(&mut sax), median(&mut dom));
    let names = Engine::ALL.iter().map(|engine| engine.word());
    let ours: Vec<_> = names.zip(seconds.iter_mut().map(|times| median(times))).collect();
    for (name, spent) in ours.into_iter().chain([("libxml2 SAX", sax), ("libxml2 DOM", dom)]).filter(|(_, s)| *s > 0.0) {
        let (rate, count) = (corpus.bytes() as f64 / 1e6 / spent, corpus.messages.len() as f64 / spent);
        println!("| {} | {name} | {rate:.0} | {count:.0} | {:.1} | {:.1} |", corpus.name, sax / spent, dom / spent);
    }
}

/// How many times over a corpus one turn goes. Linux counts in ticks of some milliseconds: shorter than many, it says nothing.
fn turn(engine: Engine, validator: &mut Validator<'_>, corpus: &Corpus) -> usize {
    let mut rounds = 1;
    loop {
        let spent = seconds_of(|| (0..rounds).for_each(|_| all_messages(engine, validator, corpus)));
        if spent > TURN_SECONDS / 4.0 {
            return (TURN_SECONDS / spent * rounds as f64).ceil() as usize;
        }
        rounds *= 2;
    }
}

fn all_messages(engine: Engine, validator: &mut Validator<'_>, corpus: &Corpus) {
    for message in &corpus.messages {
        assert!(measured(engine, validator, message), "{engine:?} refuses a message of {}", corpus.name);
    }
}

fn seconds_of(work: impl FnOnce()) -> f64 {
    let before = cpu_seconds();
    work();
    cpu_seconds() - before
}

/// 0 when nothing was measured.
fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}

/// Each in a process of its own, so that none profits from memory that another took.
fn memory(corpora: &[Corpus]) {
    println!("\n| messages | largest, kB | memory that validating it takes besides the message, kB |\n|---|--:|--:|");
    for corpus in corpora {
        let this = std::env::current_exe().expect("its own path");
        let output = Command::new(this).args(["--growth", corpus.name]).output().expect("it starts");
        let largest = corpus.messages.iter().map(String::len).max().unwrap_or(0) / 1000;
        println!("| {} | {largest} | {} |", corpus.name, String::from_utf8_lossy(&output.stdout).trim());
    }
}

fn growth(name: &str) {
    let (set, corpus) = (own_schemas().compile(), of_name(name));
    let mut validator = Validator::new(&set);
    let largest = corpus.messages.iter().max_by_key(|message| message.len()).expect("a message");
    let grown = clock::growth_kilobytes(|| assert!(measured(Engine::Validation, &mut validator, largest)));
    println!("{}", grown.map_or("not known".into(), |kilobytes| kilobytes.to_string()));
}

/// One engine, so many times over every message of one corpus.
fn run(word: &str, name: &str, times: usize) {
    let engine = Engine::ALL.into_iter().find(|engine| engine.word() == word).expect("an engine of that name");
    let (set, corpus) = (own_schemas().compile(), of_name(name));
    let mut validator = Validator::new(&set);
    for _ in 0..times {
        all_messages(engine, &mut validator, &corpus);
    }
    println!("{} messages accepted, {} bytes", corpus.messages.len(), corpus.bytes());
}

fn of_name(name: &str) -> Corpus {
    corpus::all().into_iter().find(|corpus| corpus.name == name).expect("a corpus of that name")
}

/// The messages as files, for other programs.
fn write(folder: &Path) {
    for corpus in corpus::all() {
        let folder = folder.join(corpus.name.replace(' ', "-"));
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        for (index, message) in corpus.messages.iter().enumerate() {
            std::fs::write(folder.join(format!("{index}.xml")), message).expect("the file can be written");
        }
    }
}
