//! The pseudonym of a patient: what indexes hold in the place of an identity number.
//!
//! The first 16 bytes of HMAC-SHA-256, under a key of its own, of a label, the system of the identifier and the identifier. The same
//! identifier gives the same pseudonym, so that all messages about a patient are found by whoever knows the number.
//!
//! **What it protects against:** whoever has the database alone cannot tell who a pseudonym is, and cannot find out by trying.
//!
//! **What it does not:** whoever has the key as well tries all identity numbers within minutes. Which messages are about the same
//! patient, and how many there are, is seen without the key. So a pseudonym may be shown to an operator, and is still about a person:
//! it is personal data.
//!
//! The key cannot be formatted:
//!
//! ```
//! let key = bindeledd::vault::PseudonymKey::from_secret(&bindeledd::vault::Secret::generate());
//! drop(key);
//! ```
//!
//! ```compile_fail
//! let key = bindeledd::vault::PseudonymKey::from_secret(&bindeledd::vault::Secret::generate());
//! println!("{key:?}");
//! ```

use super::secret::Secret;
use crate::domain::Private;
use crate::domain::hex;
use aws_lc_rs::hmac::{Context, HMAC_SHA256, Key};
use std::fmt;
use std::str::FromStr;

const LABEL: &[u8] = b"bindeledd pseudonym 1\0";
/// Of every identity number of Norway (HIS 1001).
const PERSON_NUMBER_DIGITS: usize = 11;

/// The key by which pseudonyms are made. Another key gives other pseudonyms: it is not changed as long as
/// what was indexed under it is to be found.
pub struct PseudonymKey(Key);

/// The pseudonym of a patient. 16 bytes: two patients in a thousand million have the same by a chance of less than 2⁻⁶⁸.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pseudonym(pub [u8; Self::BYTES]);

/// The text is no pseudonym: 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotAPseudonym;

impl PseudonymKey {
    /// The secret must be for this alone.
    pub fn from_secret(secret: &Secret) -> Self {
        Self(Key::new(HMAC_SHA256, secret.bytes()))
    }

    /// The pseudonym for an identifier of a system (an OID with or without `urn:oid:`, or a URI); `None` when the identifier is empty,
    /// for that is nobody's.
    pub fn pseudonym(&self, system: &str, identifier: &Private<String>) -> Option<Pseudonym> {
        let (system, identifier) = (plain_system(system), plain_identifier(identifier.expose())?);
        let mut context = Context::with_key(&self.0);
        context.update(LABEL);
        // The length parts the two, whatever they hold.
        context.update(&(system.len() as u64).to_be_bytes());
        context.update(system.as_bytes());
        context.update(identifier.as_bytes());
        let mut bytes = [0; Pseudonym::BYTES];
        bytes.copy_from_slice(&context.sign().as_ref()[..Pseudonym::BYTES]);
        Some(Pseudonym(bytes))
    }
}

/// An OID is the same as a URN; other URIs are compared as they are written.
fn plain_system(system: &str) -> &str {
    let (system, urn) = (system.trim(), "urn:oid:");
    match system.split_at_checked(urn.len()) {
        Some((prefix, oid)) if prefix.eq_ignore_ascii_case(urn) => oid,
        _ => system,
    }
}

/// Identity numbers are written with blanks and dots that do not count (R-060); in others, only case and surrounding blanks do not.
fn plain_identifier(identifier: &str) -> Option<String> {
    let bare: String = identifier.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let is_number = bare.len() == PERSON_NUMBER_DIGITS && bare.bytes().all(|byte| byte.is_ascii_digit());
    let plain = if is_number { bare } else { identifier.trim().to_uppercase() };
    (!plain.is_empty()).then_some(plain)
}

impl Pseudonym {
    /// Half of the digest.
    pub const BYTES: usize = 16;
}

impl fmt::Display for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::text(&self.0))
    }
}

impl fmt::Debug for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for NotAPseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pseudonym has 32 hexadecimal digits")
    }
}

impl std::error::Error for NotAPseudonym {}

