//! The fixtures: every message file of the project with what its name says about it.

use std::path::{Path, PathBuf};

/// One message file.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// Its path below `fixtures/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// All of them, in the order of their paths.
pub fn all() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths = messages_below(&folder);
    // Those are documents for one promise only, without a head.
    paths.retain(|path| !path.starts_with(folder.join("translation")));
    paths.sort();
    let fixture = |path: PathBuf| Fixture {
        path: path.strip_prefix(&folder).expect("below it").to_string_lossy().into_owned(),
        bytes: std::fs::read(&path).expect("reads"),
    };
    let all: Vec<Fixture> = paths.into_iter().map(fixture).collect();
    assert!(all.len() > 60, "only {} fixtures", all.len());
    all
}

fn messages_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("reads").map(|entry| entry.expect("an entry").path());
    let of_one = |path: PathBuf| match (path.is_dir(), path.extension().is_some_and(|ending| ending == "xml")) {
        (true, _) => messages_below(&path),
        (false, true) => vec![path],
        (false, false) => Vec::new(),
    };
    entries.flat_map(of_one).collect()
}

impl Fixture {
    /// True when nothing is wrong with it.
    pub fn is_accepted(&self) -> bool {
        self.path.contains("/accepted/")
    }
}
