//! MsgHead 1.2 (hodemelding, HIS 80601): the envelope of most message types. It carries content and does not open it.

pub mod model;
mod read;
mod view;
pub mod rules;
mod write;

pub use read::{Missing, contents, read};
pub use view::{Check, HeadView, MANY};
pub use write::write;

/// Namespace of signatures.
const XMLDSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The plain lines of `Address`, in the order of the schema.
const ADDRESS_LINES: [&str; 4] = ["StreetAdr", "PostalCode", "City", "Postbox"];