impl FromStr for Pseudonym {
    type Err = NotAPseudonym;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        hex::read(&text.to_ascii_lowercase()).map(Self).ok_or(NotAPseudonym)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FNR: &str = "urn:oid:2.16.578.1.12.4.1.4.1";
    const DUF: &str = "urn:oid:2.16.578.1.12.4.1.4.5";

    fn key(first: u8) -> PseudonymKey {
        let bytes: Vec<u8> = (first..first + 32).collect();
        PseudonymKey::from_secret(&Secret::copy_of(&bytes).expect("32 bytes"))
    }

    fn of(system: &str, identifier: &str) -> Option<Pseudonym> {
        key(0).pseudonym(system, &Private::new(identifier.to_string()))
    }

    #[test]
    fn a_pseudonym_is_what_another_implementation_makes_of_the_same() {
        // system = b"2.16.578.1.12.4.1.4.1"
        // data = b"bindeledd pseudonym 1\0" + len(system).to_bytes(8, "big") + system + b"01815000274"
        // hmac.new(bytes(range(32)), data, "sha256").hexdigest()[:32]
        assert_eq!(of(FNR, "01815000274").map(|made| made.to_string()).as_deref(), Some("9619ae57627fdd06f2552081ece8a028"));
    }

    #[test]
    fn hmac_gives_what_rfc_4231_says() {
        let key = Key::new(HMAC_SHA256, b"Jefe");
        let mut context = Context::with_key(&key);
        context.update(b"what do ya want ");
        context.update(b"for nothing?");
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&context.sign().as_ref()[..16]);
        assert_eq!(Pseudonym(bytes).to_string(), "5bdcc146bf60754e6a042426089575c7", "4.3, test case 2");
    }

    #[test]
    fn one_identifier_has_one_pseudonym_however_it_is_written() {
        let one = of(FNR, "01815000274");
        for system in [FNR, "2.16.578.1.12.4.1.4.1", "URN:OID:2.16.578.1.12.4.1.4.1", " 2.16.578.1.12.4.1.4.1 "] {
            for written in ["01815000274", "018150 00274", " 018150.00274 ", "018150\u{a0}00274"] {
                assert_eq!(of(system, written), one, "{system} {written}");
            }
        }
        assert_eq!(of(DUF, " ab-1.2 "), of(DUF, "AB-1.2"));
    }

    #[test]
    fn another_identifier_system_or_key_gives_another_pseudonym() {
        let all = [
            of(FNR, "01815000274"),
            of(FNR, "01815000275"),
            of(DUF, "01815000274"),
            of("", "01815000274"),
            of(FNR, "0181500027"),
            of(FNR, "AB12"),
            of(FNR, "AB 12"),
            of(FNR, "A B12"),
            // The border between system and identifier cannot be moved.
            of("2.16.578.1.12.4.1.4.10181500027", "4"),
            key(1).pseudonym(FNR, &Private::new("01815000274".to_string())),
        ];
        let different: std::collections::BTreeSet<_> = all.iter().flatten().collect();
        assert_eq!(different.len(), all.len());
    }

    #[test]
    fn nobody_has_no_pseudonym() {
        for nothing in ["", " ", "\u{a0}\n"] {
            assert_eq!(of(FNR, nothing), None);
        }
    }

    #[test]
    fn it_is_shown_and_read_as_digits() {
        let pseudonym = Pseudonym([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 171, 205, 239, 254, 255]);
        let shown = "000102030405060708090aabcdeffeff";
        assert_eq!(pseudonym.to_string(), shown);
        assert_eq!(format!("{pseudonym:?}"), shown);
        assert_eq!(shown.parse(), Ok(pseudonym));
        assert_eq!(shown.to_uppercase().parse(), Ok(pseudonym));
        for other in [
            "",
            &shown[1..],
            "0000102030405060708090aabcdeffeff",
            "+00102030405060708090aabcdeffeff",
            "æ00102030405060708090aabcdeffef",
        ] {
            assert_eq!(other.parse::<Pseudonym>(), Err(NotAPseudonym), "{other}");
        }
    }
}
