//! Any document before our own schemas: judging never panics, is the same each time, and says places that are in the document.
#![no_main]

use bindeledd::schema::{Problem, SchemaFile, SchemaSet, validate};
use bindeledd::xml::{Limits, Tree, decode};
use libfuzzer_sys::fuzz_target;
use std::path::Path;
use std::sync::LazyLock;

static SCHEMAS: LazyLock<SchemaSet> = LazyLock::new(|| {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas"), &mut files);
    let files: Vec<SchemaFile<'_>> = files.iter().map(|(name, bytes)| SchemaFile { name, bytes }).collect();
    SchemaSet::compile(&files).expect("our schemas compile")
});

fn collect(folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for path in std::fs::read_dir(folder).expect("reads").map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "xsd") {
            files.push((path.display().to_string(), std::fs::read(&path).expect("reads")));
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode(bytes) else { return };
    let (problems, trouble) = validate(&SCHEMAS, &text, &Limits::default());
    let (again, trouble_again) = validate(&SCHEMAS, &text, &Limits::default());
    let offsets = |problems: &[Problem]| problems.iter().map(|problem| problem.offset).collect::<Vec<_>>();
    assert_eq!(offsets(&problems), offsets(&again));
    assert_eq!(trouble, trouble_again);
    assert_eq!(trouble, Tree::read(&text, &Limits::default()).1, "a schema changes nothing about what can be read");
    assert!(offsets(&problems).iter().all(|offset| text.is_char_boundary(*offset)));
    assert!(offsets(&problems).is_sorted(), "in the order of the document");
});
