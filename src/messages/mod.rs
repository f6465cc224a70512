//! What we know of each message type: one folder each, and the list of all of them in `recognise`.

pub mod kind;
pub mod coded;
mod fields;
mod place;
pub mod bindings;
mod content;
mod survey;
pub mod arrival_rules;
pub mod msghead;
pub mod identifiers;
pub mod addressing;
pub mod apprec;
pub mod values;
pub mod schemas;
pub mod conversation;
pub mod plo;
pub mod dialogmelding;
pub mod attachments;
pub mod epj;
pub mod opaque;
mod judging;
mod recognise;
mod read;

pub use conversation::{Conversation, Turn};
pub use judging::Judging;
pub use kind::{MessageRole, MessageType};
pub use place::PREFIXES;
pub use read::{Body, Parsed, Unreadable, read, recall, reread};
pub use recognise::{all_rules, all_types};
