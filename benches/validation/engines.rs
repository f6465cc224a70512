//! The engines that run in this process, each as a function from a message to whether it is accepted.

use bindeledd::schema::{SchemaFile, SchemaSet, Validator};
use bindeledd::xml::{self, Limits, Reader, Start, Tree, Watch};
use quick_xml::NsReader;
use quick_xml::events::Event as Token;
use std::hint::black_box;
use std::path::Path;

/// What reads or judges a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Our engine with the schemas of this project: bytes to verdict.
    Validation,
    /// The same while the tree is made: what the gateway does with a message.
    ValidationAndTree,
    /// Our strict reader: events, no tree.
    Reading,
    /// quick-xml's events, and nothing done with them.
    Quick,
    /// The same with namespaces resolved.
    QuickNamespaces,
}

impl Engine {
    pub const ALL: [Engine; 5] =
        [Engine::Validation, Engine::ValidationAndTree, Engine::Reading, Engine::Quick, Engine::QuickNamespaces];

    /// Its column, and the word for `--once`.
    pub fn word(self) -> &'static str {
        match self {
            Engine::Validation => "validation",
            Engine::ValidationAndTree => "validation+tree",
            Engine::Reading => "reading",
            Engine::Quick => "quick-xml",
            Engine::QuickNamespaces => "quick-xml-ns",
        }
    }
}

/// Every schema file of a folder.
pub struct Schemas(Vec<(String, Vec<u8>)>);

impl Schemas {
    pub fn read(folder: &Path) -> Self {
        let (mut files, mut waiting) = (Vec::new(), vec![folder.to_path_buf()]);
        while let Some(folder) = waiting.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder of schemas") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    waiting.push(path);
                } else if path.extension().is_some_and(|ending| ending == "xsd") {
                    files.push((path.display().to_string(), std::fs::read(&path).expect("it can be read")));
                }
            }
        }
        files.sort();
        Self(files)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn compile(&self) -> SchemaSet {
        let files: Vec<_> = self.0.iter().map(|(name, bytes)| SchemaFile { name, bytes }).collect();
        SchemaSet::compile(&files).unwrap_or_else(|troubles| panic!("the schemas do not compile: {troubles:?}"))
    }
}

/// One message through one engine. Never inlined: `callgrind --toggle-collect='*measured*'` counts what is inside.
#[inline(never)]
pub fn measured(engine: Engine, validator: &mut Validator<'_>, message: &str) -> bool {
    match engine {
        Engine::Validation => reading(message, validator) && validator.finish().is_empty(),
        Engine::ValidationAndTree => {
            let Ok(text) = xml::decode(message.as_bytes()) else { return false };
            let (tree, trouble) = Tree::read_watched(&text, &Limits::default(), validator);
            black_box(tree.root());
            trouble.is_none() && validator.finish().is_empty()
        }
        Engine::Reading => {
            let mut listener = Listener { seen: 0 };
            let accepted = reading(message, &mut listener);
            black_box(listener.seen);
            accepted
        }
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

fn reading(message: &str, watch: &mut impl Watch) -> bool {
    let Ok(text) = xml::decode(message.as_bytes()) else { return false };
    Reader::new(&text, Limits::default()).watched(watch).is_none()
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
