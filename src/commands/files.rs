//! Reading what the user names: a message in a file or from standard input, and the configuration.

use super::check::complaints_as_text;
use super::report::Report;
use crate::config::{Installation, load};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Nobody sends more; a file that goes on for ever is not read for ever. In bytes.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The bytes of a file, or of standard input when it is called `-`; in words why not.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
    };
    match read {
        Err(error) => Err(format!("cannot be read: {error}")),
        Ok(length) if length as u64 > MOST_BYTES => Err(format!("is larger than {MOST_BYTES} bytes; no message is")),
        Ok(_) => Ok(bytes),
    }
}

/// What a file is called in what we say.
pub(super) fn shown(path: &Path) -> String {
    if path == Path::new("-") { "(standard input)".into() } else { path.display().to_string() }
}

/// The installation in a folder, for a command that cannot work without one.
pub(super) fn installation(folder: &Path) -> Result<Installation, Box<Report>> {
    let checked = load(folder);
    checked.installation.ok_or_else(|| {
        let complaints = complaints_as_text(&checked.complaints);
        Box::new(Report::trouble(format!("{complaints}\nthe configuration in {} cannot be used", folder.display())))
    })
}
