//! One TOML file: read once, complained about as often as needed.

use super::complaint::Complaint;
use super::document::{Claim, Document};
use super::section::Section;
use super::spot::Spot;
use crate::domain::Digest;
use crate::vault::digest_of;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

/// The largest file that is read, in bytes. A configuration file is written by hand.
const MAX_BYTES: u64 = 1 << 20;

/// What came of reading a file.
pub struct Reading<T> {
    /// What the reader made of it; `None` when it is not TOML, or lacks what cannot be lacking.
    pub value: Option<T>,
    /// Everything that is wrong in this file alone, in the order of its lines.
    pub complaints: Vec<Complaint>,
    /// What this file claims for itself alone.
    pub claims: Vec<Claim>,
    /// The file as it was read; `None` when it could not be.
    pub read: Option<FileRead>,
}

/// A file and the digest of what was read of it.
pub type FileRead = (PathBuf, Digest);

impl Document {
    /// Reads a file as one section. One that cannot be read is a reading with one complaint.
    pub fn open<T>(path: &Path, read: impl FnOnce(&mut Section<'_>) -> Option<T>) -> Reading<T> {
        match read_text(path) {
            Ok(text) => Self::parse(path, text, read),
            Err((message, suggestion)) => {
                let complaint = Spot::of_file(path.display().to_string()).complain(message).suggest(suggestion);
                Reading { value: None, complaints: vec![complaint], claims: Vec::new(), read: None }
            }
        }
    }

    /// Reads the text of a file as one section. The path is for complaints, and relative paths start at its folder.
    pub fn parse<T>(path: &Path, text: String, read: impl FnOnce(&mut Section<'_>) -> Option<T>) -> Reading<T> {
        let read_as = (path.to_path_buf(), digest_of(text.as_bytes()));
        let document = Self::new(path, text);
        let (table, errors) = DeTable::parse_recoverable(document.text());
        for error in &errors {
            let spot = document.spot_at(widen(error.span()));
            let complaint = spot.complain(format!("this is not TOML: {}", error.message()));
            document.complain(complaint.suggest(help_with_form(error.message())));
        }
        // Nobody reads on from half a table: what follows from a slip in the form would only hide it.
        let whole = errors.is_empty().then(|| Section::top(&document, table.get_ref()));
        let value = whole.and_then(|section| section.read_all(read));
        drop(table);
        let (complaints, claims) = document.into_parts();
        Reading { value, complaints, claims, read: Some(read_as) }
    }
}

/// What to do about the slips that people make most.
fn help_with_form(message: &str) -> &'static str {
    if message.starts_with("duplicate key") {
        "a key stands once in its section; several values stand in brackets: [ …, … ]"
    } else if message.starts_with("string values must be quoted") {
        "write text in quotes: \"…\""
    } else {
        "a line is `key = value`, text in quotes; a section begins with [name] on a line of its own"
    }
}

/// An error at the end of a line or of the file has an empty span; a mark needs one character.
fn widen(span: Option<Range<usize>>) -> Range<usize> {
    let span = span.unwrap_or(0..0);
    span.start..span.end.max(span.start + 1)
}

fn read_text(path: &Path) -> Result<String, (String, String)> {
    let cannot = |error: std::io::Error| {
        (
            format!("this file cannot be read: {error}"),
            "see that it exists and that the user who runs bindeledd may read it".into(),
        )
    };
    let size = std::fs::metadata(path).map_err(cannot)?.len();
    if size > MAX_BYTES {
        let message = format!("this file has {size} bytes; a configuration file may have {MAX_BYTES}");
        return Err((message, "see that it is the right file".into()));
    }
    let bytes = std::fs::read(path).map_err(cannot)?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..good].iter().filter(|b| **b == b'\n').count();
        (format!("this file is not UTF-8: the first wrong byte is in line {line}"), "save it as UTF-8 in your editor".into())
    })
}
