//! Edits of a text. They may hold content of a message: they have no printed form.

use std::fmt;
use std::ops::Range;

/// These bytes of the decoded text become that.
#[derive(Clone, PartialEq, Eq)]
pub struct Patch {
    /// Which bytes; an empty range inserts.
    pub bytes: Range<usize>,
    /// What stands there afterwards. It may hold content of the message.
    pub with: String,
}

/// Patches that belong together, in the order of the text; they do not overlap.
#[derive(Clone, PartialEq, Eq)]
pub struct Mend {
    /// The patches, at least one.
    pub patches: Vec<Patch>,
}

/// What is written is private: only how many patches there are can be printed.
impl fmt::Debug for Mend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mend({} patches)", self.patches.len())
    }
}

impl fmt::Debug for Patch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Patch({:?})", self.bytes)
    }
}

impl Patch {
    pub(super) fn new(bytes: Range<usize>, with: impl Into<String>) -> Self {
        Self { bytes, with: with.into() }
    }

    /// Two insertions at the same point overlap too: nobody knows which comes first.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let (a, b) = (&self.bytes, &other.bytes);
        a.start < b.end && b.start < a.end || a.start == b.start
    }

    pub(super) fn remove(bytes: Range<usize>) -> Self {
        Self::new(bytes, "")
    }
}

impl Mend {
    pub(super) fn of(mut patches: Vec<Patch>) -> Self {
        patches.sort_by_key(|patch| (patch.bytes.start, patch.bytes.end));
        Self { patches }
    }

    /// The text with all patches made.
    pub fn apply(&self, text: &str) -> String {
        let mut mended = String::with_capacity(text.len());
        let mut at = 0;
        for patch in &self.patches {
            mended.push_str(text.get(at..patch.bytes.start).unwrap_or_default());
            mended.push_str(&patch.with);
            at = patch.bytes.end;
        }
        mended.push_str(text.get(at..).unwrap_or_default());
        mended
    }
}
