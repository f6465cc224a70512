//! Messages per second of processor time: XML to FHIR, FHIR to XML, and the limit beside them: the same documents read and written
//! with nothing done in between. By turns in one run, on the synthetic messages of the bench of validation.
//!
//! `cargo bench --bench translation` measures everything; `-- mix` one corpus only; `-- --run to-fhir mix 100` runs one engine so many
//! times over a corpus, for `perf record`.

#![expect(clippy::print_stdout, reason = "a measurement is there to be read")]

#[path = "../validation/chance.rs"]
mod chance;
#[path = "../validation/clock.rs"]
#[expect(dead_code, reason = "memory is not measured here")]
mod clock;
#[path = "../validation/corpus.rs"]
mod corpus;

use bindeledd::fhir;
use bindeledd::translation::mapping::{to_fhir, to_xml};
use bindeledd::xml::{self, Limits, Tree, Writer};
use clock::cpu_seconds;
use corpus::Corpus;
use std::hint::black_box;

/// How often each engine has its turn; the median counts.
const ROUNDS: usize = 7;
/// Processor time of one turn, about.
const TURN_SECONDS: f64 = 0.25;
const BUNDLE: &str = "00000000-0000-4000-8000-000000000000";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Engine {
    /// XML read, mapped, and written as JSON.
    ToFhir,
    /// JSON read, mapped, and written as XML.
    ToXml,
    /// XML read and written, JSON read and written: what neither way can do without, one half of each.
    Forms,
}

impl Engine {
    const ALL: [Engine; 3] = [Engine::ToFhir, Engine::ToXml, Engine::Forms];

    fn word(self) -> &'static str {
        match self {
            Engine::ToFhir => "to-fhir",
            Engine::ToXml => "to-xml",
            Engine::Forms => "read-and-write",
        }
    }

    fn run(self, message: &str, bundle: &str) -> usize {
        match self {
            Engine::ToFhir => as_fhir(message).len(),
            Engine::ToXml => {
                let json = fhir::read(bundle.as_bytes(), &fhir::Limits::default()).unwrap_or_else(|why| panic!("{why}"));
                to_xml(&json).expect("a message").len()
            }
            // XML is read for one way and written for the other; so is JSON.
            Engine::Forms => {
                let (tree, _) = Tree::read(message, &Limits::default());
                let written = Writer::fragment(tree.root().expect("a root"));
                let json = fhir::read(bundle.as_bytes(), &fhir::Limits::default()).unwrap_or_else(|why| panic!("{why}"));
                written.len() + json.compact().len()
            }
        }
    }
}

fn as_fhir(message: &str) -> String {
    let text = xml::decode(message.as_bytes()).expect("a document");
    let (tree, _) = Tree::read(&text, &Limits::default());
    to_fhir(tree.root().expect("a root"), BUNDLE).expect("mapped").compact()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut corpora = corpus::all();
    if let ["--run", engine, name, times] = words[..] {
        corpora.retain(|corpus| corpus.name == name);
        let engine = Engine::ALL.into_iter().find(|known| known.word() == engine).expect("an engine of that name");
        let times: usize = times.parse().expect("a number of times");
        return corpora.iter().for_each(|corpus| (0..times).for_each(|_| once(engine, corpus, &bundles(corpus))));
    }
    println!("| messages | kB of XML | kB of JSON | way | messages per CPU-second | MB of XML per CPU-second |");
    println!("|---|--:|--:|---|--:|--:|");
    corpora.retain(|corpus| corpus.name != "attachment" && (words.is_empty() || words.contains(&corpus.name)));
    corpora.iter().for_each(measure);
}

fn bundles(corpus: &Corpus) -> Vec<String> {
    corpus.messages.iter().map(|message| as_fhir(message)).collect()
}

fn once(engine: Engine, corpus: &Corpus, bundles: &[String]) {
    for (message, bundle) in corpus.messages.iter().zip(bundles) {
        black_box(engine.run(message, bundle));
    }
}

fn measure(corpus: &Corpus) {
    let bundles = bundles(corpus);
    let mut rates: [Vec<f64>; 3] = Default::default();
    for _ in 0..ROUNDS {
        for (engine, rates) in Engine::ALL.into_iter().zip(&mut rates) {
            let (start, mut count) = (cpu_seconds(), 0);
            while cpu_seconds() - start < TURN_SECONDS {
                once(engine, corpus, &bundles);
                count += corpus.messages.len();
            }
            rates.push(count as f64 / (cpu_seconds() - start));
        }
    }
    let count = corpus.messages.len();
    let size = corpus.bytes() as f64 / count as f64 / 1e3;
    let json = bundles.iter().map(String::len).sum::<usize>() as f64 / count as f64 / 1e3;
    for (engine, rates) in Engine::ALL.into_iter().zip(&mut rates) {
        rates.sort_by(f64::total_cmp);
        let rate = rates[rates.len() / 2];
        println!("| {} | {size:.0} | {json:.0} | {} | {rate:.0} | {:.1} |", corpus.name, engine.word(), rate * size / 1e3);
    }
}
