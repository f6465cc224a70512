//! Messages validated per second of processor time: our engine, its strict reader alone, quick-xml alone (the limit) and libxml2,
//! by turns in one run, on the same synthetic messages.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measurement is there to be read")]

mod chance;
mod corpus;
mod engines;

use engines::{Engine, measured};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["--once", engine, name] => once(engine, name),
        ["--write", folder] => write(folder),
        _ => eprintln!("later"),
    }
}

/// One engine, once over every message of one corpus.
fn once(word: &str, name: &str) {
    let engine = Engine::ALL.into_iter().find(|engine| engine.word() == word).expect("an engine of that name");
    let corpus = corpus::all().into_iter().find(|corpus| corpus.name == name).expect("a corpus of that name");
    let accepted = corpus.messages.iter().filter(|message| measured(engine, message)).count();
    println!("{accepted} of {} messages accepted, {} bytes", corpus.messages.len(), corpus.bytes());
}

/// The messages as files, for other programs.
fn write(folder: &str) {
    for corpus in corpus::all() {
        let folder = std::path::Path::new(folder).join(corpus.name.replace(' ', "-"));
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        for (index, message) in corpus.messages.iter().enumerate() {
            std::fs::write(folder.join(format!("{index}.xml")), message).expect("the file can be written");
        }
    }
}
