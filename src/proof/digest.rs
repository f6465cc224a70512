//! SHA-256, and what the log hashes with it. Each kind begins with a byte of its own, so that none can stand for another.

use crate::domain::Digest;
use aws_lc_rs::digest::{Context, SHA256};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The SHA-256 of pieces, one behind the other.
pub(super) fn of(pieces: &[&[u8]]) -> Digest {
    let mut context = Context::new(&SHA256);
    pieces.iter().for_each(|piece| context.update(piece));
    end(context)
}

/// The SHA-256 of what a context was given.
pub(super) fn end(context: Context) -> Digest {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(context.finish().as_ref());
    Digest(bytes)
}

/// The hash of a leaf (RFC 9162, 2.1.1): of a zero byte and the text.
pub fn leaf(text: &[u8]) -> Digest {
    of(&[&[0], text])
}

/// The hash of a node (RFC 9162, 2.1.1): of a byte 1 and the two below it.
pub(super) fn node(left: Digest, right: Digest) -> Digest {
    of(&[&[1], &left.0, &right.0])
}

/// The link of a line: of a byte 2, the link before it ([`Digest::ZERO`] before the first), and the line's leaf hash.
pub fn link(before: Digest, leaf: Digest) -> Digest {
    of(&[&[2], &before.0, &leaf.0])
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
