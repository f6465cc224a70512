//! The message log and the queue in one database; the only place with SQL.
//!
//! Every method of [`Store`] is one transaction. Many transactions share one commit: `writer` groups them, so that a busy
//! gateway waits for the disk once for many messages.

mod db;
mod columns;
mod marks;
mod migrate;
mod writer;
mod chain;
mod particulars;
mod history;
mod months;
mod safe;
mod content;
mod clear_content;
mod open;
mod seals;
mod removals;
mod verification;
mod in_force;
mod rotation;
mod patients;
mod person;
mod look_ups;
mod content_looks;
mod export;
mod retention;
mod moving;
mod line;
mod words;
mod outcome;
mod inbox;
mod pauses;
mod queue;
mod original;
mod conversation;
mod earlier;
mod parcel;
mod numbers;
mod views;
mod search;
mod operator;
#[cfg(test)]
mod journeys;

pub use chain::{Broken, Head, Verified};
pub use content_looks::{Look, Part};
pub use db::{Home, Server, SimulatedDisk, UrlTrouble};
pub use in_force::InForce;
pub use inbox::{NewMessage, Stored, Unjudged, Why};
pub use look_ups::{Found, Question, Wanted};
pub use moving::{Came, Ended as MoveEnded, Move, Step};
pub use numbers::Numbers;
pub use open::{Store, StoreOptions};
pub use pauses::{PauseRow, ToPause, Waiting};
pub use person::Linked;
pub use queue::{Claimed, Ended, NotAtHand, OpenAttempt, Slots};
pub use retention::{HoldRow, KeptBack, OnHold, PlanRow, Pruned, Removing, ToHold};
pub use rotation::KeyRow;
pub use safe::Keys;
pub use search::MessageFilter;
pub use verification::Noted;
pub use views::{AttemptRow, DeliveryFilter, DeliveryRow, FindingRow, HistoryRow, MessageDetail, MessageRow};
pub use words::told_again;
pub use writer::{Crash, CrashPlan};
