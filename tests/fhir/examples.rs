//! The official examples of R4 that are in the project.

use bindeledd::fhir::{Json, Limits, read};
use std::path::Path;

/// The committed ones, as text.
pub fn committed() -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/fhir/examples.ndjson");
    let text = std::fs::read_to_string(file).expect("the examples");
    text.lines().map(str::to_owned).collect()
}

/// Reads what is known to be JSON.
pub fn json(text: &str) -> Json<'_> {
    read(text.as_bytes(), &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"))
}
