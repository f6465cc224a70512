//! Bearer tokens: which partner it is. Only hashes are kept, so that a configuration that leaks lets nobody in.

use crate::domain::PartnerName;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};

/// SHA-256 of a token.
#[derive(Clone, Copy)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash of a token. Tokens are long and random, so a plain hash is enough: there is nothing to guess.
    pub fn of(token: &str) -> Self {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes());
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest.as_ref());
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        let mut bytes = [0; 32];
        if digits.len() != 2 * bytes.len() {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let value = |digit: u8| char::from(digit).to_digit(16).and_then(|v| u8::try_from(v).ok());
            *byte = 16 * value(pair[0])? + value(pair[1])?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl PartialEq for TokenHash {
    /// In constant time: how long it takes says nothing of how much was right.
    fn eq(&self, other: &Self) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

impl Eq for TokenHash {}

impl Hash for TokenHash {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// All tokens. A partner may have several, so that they can be changed without a moment of silence.
#[derive(Default)]
pub struct Tokens(HashMap<TokenHash, PartnerName>);

/// Why a request carries no known token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoPartner {
    /// It shows none.
    Missing,
    /// It shows one that nobody has.
    Unknown,
}

impl Tokens {
    /// Adds a token; gives the partner that has the same one already, if that is another.
    pub fn add(&mut self, hash: TokenHash, partner: PartnerName) -> Result<(), PartnerName> {
        match self.0.get(&hash) {
            Some(other) if *other != partner => Err(other.clone()),
            _ => {
                self.0.insert(hash, partner);
                Ok(())
            }
        }
    }

    /// The partner whose token a request shows as `Authorization: Bearer …`.
    pub fn partner(&self, headers: &HeaderMap) -> Result<&PartnerName, NoPartner> {
        let mut shown = headers.get_all(AUTHORIZATION).iter();
        let (Some(value), None) = (shown.next(), shown.next()) else { return Err(NoPartner::Missing) };
        let (scheme, token) = value.to_str().ok().and_then(|v| v.trim().split_once(' ')).ok_or(NoPartner::Missing)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(NoPartner::Missing);
        }
        self.0.get(&TokenHash::of(token.trim())).ok_or(NoPartner::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partner(name: &str) -> PartnerName {
        PartnerName::parse(name).unwrap()
    }

    fn headers(values: &[&str]) -> HeaderMap {
        values.iter().map(|v| (AUTHORIZATION, v.parse().unwrap())).collect()
    }

    #[test]
    fn a_partner_is_known_by_each_of_its_tokens_and_by_nothing_else() {
        let mut tokens = Tokens::default();
        tokens.add(TokenHash::of("old"), partner("gp")).unwrap();
        tokens.add(TokenHash::of("new"), partner("gp")).unwrap();
        for shown in ["Bearer old", "bearer new", "BEARER  new "] {
            assert_eq!(tokens.partner(&headers(&[shown])), Ok(&partner("gp")), "{shown}");
        }
        for shown in ["Bearer ol", "Bearer old2", "Bearer ", "Bearer OLD"] {
            assert!(tokens.partner(&headers(&[shown])).is_err(), "{shown}");
        }
        for shown in [&["old"][..], &["Basic old"], &[], &["Bearer old", "Bearer new"]] {
            assert_eq!(tokens.partner(&headers(shown)), Err(NoPartner::Missing), "{shown:?}");
        }
    }

    #[test]
    fn no_two_partners_can_have_the_same_token() {
        let mut tokens = Tokens::default();
        tokens.add(TokenHash::of("t"), partner("gp")).unwrap();
        assert_eq!(tokens.add(TokenHash::of("t"), partner("hospital")), Err(partner("gp")));
        assert_eq!(tokens.add(TokenHash::of("t"), partner("gp")), Ok(()));
    }

    #[test]
    fn a_hash_is_read_back_as_it_is_shown_and_is_sha_256() {
        let hash = TokenHash::of("abc");
        assert_eq!(hash.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(TokenHash::parse(&hash.to_string().to_uppercase()) == Some(hash));
        assert!(TokenHash::parse("ba78").is_none() && TokenHash::parse(&"g".repeat(64)).is_none());
    }
}
