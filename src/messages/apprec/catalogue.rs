//! The catalogue of the AppRec: one row for each version.

use crate::messages::kind::{MessageRole, MessageType};
use crate::routing::AppRecVersion;

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
