//! All official examples of R4, where the package that holds them was fetched.

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

/// Name and bytes of each example.
pub fn all() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = fetched().map(|folder| folder.join("hl7.fhir.r4.examples")) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of examples").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") && !name.starts_with('.') && name != "package.json" {
            found.push((name, std::fs::read(entry.path()).expect("an example")));
        }
    }
    found.sort();
    found
}
