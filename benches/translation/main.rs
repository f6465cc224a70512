//! Messages per second of processor time: XML to FHIR, FHIR to XML, the limit beside each (the same documents read and written with
//! nothing done in between), and XSLT of one message, by libxslt. By turns in one run, on synthetic messages.
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
mod discharge;
#[path = "../validation/peer.rs"]
mod peer;

use bindeledd::fhir;
use bindeledd::translation::mapping::{Space, bundle_of, to_xml};
use bindeledd::xml::{self, Limits, Tree, Writer};
use clock::cpu_seconds;
use corpus::Corpus;
use peer::{Peer, Source};
use std::hint::black_box;
use std::path::Path;

/// How often each engine has its turn; the median counts.
const ROUNDS: usize = 7;
/// Processor time of one turn, about.
const TURN_SECONDS: f64 = 0.25;
const BUNDLE: &str = "00000000-0000-4000-8000-000000000000";

/// libxslt: parsed, transformed by `discharge.xsl`, written. It tells how many bytes it wrote.
const LIBXSLT: Source =
    Source { name: "libxslt_peer", text: include_str!("libxslt_peer.c"), flags: ("xslt-config", "libxslt1-dev") };

#[derive(Clone, Copy, PartialEq, Eq)]
enum Engine {
    /// XML read, mapped, and written as JSON.
    ToFhir,
    /// JSON read, mapped, and written as XML.
    ToXml,
    /// XML read and JSON written: what the way to FHIR cannot do without.
    FormsToFhir,
    /// JSON read and XML written: what the way back cannot do without.
    FormsToXml,
}

/// A message in both forms, as text and as a tree.
struct Forms<'a> {
    message: &'a str,
    bundle: &'a str,
    tree: &'a Tree<'a>,
    json: &'a fhir::Json<'a>,
}

impl Engine {
    const ALL: [Engine; 4] = [Engine::ToFhir, Engine::FormsToFhir, Engine::ToXml, Engine::FormsToXml];

    fn word(self) -> &'static str {
        match self {
            Engine::ToFhir => "to-fhir",
            Engine::ToXml => "to-xml",
            Engine::FormsToFhir => "read-xml-write-json",
            Engine::FormsToXml => "read-json-write-xml",
        }
    }

    fn run(self, forms: &Forms<'_>) -> usize {
        match self {
            Engine::ToFhir => as_fhir(forms.message).len(),
            Engine::ToXml => to_xml(&read_json(forms.bundle)).expect("a message").len(),
            Engine::FormsToFhir => {
                let text = xml::decode(forms.message.as_bytes()).expect("a document");
                let (tree, _) = Tree::read(&text, &Limits::default());
                forms.json.compact().len() + usize::from(black_box(tree).root().is_some())
            }
            Engine::FormsToXml => {
                let json = read_json(forms.bundle);
                let written = Writer::fragment(forms.tree.root().expect("a root"));
                written.len() + black_box(json).items().len()
            }
        }
    }
}

fn as_fhir(message: &str) -> String {
    let text = xml::decode(message.as_bytes()).expect("a document");
    let (tree, _) = Tree::read(&text, &Limits::default());
    let space = Space::default();
    bundle_of(tree.root().expect("a root"), BUNDLE, &space).expect("mapped").text(&[])
}

fn read_json(bundle: &str) -> fhir::Json<'_> {
    fhir::read(bundle.as_bytes(), &fhir::Limits::default()).unwrap_or_else(|why| panic!("{why}"))
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut reports = discharge::all();
    let mut corpora = corpus::all();
    corpora.retain(|corpus| matches!(corpus.name, "4 kB" | "mix" | "1 MB"));
    if let ["--run", engine, name, times] = words[..] {
        let engine = Engine::ALL.into_iter().find(|known| known.word() == engine).expect("an engine of that name");
        let times: usize = times.parse().expect("a number of times");
        let named = corpora.iter().chain(&reports).filter(|corpus| corpus.name == name);
        return named.for_each(|corpus| {
            with_forms(corpus, |all| (0..times).for_each(|_| once(engine, all)));
        });
    }
    [&mut reports, &mut corpora]
        .into_iter()
        .for_each(|all| all.retain(|corpus| words.is_empty() || words.contains(&corpus.name)));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sheet = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/translation/discharge.xsl");
    let mut peer = Peer::start(&LIBXSLT, folder.path(), &sheet, &reports);
    match &peer {
        Ok(peer) => println!("{}\n", peer.version),
        Err(why) => println!("without libxslt: {why}\n"),
    }
    println!(
        "| messages | way | messages per CPU-second | kB read | kB written | times as long as reading and writing | times libxslt |"
    );
    println!("|---|---|--:|--:|--:|--:|--:|");
    reports.iter().for_each(|corpus| measure(corpus, peer.as_mut().ok()));
    corpora.iter().for_each(|corpus| measure(corpus, None));
}

