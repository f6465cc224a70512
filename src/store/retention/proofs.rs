//! What a line that says that messages were removed lets others check: the root of a tree over them (RFC 9162, 2.1.1).
//!
//! A leaf is one line of JSON, `{"message":12,"tracking":"K7QP2-MFX9T","digest":"…"}`: its number, its name, and the SHA-256 of its
//! bytes, or `null` where that is not known. Lines `received` and `turned-away` hold all three, so whoever has these can make the tree.

use crate::domain::{Digest, TrackingId};
use crate::proof::{Growing, leaf};

/// A message, as it is proven.
#[derive(Clone, Copy)]
pub(super) struct Gone {
    pub(super) message: i64,
    pub(super) tracking: TrackingId,
    pub(super) digest: Option<Digest>,
}

/// A tree over messages, which are added in the order of their numbers.
#[derive(Default)]
pub(super) struct Roll(Growing);

impl Roll {
    pub(super) fn add(&mut self, gone: &Gone) {
        let digest = gone.digest.map_or_else(|| "null".to_owned(), |digest| format!(r#""{digest}""#));
        let text = format!(r#"{{"message":{},"tracking":"{}","digest":{digest}}}"#, gone.message, gone.tracking);
        self.0.add(leaf(text.as_bytes()));
    }

    pub(super) fn count(&self) -> i64 {
        i64::try_from(self.0.size()).unwrap_or(i64::MAX)
    }

    pub(super) fn root(&self) -> Digest {
        self.0.root()
    }
}
