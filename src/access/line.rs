//! One line of the history with what it is about.

use crate::domain::{DeliveryId, MessageId, Timestamp, TrackingId};
use serde_json::Value;

/// One line of the history.
#[derive(Clone, Debug)]
pub struct LogLine {
    /// Its number; lines are numbered from 1 without a gap.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// The message that it is about, if it is about one.
    pub message: Option<(MessageId, TrackingId)>,
    /// The delivery of it.
    pub delivery: Option<DeliveryId>,
    /// What happened.
    pub what: String,
    /// Why, in words.
    pub why: String,
    /// Who did it or asked for it; `None` when the gateway did it by itself.
    pub who: Option<String>,
    /// Names and values.
    pub facts: Option<Value>,
}

impl LogLine {
    /// A particular that is a word.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.facts.as_ref()?.get(name)?.as_str()
    }
}
