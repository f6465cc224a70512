//! What one attempt to hand a parcel over can come to. A transport classifies; it never decides what happens next.

use crate::domain::Private;
use std::fmt;

/// The receiver's system took it: what we can show for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// What the transport can show: an HTTP status, a file name made of ids.
    pub proof: Cause,
    /// What the receiver's system answered in the same breath, where its transport can do that.
    pub answer: Option<AnswerAtOnce>,
}

impl Evidence {
    /// Proof, and no answer beside it.
    pub fn new(proof: Cause) -> Self {
        Self { proof, answer: None }
    }
}

/// A message that came back with the receipt for one: an AppRec. It has still to be taken in like any arrival.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerAtOnce(pub Private<Vec<u8>>);

impl fmt::Debug for AnswerAtOnce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnswerAtOnce(..)")
    }
}

/// The receiver's system could not take it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DeliveryFailure {
    /// It may go better later: refused connection, 503, disk full.
    Temporary(Cause),
    /// It will not go better by itself: 404, 401, no such folder.
    Permanent(Cause),
    /// The bytes went out and no answer came: it may have arrived. Sending again is safe because the MsgId tells.
    Unknown(Cause),
}

impl DeliveryFailure {
    /// The word for it in the store and in what people read.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Temporary(_) => "temporary",
            Self::Permanent(_) => "permanent",
            Self::Unknown(_) => "unknown",
        }
    }

    /// Why.
    pub fn cause(&self) -> &Cause {
        match self {
            Self::Temporary(cause) | Self::Permanent(cause) | Self::Unknown(cause) => cause,
        }
    }
}

/// Why, in words that are safe to show: made by the transport from statuses and error kinds, never from a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cause(String);

impl Cause {
    const MAX_CHARACTERS: usize = 200;

    /// Takes the words of a transport, cut to 200 characters, without control characters, and with every run of six or
    /// more digits blotted out: a library's error text may repeat what the other side said.
    pub fn new(words: impl fmt::Display) -> Self {
        let mut safe = String::new();
        let mut digits = 0;
        for c in words.to_string().chars().take(Self::MAX_CHARACTERS) {
            digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
            if digits == 6 {
                safe.truncate(safe.len() - 5);
                safe.push('…');
            } else if digits < 6 {
                safe.push(if c.is_control() { ' ' } else { c });
            }
        }
        Self(safe)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_short_and_holds_no_long_number() {
        assert_eq!(Cause::new("HTTP 503 from 127.0.0.1:8080").to_string(), "HTTP 503 from 127.0.0.1:8080");
        assert_eq!(Cause::new("no such patient 01815000274\n!").to_string(), "no such patient … !");
        assert_eq!(Cause::new("x".repeat(500)).to_string().len(), 200);
    }
}
