//! What a finding may show of what it found. Only harmless things can be put in: no free text of the message ever.

use crate::domain::{Address, HerId, MsgId};
use std::fmt;

/// A harmless detail: a HER-id, a count with its unit, a code, or our own words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Detail(String);

impl Detail {
    const CODE_MAX_BYTES: usize = 64;

    /// Our own words.
    pub fn words(words: &'static str) -> Self {
        Self(words.into())
    }

    /// A HER-id.
    pub fn her_id(her_id: HerId) -> Self {
        Self(format!("HER-id {her_id}"))
    }

    /// An address on two levels.
    pub fn address(address: Address) -> Self {
        Self(format!("HER-id {address}"))
    }

    /// A MsgId, shown only when it is a UUID.
    pub fn msg_id(msg_id: &MsgId) -> Self {
        Self(format!("MsgId {msg_id}"))
    }

    /// A number and what it counts.
    pub fn count(number: u64, unit: &'static str) -> Self {
        Self(format!("{number} {unit}"))
    }

    /// A code or version literal as the message has it, shown only if it looks like one: a person's number or a name does not.
    pub fn code(code: &str) -> Self {
        let looks_like_a_code = code.len() <= Self::CODE_MAX_BYTES
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b' '))
            && code.bytes().filter(u8::is_ascii_digit).count() <= 10
            && !code.trim().contains("  ")
            && (code.bytes().all(|b| !b.is_ascii_lowercase()) || !code.contains(' ') || code.starts_with('v'));
        Self(match (code.is_empty(), looks_like_a_code) {
            (true, _) => "(empty)".into(),
            (false, true) => format!("'{code}'"),
            (false, false) => format!("(not shown, {} characters)", code.chars().count()),
        })
    }

    /// Two details, one after the other.
    pub fn and(self, other: Self) -> Self {
        Self(format!("{}, {}", self.0, other.0))
    }

    /// Takes back what was stored; it was harmless when it was made.
    pub fn from_store(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_shown_and_what_may_be_a_person_is_not() {
        assert_eq!(Detail::code("LOG_INNLAGT").to_string(), "'LOG_INNLAGT'");
        assert_eq!(Detail::code("v1.1 2006-02-15").to_string(), "'v1.1 2006-02-15'");
        assert_eq!(Detail::code("01815000274").to_string(), "(not shown, 11 characters)");
        assert_eq!(Detail::code("Stille Fjord").to_string(), "(not shown, 12 characters)");
        assert_eq!(Detail::code("Tapper Måke").to_string(), "(not shown, 11 characters)");
        assert_eq!(Detail::code("").to_string(), "(empty)");
    }
}
