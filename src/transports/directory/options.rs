//! What can be chosen about a folder.

use std::path::PathBuf;
use std::time::Duration;

/// The choices of a folder that we read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InOptions {
    /// The folder.
    pub path: PathBuf,
    /// How often we look.
    pub interval: Duration,
    /// How long size and time of a file must have been the same before we read it. A system that writes elsewhere (or as
    /// `.tmp`) and renames does not need it; it is for those that write in place.
    pub settle: Duration,
    /// The largest message, in bytes.
    pub max_message_bytes: usize,
    /// The longest wait after trouble of our own; the wait begins at `interval` and doubles.
    pub longest_wait: Duration,
}

impl InOptions {
    /// The choices for a folder with everything else as usual.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            interval: Duration::from_secs(1),
            settle: Duration::from_secs(2),
            max_message_bytes: 20 * 1024 * 1024,
            longest_wait: Duration::from_secs(60),
        }
    }
}

/// The choices of a folder that we write to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutOptions {
    /// The folder.
    pub path: PathBuf,
}

impl OutOptions {
    /// The choices for a folder.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}
