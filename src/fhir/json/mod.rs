//! JSON (RFC 8259) without loss: members in their order, numbers as they are written, texts borrowed where nothing is escaped.

mod limits;

mod trouble;

mod number;

mod tree;

mod scan;

mod quick;

mod events;

mod read;

mod write;

#[cfg(test)]
mod promises;

pub(in crate::fhir) use events::{Cursor, Events, Token};
pub use limits::{Limit, Limits};
pub use number::Number;
pub use read::read;
pub use tree::{Json, Object, array};
pub use trouble::{Malformed, Trouble, TroubleKind};
pub(crate) use write::write_text;
