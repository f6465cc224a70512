//! The few things that are done with files here, each so that a crash at any moment leaves either the old or the new state.
//!
//! Everything blocks; callers run it beside the event loop.

use std::ffi::{OsStr, OsString};
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How a file looks from outside: when this stays the same, nobody is writing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// Size in bytes.
    pub bytes: u64,
    /// When it was last written to, by the clock of whoever keeps the folder.
    pub written: SystemTime,
    identity: (u64, u64),
}

impl Look {
    /// The look of a regular file; `None` for anything else.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let written = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let identity = (metadata.dev(), metadata.ino());
        metadata.is_file().then_some(Self { bytes: metadata.len(), written, identity })
    }
}

/// What came of reading a file.
#[derive(PartialEq, Eq, Debug)]
pub enum Content {
    /// All of it.
    Whole(Vec<u8>),
    /// It holds more than the limit.
    TooLarge,
    /// It is not the file that was looked at, or somebody is writing to it.
    Moving,
}

/// Reads a file that looked like `look`, and makes sure that it looked so the whole time.
pub fn read_still(path: &Path, look: Look, limit: usize) -> io::Result<Content> {
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    // A link or a pipe put there since the look would be followed or waited for by `open`: look again first.
    if Look::of(&path.symlink_metadata()?) != Some(look) {
        return Ok(Content::Moving);
    }
    let file = File::open(path)?;
    if Look::of(&file.metadata()?) != Some(look) {
        return Ok(Content::Moving);
    }
    if look.bytes > limit {
        return Ok(Content::TooLarge);
    }
    let mut content = Vec::with_capacity(usize::try_from(look.bytes).unwrap_or(0));
    let read = (&file).take(limit.saturating_add(1)).read_to_end(&mut content)? as u64;
    let still = read == look.bytes && Look::of(&file.metadata()?) == Some(look);
    Ok(if still { Content::Whole(content) } else { Content::Moving })
}

/// Writes a file so that under its name there is either nothing (or what was there before) or all of `content`, also after
/// a crash. The folder must be synced by the caller.
pub fn write_whole(folder: &Path, name: &OsStr, content: &[u8]) -> io::Result<()> {
    let unfinished = folder.join(unfinished_name(name));
    let written = write_and_sync(&unfinished, content).and_then(|()| std::fs::rename(&unfinished, folder.join(name)));
    if written.is_err() {
        // Best effort: the next attempt writes over it.
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

fn write_and_sync(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// A name that no reader of `*.xml` takes for a message.
fn unfinished_name(name: &OsStr) -> OsString {
    let mut unfinished = OsString::from(".");
    unfinished.push(name);
    unfinished.push(".tmp");
    unfinished
}

/// Makes the names in a folder durable.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        // Some network file systems know no such thing; their names are as durable as the server makes them.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

/// Moves a file into another folder of the same file system and makes both folders durable.
pub fn move_into(file: &Path, folder: &Path, name: &OsStr) -> io::Result<()> {
    std::fs::rename(file, folder.join(name))?;
    sync_folder(folder)?;
    file.parent().map_or(Ok(()), sync_folder)
}

/// `name`, or with a number before its ending if that is taken: `a.xml`, `a.2.xml`, `a.3.xml` …
pub fn free_name(folder: &Path, name: &OsStr) -> OsString {
    const MOST_OF_ONE_NAME: u32 = 10_000;
    let is_free = |name: &OsString| folder.join(name).symlink_metadata().is_err_and(|e| e.kind() == ErrorKind::NotFound);
    let numbered = (2..MOST_OF_ONE_NAME).map(|n| with_infix(name, &n.to_string()));
    let mut candidates = std::iter::once(name.to_os_string()).chain(numbered);
    candidates.find(is_free).unwrap_or_else(|| with_infix(name, "more"))
}

/// `a.xml` with `x` becomes `a.x.xml`.
pub fn with_infix(name: &OsStr, infix: &str) -> OsString {
    let path = PathBuf::from(name);
    let mut result = path.file_stem().unwrap_or(name).to_os_string();
    result.push(".");
    result.push(infix);
    if let Some(ending) = path.extension() {
        result.push(".");
        result.push(ending);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(path: &Path) -> Look {
        Look::of(&path.symlink_metadata().unwrap()).unwrap()
    }

    #[test]
    fn a_file_that_grew_since_it_was_looked_at_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xml");
        std::fs::write(&path, "<a").unwrap();
        let before = look(&path);
        std::fs::write(&path, "<a/>").unwrap();
        assert_eq!(read_still(&path, before, 100).unwrap(), Content::Moving);
        assert_eq!(read_still(&path, look(&path), 100).unwrap(), Content::Whole(b"<a/>".to_vec()));
    }

    #[test]
    fn a_link_put_in_the_place_of_a_file_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, secret) = (folder.path().join("a.xml"), folder.path().join("secret"));
        std::fs::write(&path, "<a/>").unwrap();
        let before = look(&path);
        std::fs::rename(&path, &secret).unwrap();
        std::os::unix::fs::symlink(&secret, &path).unwrap();
        assert_eq!(read_still(&path, before, 100).unwrap(), Content::Moving);
    }

    #[test]
    fn the_limit_is_the_largest_size_that_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xml");
        std::fs::write(&path, "1234").unwrap();
        assert_eq!(read_still(&path, look(&path), 4).unwrap(), Content::Whole(b"1234".to_vec()));
        assert_eq!(read_still(&path, look(&path), 3).unwrap(), Content::TooLarge);
    }

    #[test]
    fn a_taken_name_gets_a_number_before_its_ending() {
        let folder = tempfile::tempdir().unwrap();
        for expected in ["a.b.xml", "a.b.2.xml", "a.b.3.xml"] {
            let name = free_name(folder.path(), OsStr::new("a.b.xml"));
            assert_eq!(name, expected);
            std::fs::write(folder.path().join(name), "").unwrap();
        }
    }

    #[test]
    fn what_could_not_be_written_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("a.xml")).unwrap();
        assert!(write_whole(folder.path(), OsStr::new("a.xml"), b"x").is_err(), "a folder has that name");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
