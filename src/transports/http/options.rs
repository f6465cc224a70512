//! What can be chosen about HTTP on the way in.

use std::time::Duration;

/// The bounds of the way in; one set for all partners.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InOptions {
    /// The largest message, in bytes.
    pub max_message_bytes: usize,
    /// Requests that are being received at a time; one more is told to come again.
    pub requests_at_once: usize,
    /// Bytes of messages that are being received at a time, all requests together.
    pub bytes_at_once: usize,
    /// The longest time in which a body must be complete.
    pub body_total: Duration,
    /// The time a body has before its speed counts.
    pub body_grace: Duration,
    /// The least speed of a body after that, in bytes a second.
    pub body_bytes_per_second: u32,
    /// How much of a body that we refuse is read and thrown away, so that the peer comes to read the answer; in bytes.
    pub drain_bytes: usize,
    /// How long that may take.
    pub drain_time: Duration,
}

impl Default for InOptions {
    fn default() -> Self {
        const MIB: usize = 1024 * 1024;
        Self {
            max_message_bytes: 20 * MIB,
            requests_at_once: 256,
            bytes_at_once: 64 * MIB,
            body_total: Duration::from_secs(300),
            body_grace: Duration::from_secs(10),
            body_bytes_per_second: 1024,
            drain_bytes: 4 * MIB,
            drain_time: Duration::from_secs(2),
        }
    }
}
