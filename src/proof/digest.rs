//! SHA-256, and what the log hashes with it. Each kind begins with a byte of its own, so that none can stand for another.

use super::hex;
use aws_lc_rs::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The link before the first line.
    pub const ZERO: Self = Self([0; 32]);

    /// Of several pieces, as if they were one.
    pub(super) fn of(pieces: &[&[u8]]) -> Self {
        let mut context = Context::new(&SHA256);
        pieces.iter().for_each(|piece| context.update(piece));
        Self::end(context)
    }

    /// Of all that a context was told.
    pub(super) fn end(context: Context) -> Self {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(context.finish().as_ref());
        Self(bytes)
    }
}

/// The hash of a leaf (RFC 9162, 2.1.1): of a zero byte and the text.
pub fn leaf(text: &[u8]) -> Digest {
    Digest::of(&[&[0], text])
}

/// The hash of a node (RFC 9162, 2.1.1): of a byte 1 and the two below it.
pub(super) fn node(left: Digest, right: Digest) -> Digest {
    Digest::of(&[&[1], &left.0, &right.0])
}

/// The link of a line: of a byte 2, the link before it ([`Digest::ZERO`] before the first), and the line's leaf hash.
pub fn link(before: Digest, leaf: Digest) -> Digest {
    Digest::of(&[&[2], &before.0, &leaf.0])
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::text(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        hex::read(text).map(Self).ok_or("a digest is 64 hexadecimal digits in small letters")
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        hex::text(&digest.0)
    }
}
