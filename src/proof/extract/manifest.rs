//! The manifest, and the rows of the other files as they are written.

use crate::domain::Digest;
use crate::proof::PublicKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub(super) const FORMAT: &str = "bindeledd-extract-1";
pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const LINES: &str = "lines.ndjson";
pub(super) const PROOFS: &str = "proofs.ndjson";
pub(super) const SEALS: &str = "seals.ndjson";
pub(super) const HEAD: &str = "head.txt";
pub(super) const CONSISTENCY: &str = "consistency.json";

/// What an extract is of.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// What the bounds count, or what was looked for: `lines`, `time`, `patient` … Where it is `lines`, the extract must have
    /// each line from the one to the other.
    pub kind: String,
    /// From here: a number, or milliseconds since 1970-01-01T00:00:00Z.
    pub from: Option<i64>,
    /// To here, which is in it.
    pub to: Option<i64>,
    /// Whose lines, by the pseudonym that the log has; never an identity number.
    pub patient: Option<String>,
}

/// Who made an extract, when, and what for.
pub struct Made {
    /// What was asked.
    pub asked: Asked,
    /// The reason that was given.
    pub purpose: String,
    /// Who asked.
    pub who: String,
    /// In milliseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
}

/// The file `manifest.json`. It is the word of whoever made the extract; only what the other files prove is more.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// How the files are to be read.
    pub format: String,
    /// What was asked.
    pub asked: Asked,
    /// What for.
    pub purpose: String,
    /// By whom.
    pub who: String,
    /// When, in milliseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// How many lines there are.
    pub lines: u64,
    /// True when it has each line from the first that is kept to the last that is sealed.
    pub whole: bool,
    /// With which the head is signed. Whoever verifies should know it from elsewhere.
    pub key: PublicKey,
    /// The SHA-256 of each other file.
    pub files: BTreeMap<String, Digest>,
}

/// A row of `proofs.ndjson`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proof {
    pub number: u64,
    pub seal: u64,
    pub path: Vec<Digest>,
}

/// A row of `seals.ndjson`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sealed {
    pub text: String,
    pub path: Vec<Digest>,
}

/// The file `consistency.json`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Consistency {
    pub from: u64,
    pub path: Vec<Digest>,
}
