//! All official examples of R4, where a folder of them is named.

/// A folder with the unpacked package `hl7.fhir.r4.examples` 4.0.1, which holds many more.
const FOLDER: &str = "BINDELEDD_FHIR_EXAMPLES";

/// Name and bytes of each example in the folder; none where no folder is named.
pub fn all() -> Vec<(String, Vec<u8>)> {
    let Ok(folder) = std::env::var(FOLDER) else {
        eprintln!("SKIPPED: {FOLDER} names no folder with the package hl7.fhir.r4.examples");
        return Vec::new();
    };
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
