//! Who did something, as the history names them: an account or a partner, never a person's name as people write it.

use super::{PartnerName, PersonNumber};
use std::fmt;

/// Who did something by hand or asked for something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor(String);

/// The longest name of an account that is shown, in characters.
const ACCOUNT_MAX_CHARACTERS: usize = 64;

impl Actor {
    /// The account of this machine that ran a command; `before` is the one that it was changed from, by sudo.
    pub fn account(name: &str, before: Option<&str>) -> Self {
        let before = before.filter(|before| *before != name);
        Self(match before {
            Some(before) => format!("account {} by sudo of {}", plain(name), plain(before)),
            None => format!("account {}", plain(name)),
        })
    }

    /// A partner's system.
    pub fn partner(partner: &PartnerName) -> Self {
        Self(format!("partner {partner}"))
    }

    /// As it stands in the history.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of an account with nothing in it that could pretend to be more, and no identity number.
fn plain(name: &str) -> String {
    if PersonNumber::parse(name).is_some() {
        return "(an identity number)".into();
    }
    let letter =
        |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '\\' | '$') { c } else { '_' };
    let plain: String = name.chars().take(ACCOUNT_MAX_CHARACTERS).map(letter).collect();
    if plain.is_empty() { "(without a name)".into() } else { plain }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_named_plainly_and_never_by_an_identity_number() {
        let of = |name, before| Actor::account(name, before).to_string();
        assert_eq!(of("drift", None), "account drift");
        assert_eq!(of("drift", Some("drift")), "account drift");
        assert_eq!(of("root", Some("kari.drift")), "account root by sudo of kari.drift");
        assert_eq!(of("KOMMUNE\\drift$", None), "account KOMMUNE\\drift$");
        assert_eq!(of("a b\nc", None), "account a_b_c");
        assert_eq!(of("14854131010", None), "account (an identity number)");
        assert_eq!(of("", None), "account (without a name)");
    }
}
