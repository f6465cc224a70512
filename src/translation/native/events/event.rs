//! One event: its code, and how its message is made.

use super::super::work::Work;
use crate::domain::Text;

/// One event.
pub(in crate::translation::native) struct Event {
    /// Its code in list 8279.
    pub code: &'static str,
    /// What a sender gives at least.
    pub needs: Text,
    /// What it becomes.
    pub becomes: &'static str,
    /// Makes the message; `None` when something was told that makes it impossible.
    pub make: fn(&Work<'_>) -> Option<String>,
}
