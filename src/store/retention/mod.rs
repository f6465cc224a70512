//! Removes what was kept long enough: content by the month with its key, metadata by the message, lines of the history by whole seals.
//! Each in short transactions, with a line that says what went; what is held, or still needed, stays.

mod proofs;
mod holds;
mod content;
mod metadata;
mod lines;
mod plan;
mod prune;

pub use holds::{HoldRow, OnHold, ToHold};
pub use plan::{KeptBack, PlanRow};
pub use prune::{Pruned, Removing};
