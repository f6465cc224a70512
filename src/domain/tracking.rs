//! The tracking id: the name of a message that two people can read to each other over a telephone.
//!
//! Ten characters of Crockford's base 32 in two groups, `K7QP2-MFX9T`: nine of them random (45 bits), the last a check
//! character. There is no I, L, O or U; small letters, spaces and hyphens do not matter, and a misheard character is noticed.

use super::Chance;
use std::fmt;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// A prime below 32, so that every single wrong character (but `0` for `Z`) and every swap of neighbours changes the sum.
const CHECK_MODULUS: usize = 31;
const RANDOM_CHARACTERS: usize = 9;

/// A tracking id with a right check character.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrackingId([u8; RANDOM_CHARACTERS + 1]);

/// Why a text is no tracking id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotATrackingId {
    /// Wrong length or a character that is in no tracking id.
    Form,
    /// Right form, wrong check character: probably misread or misheard.
    CheckCharacter,
}

impl TrackingId {
    /// A new one. The store's unique index has the last word on whether it is free.
    pub fn new(chance: &dyn Chance) -> Self {
        let mut bits = chance.next_u64();
        let mut characters = [0u8; RANDOM_CHARACTERS + 1];
        for character in characters.iter_mut().take(RANDOM_CHARACTERS) {
            *character = ALPHABET[(bits & 31) as usize];
            bits >>= 5;
        }
        characters[RANDOM_CHARACTERS] = check_character(&characters);
        Self(characters)
    }

    /// Reads one as people write it.
    pub fn parse(text: &str) -> Result<Self, NotATrackingId> {
        let mut characters = [0u8; RANDOM_CHARACTERS + 1];
        let mut length = 0;
        for c in text.chars().filter(|c| !matches!(c, '-' | ' ')) {
            let c = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let byte = u8::try_from(c).ok().filter(|b| ALPHABET.contains(b)).ok_or(NotATrackingId::Form)?;
            *characters.get_mut(length).ok_or(NotATrackingId::Form)? = byte;
            length += 1;
        }
        if length != characters.len() {
            return Err(NotATrackingId::Form);
        }
        let right = characters[RANDOM_CHARACTERS] == check_character(&characters);
        right.then_some(Self(characters)).ok_or(NotATrackingId::CheckCharacter)
    }

    /// Without the hyphen, as stored.
    pub fn as_stored(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

fn check_character(characters: &[u8]) -> u8 {
    let value = |c: &u8| ALPHABET.iter().position(|a| a == c).unwrap_or(0);
    let sum: usize = characters.iter().take(RANDOM_CHARACTERS).enumerate().map(|(i, c)| (i + 1) * value(c)).sum();
    ALPHABET[sum % CHECK_MODULUS]
}

impl fmt::Display for TrackingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.as_stored().split_at(5);
        write!(f, "{first}-{second}")
    }
}

impl fmt::Debug for TrackingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Seeded;
    use super::*;

    #[test]
    fn it_is_read_back_however_it_was_written() {
        let id = TrackingId::new(&Seeded::new(1));
        let shown = id.to_string();
        for written in
            [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('0', "O").replace('1', "l")]
        {
            assert_eq!(TrackingId::parse(&written), Ok(id), "{written}");
        }
    }

    #[test]
    fn a_misheard_character_is_noticed() {
        let id = TrackingId::new(&Seeded::new(2));
        for position in 0..RANDOM_CHARACTERS {
            for other in ALPHABET {
                let mut wrong = id.0;
                let pair = [wrong[position], *other];
                wrong[position] = *other;
                let same = pair[0] == pair[1] || (pair.contains(&b'0') && pair.contains(&b'Z'));
                let text = String::from_utf8_lossy(&wrong).into_owned();
                assert_eq!(TrackingId::parse(&text).is_ok(), same, "{id} read as {text}");
            }
        }
    }

    #[test]
    fn other_texts_are_refused_for_their_form() {
        for text in ["", "K7QP2", "K7QP2-MFX9T1", "K7QP2-MFX9!", "ÆØÅÆØÅÆØÅÆ"] {
            assert_eq!(TrackingId::parse(text), Err(NotATrackingId::Form), "{text}");
        }
    }
}
