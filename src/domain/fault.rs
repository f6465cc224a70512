//! Our own trouble: what the operator must mend, and what a partner must never be blamed for.

use std::fmt;

/// A fault has two faces. `Display` shows the public one; the inner one is for the operator's log.
#[derive(Debug)]
pub struct Fault {
    kind: FaultKind,
    inner: String,
}

/// What a caller may do about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FaultKind {
    /// It may pass by itself: try again.
    Passing,
    /// The disk is full or cannot be written.
    StorageFull,
    /// Somebody must change something first.
    Lasting,
}

impl Fault {
    /// A fault that may pass by itself.
    pub fn passing(inner: impl fmt::Display) -> Self {
        Self { kind: FaultKind::Passing, inner: inner.to_string() }
    }

    /// A fault that lasts until somebody mends it.
    pub fn lasting(inner: impl fmt::Display) -> Self {
        Self { kind: FaultKind::Lasting, inner: inner.to_string() }
    }

    /// No room, or no right, to write.
    pub fn storage_full(inner: impl fmt::Display) -> Self {
        Self { kind: FaultKind::StorageFull, inner: inner.to_string() }
    }

    /// The same fault for another who waited for the same thing.
    pub fn copy(&self) -> Self {
        Self { kind: self.kind, inner: self.inner.clone() }
    }

    /// The same fault, and what it kept from being done.
    #[must_use]
    pub fn within(self, what: impl fmt::Display) -> Self {
        Self { kind: self.kind, inner: format!("{what}: {}", self.inner) }
    }

    /// The same fault where it may pass by itself, whatever it looks like.
    #[must_use]
    pub fn that_may_pass(self) -> Self {
        Self { kind: FaultKind::Passing, inner: self.inner }
    }

    /// The kind.
    pub fn kind(&self) -> FaultKind {
        self.kind
    }

    /// What happened, in the machine's words; made by our own code and libraries, never from the content of a message.
    pub fn inner(&self) -> &str {
        &self.inner
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            FaultKind::Passing => "the gateway could not do this now; nothing is wrong with the message; try again",
            FaultKind::StorageFull => {
                "the gateway cannot store anything now; nothing is wrong with the message; try again later"
            }
            FaultKind::Lasting => "the gateway has a fault that its operator must mend; nothing is wrong with the message",
        })
    }
}

impl std::error::Error for Fault {}
