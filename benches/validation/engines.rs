//! The engines that run in this process, each as a function from a message to whether it is accepted.

use bindeledd::xml::{self, Event, Limits, Reader, Tree};
use quick_xml::NsReader;
use quick_xml::events::Event as Token;
use std::hint::black_box;

/// What reads or judges a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Our strict reader: events, no tree.
    Reading,
    /// Our strict reader and the tree it makes.
    Tree,
    /// quick-xml's events, and nothing done with them: the limit.
    Quick,
    /// The same with namespaces resolved.
    QuickNamespaces,
}

impl Engine {
    pub const ALL: [Engine; 4] = [Engine::Reading, Engine::Tree, Engine::Quick, Engine::QuickNamespaces];

    /// The word for `--once`.
    pub fn word(self) -> &'static str {
        match self {
            Engine::Reading => "reading",
            Engine::Tree => "tree",
            Engine::Quick => "quick-xml",
            Engine::QuickNamespaces => "quick-xml-ns",
        }
    }
}

/// One message through one engine. Never inlined: `callgrind --toggle-collect='*::measured*'` counts what is inside.
#[inline(never)]
pub fn measured(engine: Engine, message: &str) -> bool {
    match engine {
        Engine::Reading => reading(message),
        Engine::Tree => xml::decode(message.as_bytes()).is_ok_and(|text| Tree::read(&text, &Limits::default()).1.is_none()),
        Engine::Quick => quick(message),
        Engine::QuickNamespaces => quick_namespaces(message),
    }
}

/// From bytes to events; of each event as much is looked at as everybody who listens must look at.
fn reading(message: &str) -> bool {
    let Ok(text) = xml::decode(message.as_bytes()) else { return false };
    let mut reader = Reader::new(&text, Limits::default());
    loop {
        match reader.next() {
            Ok(Event::Start(start)) => {
                black_box(start.namespace_number());
            }
            Ok(Event::Text(text)) => {
                black_box(text.len());
            }
            Ok(Event::End) => {}
            Ok(Event::Eof) => return true,
            Err(_) => return false,
        }
    }
}

fn quick(message: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(message);
    loop {
        match reader.read_event() {
            Ok(Token::Eof) => return true,
            Ok(token) => drop(black_box(token)),
            Err(_) => return false,
        }
    }
}

fn quick_namespaces(message: &str) -> bool {
    let mut reader = NsReader::from_str(message);
    loop {
        match reader.read_resolved_event() {
            Ok((_, Token::Eof)) => return true,
            Ok((namespace, token)) => {
                black_box(namespace);
                drop(black_box(token));
            }
            Err(_) => return false,
        }
    }
}
