//! XML to FHIR and back is the same message, with nothing kept beside the Bundle.

mod canonical;

use bindeledd::fhir;
use bindeledd::translation::mapping::{to_fhir, to_xml};
use bindeledd::xml::{self, Limits, Tree};
use std::path::{Path, PathBuf};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|why| panic!("{}: {why}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "xml"))
        .collect();
    files.sort();
    files
}

/// The message after it was written as JSON, read again and written as XML.
fn there_and_back(text: &str) -> Result<(String, String), String> {
    let (tree, trouble) = Tree::read(text, &Limits::default());
    assert!(trouble.is_none());
    let bundle = to_fhir(tree.root().expect("a root"), "00000000-0000-4000-8000-000000000000")
        .map_err(|unknown| format!("no row for {unknown:?}"))?;
    let json = bundle.compact();
    let read = fhir::read(json.as_bytes(), &fhir::Limits::default()).map_err(|why| why.to_string())?;
    let xml = to_xml(&read).map_err(|why| format!("{why:?}"))?;
    Ok((json, xml))
}

fn difference(before: &str, after: &str) -> Option<String> {
    let (before, after) = (canonical::lines(before), canonical::lines(after));
    let at = before.iter().zip(&after).position(|(one, other)| one != other);
    let at = at.or_else(|| (before.len() != after.len()).then(|| before.len().min(after.len())))?;
    Some(format!("before: {:?}\n    after:  {:?}", before.get(at), after.get(at)))
}

fn check(folder: &str) {
    let mut troubles = Vec::new();
    let all = files(folder);
    for path in &all {
        let bytes = std::fs::read(path).expect("it can be read");
        let text = xml::decode(&bytes).expect("a document");
        let name = path.file_name().expect("a name").display();
        match there_and_back(&text) {
            Err(why) => troubles.push(format!("{name}: {why}")),
            Ok((_, back)) => troubles.extend(difference(&text, &back).map(|why| format!("{name}:\n    {why}"))),
        }
    }
    assert!(troubles.is_empty(), "{} of {}\n{}", troubles.len(), all.len(), troubles.join("\n"));
}

#[test]
fn a_receipt_is_the_same_after_fhir() {
    check("fixtures/apprec/accepted");
}

#[test]
fn a_dialogue_message_is_the_same_after_fhir() {
    check("fixtures/dialogmelding/accepted");
}

#[test]
fn a_plo_message_is_the_same_after_fhir() {
    check("fixtures/plo/accepted");
}
