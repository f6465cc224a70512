//! What a person says for the history: why something was done, what something was looked up for.

use crate::domain::{Actor, PersonNumber};

/// The longest reason, in characters.
const MAX_CHARACTERS: usize = 200;

/// A reason stands in the history for good, and partners can read it there. In words what is wrong with it.
pub(super) fn is_good(reason: &str) -> Result<(), &'static str> {
    let digits: String = reason.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    let numbers = digits.split(|c: char| !c.is_ascii_digit());
    if reason.trim().is_empty() {
        return Err("the reason is empty; say in some words what it is for");
    }
    if reason.chars().count() > MAX_CHARACTERS || reason.chars().any(char::is_control) {
        return Err("the reason is longer than 200 characters, or has more than one line");
    }
    if numbers.clone().any(|number| number.len() == 11 && PersonNumber::parse(number).is_some()) {
        return Err(
            "the reason holds the identity number of a person; it would stand in the history, which is never changed",
        );
    }
    Ok(())
}

/// The account that runs this command. It is as sure as the machine is of its accounts.
pub(super) fn actor() -> Actor {
    let account = whoami::username().unwrap_or_default();
    Actor::account(&account, std::env::var("SUDO_USER").ok().as_deref())
}

#[cfg(test)]
mod tests {
    use super::is_good;

    #[test]
    fn a_reason_is_some_words_without_an_identity_number() {
        assert_eq!(is_good("the hospital's server was down; case 2026-117"), Ok(()));
        assert!(is_good("  ").is_err());
        assert!(is_good("two\nlines").is_err());
        for number in ["14854131010", "148541 31010", "148541-31010", "for 14854131010!"] {
            assert!(is_good(number).is_err(), "{number}");
        }
    }
}
