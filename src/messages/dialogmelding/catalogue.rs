//! The catalogue of dialogmelding: one row for each version.

use crate::messages::kind::{MessageRole, MessageType};
use crate::routing::AppRecVersion;

const fn dialogmelding(version: &'static str, namespace: &'static str, apprec: AppRecVersion) -> MessageType {
    MessageType {
        family: "dialogmelding",
        // Any code: the list of DIALOG_* types grows, and the profile is not our business on the way.
        code: "",
        version,
        namespace,
        root: "Dialogmelding",
        apprec,
        needs_patient: true,
        role: MessageRole::Business,
    }
}

/// Both versions.
pub static TYPES: &[MessageType] = &[
    dialogmelding("1.0", "http://www.kith.no/xmlstds/dialog/2006-10-11", AppRecVersion::V1_0),
    dialogmelding("1.1", "http://www.kith.no/xmlstds/dialog/2013-01-23", AppRecVersion::V1_1),
];
