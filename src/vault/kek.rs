//! A key-encryption key (KEK) and its line in the key file: `bindeledd-kek-1 <id> <key>`, the id in 16 hexadecimal digits and the key
//! in base64.
//!
//! The id is the first eight bytes of the SHA-256 of a label and the key. So a line in which anything was changed is noticed, and the
//! id, which stands beside everything that the key wrapped, tells nothing that helps to find the key.

use super::secret::Secret;
use crate::domain::hex;
use aws_lc_rs::digest::{Context, SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use zeroize::Zeroizing;

pub(super) const FORM: &str = "bindeledd-kek-1";
const LABEL: &[u8] = b"bindeledd kek id 1\0";
/// 32 bytes in base64, with one sign of padding.
const BASE64_BYTES: usize = 44;

/// The name of a key-encryption key: not secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KekId(pub(super) [u8; Self::BYTES]);

impl KekId {
    pub(super) const BYTES: usize = 8;

    fn of(secret: &Secret) -> Self {
        let mut context = Context::new(&SHA256);
        context.update(LABEL);
        context.update(secret.bytes());
        let mut id = [0; Self::BYTES];
        id.copy_from_slice(&context.finish().as_ref()[..Self::BYTES]);
        Self(id)
    }
}

impl fmt::Display for KekId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::text(&self.0))
    }
}

impl fmt::Debug for KekId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A key-encryption key with its id.
pub(super) struct Kek {
    pub id: KekId,
    pub secret: Secret,
}

impl Kek {
    pub(super) fn generate() -> Self {
        Self::of(Secret::generate())
    }

    fn of(secret: Secret) -> Self {
        Self { id: KekId::of(&secret), secret }
    }

    /// Reads a line, or says what is wrong with it; never with what stands there.
    pub(super) fn read(line: &str) -> Result<Self, &'static str> {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let [FORM, id, key] = words[..] else { return Err("it is not `bindeledd-kek-1`, an id and a key") };
        let id = hex::read(id).map(KekId).ok_or("the id does not have 16 hexadecimal digits")?;
        let not_a_key = "the key is not 32 bytes in base64";
        let mut bytes = Zeroizing::new([0; BASE64_BYTES]);
        let length = STANDARD.decode_slice(key, bytes.as_mut_slice()).map_err(|_| not_a_key)?;
        let kek = Self::of(Secret::copy_of(&bytes[..length]).ok_or(not_a_key)?);
        if kek.id == id { Ok(kek) } else { Err("the key is not the one that the id belongs to; a character was changed") }
    }

    /// Adds its line to a text that has room for it.
    pub(super) fn write(&self, text: &mut String) {
        text.push_str(&format!("{FORM} {} ", self.id));
        STANDARD.encode_string(self.secret.bytes(), text);
        text.push('\n');
    }

    /// No line is longer.
    pub(super) const LINE_BYTES: usize = FORM.len() + 2 * KekId::BYTES + BASE64_BYTES + 3;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_follows_from_the_key_as_it_always_did() {
        let secret = Secret::copy_of(&std::array::from_fn::<u8, 32, _>(|at| at as u8)).expect("32 bytes");
        // hashlib.sha256(b"bindeledd kek id 1\0" + bytes(range(32))).hexdigest()[:16]
        assert_eq!(KekId::of(&secret).to_string(), "382f5c35482207af");
    }

    #[test]
    fn a_line_is_read_as_it_was_written_and_no_longer_than_it_may_be() {
        let kek = Kek::generate();
        let mut line = String::new();
        kek.write(&mut line);
        assert_eq!(line.len(), Kek::LINE_BYTES);
        let read = Kek::read(&line).unwrap_or_else(|wrong| panic!("{wrong}"));
        assert!(read.id == kek.id && read.secret.bytes() == kek.secret.bytes());
    }

    #[test]
    fn every_changed_character_of_a_line_is_noticed() {
        let mut line = String::new();
        Kek::generate().write(&mut line);
        let line = line.trim_end();
        for at in 0..line.len() {
            let (was, in_id) = (line.as_bytes()[at], (FORM.len()..FORM.len() + 17).contains(&at));
            // A letter of the id in the other case is the same digit.
            let same = |other: u8| other == was || in_id && other.eq_ignore_ascii_case(&was);
            for other in (b'!'..=b'~').filter(|other| !same(*other)) {
                let mut changed = line.as_bytes().to_vec();
                changed[at] = other;
                assert!(Kek::read(&String::from_utf8_lossy(&changed)).is_err(), "character {at} as {}", char::from(other));
            }
        }
    }
}
