//! The application receipt (applikasjonskvittering, AppRec 1.0 and 1.1; HIS 80415, HITS 1168): reads, judges, composes, writes.

mod codes;
pub mod model;
mod read;
mod view;
pub mod rules;
mod compose;
mod write;

use super::kind::{MessageRole, MessageType};
use crate::routing::AppRecVersion;

pub use codes::{error_code, error_text};
pub use compose::{Answer, compose};
pub use read::{Missing, read};
pub use view::AppRecView;
pub use write::write;

/// The plain lines of `Address`, in the order of the schema.
const ADDRESS_LINES: [&str; 3] = ["StreetAdr", "PostalCode", "City"];

const fn apprec(version: AppRecVersion, label: &'static str, namespace: &'static str) -> MessageType {
    MessageType {
        family: "apprec",
        code: "APPREC",
        version: label,
        namespace,
        root: "AppRec",
        apprec: version,
        needs_patient: false,
        role: MessageRole::Receipt,
    }
}

/// Both versions.
pub static TYPES: &[MessageType] = &[
    apprec(AppRecVersion::V1_0, "1.0", "http://www.kith.no/xmlstds/apprec/2004-11-21"),
    apprec(AppRecVersion::V1_1, "1.1", "http://www.kith.no/xmlstds/apprec/2012-02-15"),
];