/// All messages of a corpus in both forms, made once.
fn with_forms(corpus: &Corpus, work: impl FnOnce(&[Forms<'_>])) {
    let bundles: Vec<String> = corpus.messages.iter().map(|message| as_fhir(message)).collect();
    let json: Vec<_> = bundles.iter().map(|bundle| read_json(bundle)).collect();
    let trees: Vec<_> = corpus.messages.iter().map(|message| Tree::read(message, &Limits::default()).0).collect();
    let of = |at: usize| Forms { message: &corpus.messages[at], bundle: &bundles[at], tree: &trees[at], json: &json[at] };
    work(&(0..bundles.len()).map(of).collect::<Vec<_>>());
}

fn once(engine: Engine, all: &[Forms<'_>]) {
    for forms in all {
        black_box(engine.run(forms));
    }
}

fn measure(corpus: &Corpus, peer: Option<&mut Peer>) {
    with_forms(corpus, |all| compare(corpus, all, peer));
}

fn compare(corpus: &Corpus, all: &[Forms<'_>], mut peer: Option<&mut Peer>) {
    let count = all.len() as f64;
    let kilobytes = |of: &dyn Fn(&Forms<'_>) -> usize| all.iter().map(of).sum::<usize>() as f64 / count / 1e3;
    let (xml, json) = (kilobytes(&|forms| forms.message.len()), kilobytes(&|forms| forms.bundle.len()));
    let mut rates: [Vec<f64>; 4] = Default::default();
    let (mut peer_rates, mut peer_writes) = (Vec::new(), 0.0);
    for _ in 0..ROUNDS {
        for (engine, rates) in Engine::ALL.into_iter().zip(&mut rates) {
            let (start, mut rounds) = (cpu_seconds(), 0.0);
            while cpu_seconds() - start < TURN_SECONDS {
                once(engine, all);
                rounds += 1.0;
            }
            rates.push(count * rounds / (cpu_seconds() - start));
        }
        if let Some(peer) = &mut peer {
            let rounds = (TURN_SECONDS * 10e6 / corpus.bytes() as f64).ceil();
            let measured = peer.measure("xslt", corpus.name, rounds as usize);
            let (spent, written) = measured.unwrap_or_else(|why| panic!("libxslt: {why}"));
            assert!(written >= 0, "libxslt does not transform the messages of {}", corpus.name);
            peer_rates.push(count * rounds / spent);
            peer_writes = written as f64 / count / rounds / 1e3;
        }
    }
    let [to_fhir, forms_to_fhir, to_xml, forms_to_xml] = rates.map(median);
    let libxslt = median(peer_rates);
    let times = |one: f64, other: f64| if other > 0.0 { format!("{:.1}", one / other) } else { String::new() };
    let row = |word: &str, rate: f64, read: f64, written: f64, forms: f64| {
        let (slower, faster) = (times(forms, rate), times(rate, libxslt));
        println!("| {} | {word} | {rate:.0} | {read:.0} | {written:.0} | {slower} | {faster} |", corpus.name);
    };
    row(Engine::ToFhir.word(), to_fhir, xml, json, forms_to_fhir);
    row(Engine::FormsToFhir.word(), forms_to_fhir, xml, json, forms_to_fhir);
    row(Engine::ToXml.word(), to_xml, json, xml, forms_to_xml);
    row(Engine::FormsToXml.word(), forms_to_xml, json, xml, forms_to_xml);
    if libxslt > 0.0 {
        row("libxslt", libxslt, xml, peer_writes, 0.0);
    }
}

/// 0 when nothing was measured.
fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or(0.0)
}
