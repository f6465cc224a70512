//! Content that we carry and do not open: any other message in a MsgHead.

pub mod rules;

use super::kind::{MessageRole, MessageType};
use crate::routing::AppRecVersion;

/// The type of all of them. AppRec 1.1 may answer any message with a MsgHead (HIS 80415, errata 2015).
pub static OPAQUE: MessageType = MessageType {
    family: "opaque",
    code: "",
    version: "",
    namespace: "",
    root: "",
    apprec: AppRecVersion::V1_1,
    needs_patient: false,
    role: MessageRole::Business,
};
