//! The messages that mutants are made of: every fixture of the project, and every sample of the authorities where those are.

#[path = "../support/fixtures.rs"]
#[expect(dead_code, reason = "here a fixture is a fixture, accepted or not")]
mod fixtures;
#[path = "../support/standards.rs"]
pub mod standards;

use super::outline::pretty;
use bindeledd::xml::{Limits, Tree, decode};
use std::path::{Path, PathBuf};

/// A message that can be read, with every element on a line of its own.
pub struct Original {
    pub name: String,
    pub text: String,
}

/// The folders of samples that are messages.
const FOLDERS: [&str; 4] = ["apprec", "dialog-1.0", "dialog-1.1", "plo-1.6"];

/// All of them; those that our reader refuses are left out, because a schema never sees them.
pub fn all(standards: Option<&Path>) -> Vec<Original> {
    let of_us = fixtures::all().into_iter().map(|fixture| (format!("fixtures/{}", fixture.path), fixture.bytes));
    let samples = standards.map(|standards| standards.join("samples"));
    let of_them = samples.iter().flat_map(|samples| {
        let files = FOLDERS.iter().flat_map(|folder| standards::files_below(&samples.join(folder), "xml"));
        let named = |file: PathBuf| {
            let name = file.strip_prefix(samples).expect("below it").to_string_lossy().into_owned();
            (format!("samples/{name}"), std::fs::read(&file).expect("reads"))
        };
        files.map(named).collect::<Vec<_>>()
    });
    of_us.chain(of_them).filter_map(|(name, bytes)| original(name, &bytes)).collect()
}

fn original(name: String, bytes: &[u8]) -> Option<Original> {
    let text = decode(bytes).ok()?;
    is_readable(&text).then(|| Original { name, text: pretty(&text) })
}

/// Whether our reader takes a document.
pub fn is_readable(text: &str) -> bool {
    Tree::read(text, &Limits::default()).1.is_none()
}
