//! What a finding may show of what it found. Only harmless things can be put in: no free text of the message ever.

use crate::domain::{Address, HerId, Language, MsgId};
use std::fmt;

/// A harmless detail: a HER-id, a count with its unit, a code, or our own words. In English, and in bokmål for the AppRec,
/// which a clinician reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Detail {
    en: String,
    nb: String,
}

impl Detail {
    const CODE_MAX_BYTES: usize = 64;

    /// Our own words.
    pub fn words(en: &'static str, nb: &'static str) -> Self {
        Self { en: en.into(), nb: nb.into() }
    }

    /// A HER-id.
    pub fn her_id(her_id: HerId) -> Self {
        Self::same(format!("HER-id {her_id}"))
    }

    /// An address on two levels.
    pub fn address(address: Address) -> Self {
        Self::same(format!("HER-id {address}"))
    }

    /// A MsgId, shown only when it is a UUID.
    pub fn msg_id(msg_id: &MsgId) -> Self {
        if msg_id.is_uuid() {
            return Self::same(format!("MsgId {msg_id}"));
        }
        let characters = msg_id.as_written().chars().count();
        Self { en: format!("not a UUID, {characters} characters"), nb: format!("ikke en UUID, {characters} tegn") }
    }

    /// A number and what it counts.
    pub fn count(number: u64, en: &'static str, nb: &'static str) -> Self {
        Self { en: format!("{number} {en}"), nb: format!("{number} {nb}") }
    }

    /// More than a limit allows, with the name of the limit in the configuration.
    pub fn more_than(allowed: u64, limit: &'static str, en: &'static str, nb: &'static str) -> Self {
        Self { en: format!("more than {allowed} {en}, {limit}"), nb: format!("mer enn {allowed} {nb}, {limit}") }
    }

    /// A code or version literal as the message has it, shown only if it looks like one: a person's number or a name does not.
    pub fn code(code: &str) -> Self {
        let looks_like_a_code = code.len() <= Self::CODE_MAX_BYTES
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b' '))
            && code.bytes().filter(u8::is_ascii_digit).count() <= 10
            && !code.trim().contains("  ")
            && (code.bytes().all(|b| !b.is_ascii_lowercase()) || !code.contains(' ') || code.starts_with('v'));
        match (code.is_empty(), looks_like_a_code) {
            (true, _) => Self::words("(empty)", "(tom)"),
            (false, true) => Self::same(format!("'{code}'")),
            (false, false) => Self::hidden(code),
        }
    }

    /// What stands where an OID should, shown only if it is made of digits and points, and short enough to be no person's number.
    pub fn oid(written: &str) -> Self {
        let longest = written.split('.').map(str::len).max().unwrap_or(0);
        let harmless = written.bytes().all(|b| b.is_ascii_digit() || b == b'.') && longest <= 8;
        if harmless && written.len() <= Self::CODE_MAX_BYTES {
            Self::same(format!("'{written}'"))
        } else {
            Self::hidden(written)
        }
    }

    /// Takes back what was stored; it was harmless when it was made.
    pub fn from_store(en: String, nb: String) -> Self {
        Self { en, nb }
    }

    /// The detail in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Nb | Language::Nn => &self.nb,
        }
    }

    fn hidden(text: &str) -> Self {
        let characters = text.chars().count();
        Self { en: format!("(not shown, {characters} characters)"), nb: format!("(vises ikke, {characters} tegn)") }
    }

    fn same(text: String) -> Self {
        Self { en: text.clone(), nb: text }
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
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
        assert_eq!(Detail::oid("2.16.578.1.12.4.1.1.9121").to_string(), "'2.16.578.1.12.4.1.1.9121'");
        assert_eq!(Detail::oid("01815000274").to_string(), "(not shown, 11 characters)");
        assert_eq!(Detail::code("").to_string(), "(empty)");
        assert_eq!(Detail::code("Stille Fjord").in_language(Language::Nb), "(vises ikke, 12 tegn)");
    }
}
