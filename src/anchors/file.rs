//! A file to which heads are added, on a disk that others have.

use super::Anchor;
use crate::domain::Fault;
use crate::transports::BoxFuture;
use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Behind each note, which ends its own last line.
const END: &str = "\n";

/// Notes, each with an empty line behind it.
pub(super) struct HeadsFile(pub(super) PathBuf);

impl Anchor for HeadsFile {
    fn name(&self) -> String {
        self.0.display().to_string()
    }

    fn put_down<'a>(&'a self, note: &'a str) -> BoxFuture<'a, std::result::Result<(), Fault>> {
        Box::pin(async move {
            let (path, note) = (self.0.clone(), note.to_owned());
            // A share of another department may not answer for a while; nobody else waits for it.
            let added = tokio::task::spawn_blocking(move || add(&path, &note)).await.map_err(Fault::lasting)?;
            added.map_err(|error| Fault::passing(format!("it cannot be written: {error}")))
        })
    }
}

/// Adds a note, durably, if it is not the last one already. Behind one that was cut off, by a full disk or a death, it begins anew.
fn add(path: &Path, note: &str) -> Result<()> {
    let mut entry = format!("{note}{END}");
    let mut file = File::options().create(true).read(true).append(true).open(path)?;
    let tail = tail(&mut file, entry.len().max(2))?;
    if tail.ends_with(entry.as_bytes()) {
        return Ok(());
    }
    if !tail.is_empty() && !tail.ends_with(b"\n\n") {
        entry.insert_str(0, "\n\n");
    }
    file.write_all(entry.as_bytes())?;
    file.sync_all()
}

/// The last bytes, at most so many.
fn tail(file: &mut File, bytes: usize) -> Result<Vec<u8>> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(bytes as u64)))?;
    let mut tail = Vec::with_capacity(bytes);
    file.read_to_end(&mut tail)?;
    Ok(tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_head_is_added_once_and_none_is_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("heads");
        for note in ["first\n", "first\n", "second, which is longer\n", "third\n", "third\n"] {
            HeadsFile(path.clone()).put_down(note).await.expect("put down");
        }
        let kept = std::fs::read_to_string(&path).expect("reads");
        assert_eq!(kept, "first\n\nsecond, which is longer\n\nthird\n\n");
    }

    #[tokio::test]
    async fn what_was_cut_off_does_not_run_into_the_next_head() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("heads");
        for (left, kept) in [
            ("", "next\n\n"),
            ("f", "f\n\nnext\n\n"),
            ("first\n", "first\n\n\nnext\n\n"),
            ("first\n\n", "first\n\nnext\n\n"),
        ] {
            std::fs::write(&path, left).expect("written");
            HeadsFile(path.clone()).put_down("next\n").await.expect("put down");
            assert_eq!(std::fs::read_to_string(&path).expect("reads"), kept);
        }
    }

    #[tokio::test]
    async fn a_place_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let missing = HeadsFile(folder.path().join("unmounted").join("heads"));
        let fault = missing.put_down("note\n").await.expect_err("not there");
        assert!(fault.inner().starts_with("it cannot be written"), "{}", fault.inner());
    }
}
