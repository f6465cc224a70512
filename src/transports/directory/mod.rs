//! Directory: messages as files in a folder, for systems that drop and fetch files.
//!
//! In: `<path>/*.xml` is read when it has lain still, and then moved to `taken/`, or to `refused/` beside an explanation that a
//! person can read. A file leaves its place only after the inbox has answered for it; after a crash it is read again and
//! gets the same receipt. Out: written under a name that nobody reads, synced, and renamed.
//!
//! File names are the partner's words and may hold a person's name or number: they are never logged and never in a cause.

mod options;
mod files;
mod settling;
mod explanation;
mod filing;
mod inbound;
mod outbound;

pub use inbound::Inbound;
pub use options::{InOptions, OutOptions};
pub use outbound::Outbound;
