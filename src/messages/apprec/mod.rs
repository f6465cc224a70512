//! The application receipt (applikasjonskvittering, AppRec 1.0 and 1.1; HIS 80415, HITS 1168): reads, judges, composes, writes.

mod catalogue;
mod codes;
pub mod model;
mod read;
mod view;
pub mod rules;
mod compose;
mod write;

pub use catalogue::TYPES;
pub use codes::{error_code, error_text};
pub use compose::{Answer, compose};
pub use read::{Missing, read};
pub use view::AppRecView;
pub use write::write;

/// The plain lines of `Address`, in the order of the schema.
const ADDRESS_LINES: [&str; 3] = ["StreetAdr", "PostalCode", "City"];
