//! The schemas and samples that the authorities publish: they load as they stand, and what `xmllint` accepts is accepted. They
//! are not part of the project; where the folder with them is not there, these tests say so and are skipped.

use super::set::SchemaSet;
use super::source::SchemaFile;
use super::validate::validate;
use crate::xml::{Limits, Place, decode};
use std::path::{Path, PathBuf};

fn standards() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/standards");
    let found = folder.canonicalize().ok();
    if found.is_none() {
        println!("SKIPPED: there is no {}", folder.display());
    }
    found
}

fn files(folder: &Path, ending: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|has| has == ending) {
                let bytes = std::fs::read(&path).expect("reads");
                found.push((path.display().to_string(), bytes));
            }
        }
    }
    found.sort();
    found
}

fn compiled(standards: &Path) -> SchemaSet {
    let files = files(&standards.join("xsd"), "xsd");
    let files: Vec<SchemaFile<'_>> = files.iter().map(|(name, bytes)| SchemaFile { name, bytes }).collect();
    assert!(files.len() >= 50, "only {} schema files", files.len());
    SchemaSet::compile(&files).unwrap_or_else(|troubles| {
        panic!("{}", troubles.iter().map(|trouble| format!("{trouble}\n")).collect::<String>());
    })
}

#[test]
fn the_official_schemas_load_as_they_stand_and_accept_the_official_samples() {
    let Some(standards) = standards() else { return };
    let set = compiled(&standards);
    for note in set.notes() {
        println!("{note}");
    }
    let folders = ["plo-1.6", "dialog-1.0", "dialog-1.1", "apprec"];
    let samples: Vec<_> = folders.iter().flat_map(|one| files(&standards.join("samples").join(one), "xml")).collect();
    assert!(samples.len() >= 29, "only {} samples", samples.len());
    let mut complaints = String::new();
    for (name, bytes) in &samples {
        let text = decode(bytes).expect("decodes");
        let (problems, trouble) = validate(&set, &text, &Limits::default());
        assert_eq!(trouble, None, "{name}");
        for problem in problems {
            complaints += &format!("{name}: {}: {}\n", Place::of(&text, problem.offset), problem.kind);
        }
    }
    assert!(complaints.is_empty(), "\n{complaints}");
}
