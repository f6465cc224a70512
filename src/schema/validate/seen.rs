//! Texts that were found right before in the same document: the identifier of a code list stands in it many times, and to match
//! its pattern again costs more than to remember it. Nothing of a document is kept when it ends.

use super::super::simple::SimpleType;
use crate::xml::is_same_name;

/// A power of two.
const PLACES: usize = 64;
/// No longer texts are remembered.
const BYTES: usize = 32;

/// A place for each of some hashes; what comes later takes the place of what was there.
pub(super) struct Seen<'s> {
    places: Box<[Place<'s>; PLACES]>,
}

#[derive(Clone, Copy)]
struct Place<'s> {
    of: Option<&'s SimpleType>,
    len: usize,
    bytes: [u8; BYTES],
}

const EMPTY: Place<'static> = Place { of: None, len: 0, bytes: [0; BYTES] };

impl<'s> Seen<'s> {
    pub fn new() -> Self {
        Self { places: Box::new([EMPTY; PLACES]) }
    }

    pub fn clear(&mut self) {
        self.places.fill(EMPTY);
    }

    /// Whether the text was found to be a value of the type before.
    #[inline]
    pub fn has(&self, of: &'s SimpleType, text: &str) -> bool {
        let Some(number) = number(text.as_bytes()) else { return false };
        let place = &self.places[number];
        let is_it = place.of.is_some_and(|known| std::ptr::eq(known, of));
        is_it && place.bytes.get(..place.len).is_some_and(|known| is_same_name(known, text.as_bytes()))
    }

    /// The text is a value of the type.
    pub fn add(&mut self, of: &'s SimpleType, text: &str) {
        let Some(number) = number(text.as_bytes()) else { return };
        let place = &mut self.places[number];
        (place.of, place.len) = (Some(of), text.len());
        place.bytes[..text.len()].copy_from_slice(text.as_bytes());
    }
}

/// The place of a text; none for those that are short, which cost little, and for long ones.
#[inline]
fn number(text: &[u8]) -> Option<usize> {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let (first, last) = (text.first_chunk()?, text.last_chunk()?);
    let mixed = (u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(23)).wrapping_mul(ODD);
    (text.len() <= BYTES).then_some((mixed >> 32) as usize % PLACES)
}

#[cfg(test)]
mod tests {
    use super::super::super::simple::Builtin;
    use super::*;

    #[test]
    fn a_text_is_known_for_its_type_only_and_until_the_document_ends() {
        let (date, token) = (SimpleType::builtin(Builtin::Date), SimpleType::builtin(Builtin::Token));
        let mut seen = Seen::new();
        for len in 0..40 {
            let text = "2.16.578.1.12.4.1.1.9051.2.16.578.1.12.4"[..len].to_owned();
            assert!(!seen.has(&token, &text));
            seen.add(&token, &text);
            assert_eq!(seen.has(&token, &text), (8..=BYTES).contains(&len), "{text}");
            assert!(!seen.has(&date, &text) && !seen.has(&token, &format!("{text}1")));
            for at in 0..len {
                let other = format!("{}x{}", &text[..at], &text[at + 1..]);
                assert!(!seen.has(&token, &other), "{other}");
            }
        }
        seen.add(&date, "2012-05-04");
        seen.clear();
        assert!(!seen.has(&date, "2012-05-04"));
    }
}
