//! What other people made, to compare with: fetched when the tests are run, and no part of the project.

use std::path::{Path, PathBuf};

/// Where `npm ci` in `tests/fhir/judges` puts what it fetches; none where nobody ran it.
pub fn fetched() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fhir/judges/node_modules");
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("SKIPPED: run `npm ci` in tests/fhir/judges to compare with the official examples and other validators");
    None
}
