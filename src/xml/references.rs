//! What a reference `&…;` stands for. It knows the five names and the character references, and no others:
//! a document cannot define its own, so none can expand or reach outside.

use super::chars::is_legal;
use super::names::is_ncname;
use super::trouble::Malformed;

/// The character meant by what stands between `&` and `;`.
pub(super) fn resolve(reference: &str) -> Result<char, Malformed> {
    match reference {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => match reference.strip_prefix('#') {
            Some(number) => character(number),
            None if is_ncname(reference) => Err(Malformed::UndefinedEntity),
            None => Err(Malformed::BareAmpersand),
        },
    }
}

/// Production 66, `CharRef`: only lower-case `x`, only digits, only what production 2 allows.
fn character(number: &str) -> Result<char, Malformed> {
    let (digits, radix) = match number.strip_prefix('x') {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    if digits.is_empty() {
        return Err(Malformed::IllegalCharacterReference);
    }
    let mut value: u32 = 0;
    for digit in digits.chars() {
        let digit = digit.to_digit(radix).ok_or(Malformed::IllegalCharacterReference)?;
        // Saturating: a number of any length stays too large to be a character.
        value = value.saturating_mul(radix).saturating_add(digit);
    }
    char::from_u32(value).filter(|c| is_legal(*c)).ok_or(Malformed::IllegalCharacterReference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_predefined_names_are_known() {
        let meant: String =
            ["lt", "gt", "amp", "quot", "apos"].into_iter().map(|r| resolve(r).expect("predefined")).collect();
        assert_eq!(meant, "<>&\"'");
    }

    #[test]
    fn character_references_are_decimal_or_hexadecimal() {
        assert_eq!(resolve("#230"), Ok('æ'));
        assert_eq!(resolve("#xE6"), Ok('æ'));
        assert_eq!(resolve("#xe6"), Ok('æ'));
        assert_eq!(resolve("#x0000000000000000000041"), Ok('A'));
        assert_eq!(resolve("#x10FFFF"), Ok('\u{10FFFF}'));
    }

    #[test]
    fn a_reference_to_an_illegal_character_is_refused() {
        for bad in ["#0", "#x0", "#8", "#x1F", "#xFFFE", "#xFFFF", "#xD800", "#xDFFF", "#x110000", "#99999999999999999999"] {
            assert_eq!(resolve(bad), Err(Malformed::IllegalCharacterReference), "{bad}");
        }
    }

    #[test]
    fn a_badly_written_character_reference_is_refused() {
        for bad in ["#", "#x", "#X41", "#-1", "#+65", "# 65", "#65 ", "#6a", "#xG", "#٣"] {
            assert_eq!(resolve(bad), Err(Malformed::IllegalCharacterReference), "{bad}");
        }
    }

    #[test]
    fn an_entity_of_the_documents_own_is_refused() {
        assert_eq!(resolve("nbsp"), Err(Malformed::UndefinedEntity));
        assert_eq!(resolve("LT"), Err(Malformed::UndefinedEntity));
    }

    #[test]
    fn an_ampersand_that_begins_no_name_is_refused() {
        for bad in ["", " ", "a b", " lt", "lt ", "1"] {
            assert_eq!(resolve(bad), Err(Malformed::BareAmpersand), "{bad:?}");
        }
    }
}
