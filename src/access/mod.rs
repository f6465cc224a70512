//! Who has sent, moved or seen what: lines of the history as auditors get them.

mod line;
mod audit_event;

pub use audit_event::bundle;
pub use line::LogLine;
