//! The engines that run in this process, each as a function from a message to whether it is accepted.

use bindeledd::xml::{self, Limits, Reader, Start, Tree, Watch};
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

/// Looks at as much of every event as everybody must who listens.
struct Listener {
    seen: usize,
}

impl Watch for Listener {
    fn start(&mut self, start: Start<'_>) {
        self.seen += start.namespace_number();
    }

    fn text(&mut self, text: &str, _: usize) {
        self.seen += text.len();
    }

    fn end(&mut self, offset: usize) {
        self.seen += offset;
    }
}

fn reading(message: &str) -> bool {
    let mut listener = Listener { seen: 0 };
    let Ok(text) = xml::decode(message.as_bytes()) else { return false };
    let read = Reader::new(&text, Limits::default()).watched(&mut listener);
    black_box(listener.seen);
    read.is_none()
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
