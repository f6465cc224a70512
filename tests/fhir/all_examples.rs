//! All official examples of R4, where the package that holds them was fetched.

use crate::fetched::fetched;

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
