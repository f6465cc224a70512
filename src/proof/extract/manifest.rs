//! The manifest, and the rows of the other files as they are written.

use crate::domain::Digest;
use crate::proof::PublicKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format that we write.
pub(super) const FORMAT: &str = "bindeledd-extract-2";
/// That of before, of which nobody has signed the manifest.
pub(super) const FORMER: &str = "bindeledd-extract-1";
pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const SIGNATURE: &str = "manifest.sig";
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

/// The file `manifest.json`. It is the word of the log that made the extract, which has signed it; what the other files prove is more.
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

/// Of a manifest what must be known before its signature can be verified.
#[derive(Deserialize)]
pub(super) struct Opening {
    pub format: String,
    pub key: PublicKey,
}

/// What is signed with the key of the log (Ed25519, RFC 8032): the name of the format, so that it is neither a head nor a removal, and
/// the file `manifest.json`, byte for byte.
pub(super) fn signed_text(manifest: &[u8]) -> Vec<u8> {
    [FORMAT.as_bytes(), b"\n", manifest].concat()
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
