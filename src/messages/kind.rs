//! What a message type is: a plain row of names. The catalogues are lists of them.

use crate::routing::AppRecVersion;

/// The two roles that change the path of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageRole {
    /// A business message (fagmelding): delivered, and answered with an AppRec.
    Business,
    /// An application receipt: matched to what it answers.
    Receipt,
}

/// One type of message in one version.
#[derive(PartialEq, Eq, Debug)]
pub struct MessageType {
    /// The family: `plo`, `dialogmelding`, `apprec`, `opaque`; the folder under `messages`, `schemas` and `fixtures`.
    pub family: &'static str,
    /// `MsgInfo/Type/@V`; empty where any code fits.
    pub code: &'static str,
    /// Version of the content: `1.5`, `1.6`; empty for content that we only carry.
    pub version: &'static str,
    /// Namespace of the content's root.
    pub namespace: &'static str,
    /// Local name of the content's root.
    pub root: &'static str,
    /// The AppRec version that belongs to it (HITS 1168).
    pub apprec: AppRecVersion,
    /// Whether the standard demands a patient.
    pub needs_patient: bool,
    /// Its role.
    pub role: MessageRole,
}

impl MessageType {
    /// For people: `plo 1.6`, `apprec 1.1`, `opaque`.
    pub fn label(&self) -> String {
        if self.version.is_empty() { self.family.into() } else { format!("{} {}", self.family, self.version) }
    }
}
