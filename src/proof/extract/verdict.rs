//! What a verifier says of an extract. `docs/verify/verify.py` says the same, word for word.

use super::manifest::Manifest;
use std::fmt;

/// What is not as it should be, at the first place where that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Broken {
    /// Where.
    pub place: Place,
    /// What: half a sentence.
    pub what: &'static str,
}

/// Where something is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In a file.
    File(&'static str),
    /// At a row of a file, from 1.
    Row(&'static str, u64),
    /// At a seal.
    Seal(u64),
    /// At the head of this size that somebody noted earlier.
    Noted(u64),
    /// At a line.
    Line(u64),
}

/// What an extract came to.
#[derive(Default)]
pub struct Verified {
    /// What it says of itself, as far as that was believed.
    pub manifest: Option<Manifest>,
    /// True when the log has signed that; in an extract of before it has not.
    pub is_signed: bool,
    /// The first and the last number of its lines.
    pub lines: Option<(u64, u64)>,
    /// The first and the last of lines that a line says were removed.
    pub removed: Vec<(u64, u64)>,
    /// Sizes of heads that were noted earlier, and to which the extract has no way.
    pub unproven: Vec<u64>,
    /// The first thing that is not as it should be.
    pub broken: Option<Broken>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(name) => f.write_str(name),
            Self::Row(name, row) => write!(f, "row {row} of {name}"),
            Self::Seal(number) => write!(f, "seal {number}"),
            Self::Noted(size) => write!(f, "the noted head of {size} seals"),
            Self::Line(number) => write!(f, "line {number}"),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}
