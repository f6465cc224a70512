//! Which characters XML 1.0 (fifth edition) allows where. It knows characters and names, not markup.

use super::trouble::Malformed;

const NAME_START: u8 = 1;
const NAME: u8 = 2;

/// The colon is left out: names here are NCNames, and a qualified name is put together in [`qualified_name`].
const CLASSES: [u8; 128] = {
    let mut classes = [0; 128];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        if c.is_ascii_alphabetic() || c == b'_' {
            classes[b] = NAME_START | NAME;
        } else if c.is_ascii_digit() || c == b'-' || c == b'.' {
            classes[b] = NAME;
        }
        b += 1;
    }
    classes
};

/// Production 2, `Char`, for what a character reference may mean. (A `char` is never a surrogate.)
pub(super) fn is_legal(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        c => c >= ' ',
    }
}

/// Production 3, `S`.
pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Only white space, or nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(is_white)
}

/// How many bytes of white space stand at the head.
pub(super) fn blank_len(text: &str) -> usize {
    text.bytes().take_while(|b| is_white(*b)).count()
}

/// Production 4, `NameStartChar`, beyond ASCII.
fn is_name_start(c: char) -> bool {
    matches!(c,
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// Production 4a, `NameChar`, beyond ASCII.
fn is_name_char(c: char) -> bool {
    is_name_start(c) || matches!(c, '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Length in bytes of the NCName at the head; 0 when none stands there.
pub(super) fn ncname_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let Some(&first) = bytes.first() else { return 0 };
    if first < 128 && CLASSES[usize::from(first)] & NAME_START == 0 {
        return 0;
    }
    if first < 128 {
        let ascii = bytes.iter().take_while(|&&b| b < 128 && CLASSES[usize::from(b)] != 0).count();
        if bytes.get(ascii).is_none_or(|&b| b < 128) {
            return ascii;
        }
    } else if !text.chars().next().is_some_and(is_name_start) {
        return 0;
    }
    let in_name = |c: char| if c.is_ascii() { CLASSES[c as usize] != 0 } else { is_name_char(c) };
    text.find(|c| !in_name(c)).unwrap_or(text.len())
}

/// Prefix length (0 without prefix) and whole length in bytes of the qualified name at the head (Namespaces 1.0, production 7).
pub(super) fn qualified_name(text: &str) -> Result<(usize, usize), Malformed> {
    let first = ncname_len(text);
    if first == 0 {
        return Err(Malformed::BadName);
    }
    if text.as_bytes().get(first) != Some(&b':') {
        return Ok((0, first));
    }
    let second = ncname_len(&text[first + 1..]);
    if second == 0 {
        return Err(Malformed::BadName);
    }
    let whole = first + 1 + second;
    if text.as_bytes().get(whole) == Some(&b':') {
        return Err(Malformed::SeveralColonsInName);
    }
    Ok((first, whole))
}

/// Offset of the first character that may stand nowhere in a document: a control character, U+FFFE or U+FFFF.
/// One pass over the whole document in blocks, which the compiler turns into vector instructions.
pub(super) fn first_illegal(text: &str) -> Option<usize> {
    const BLOCK: usize = 64;
    let bytes = text.as_bytes();
    for (block, part) in bytes.chunks(BLOCK).enumerate() {
        let suspect = part.iter().fold(false, |found, &b| found | (b < b' ' && !is_white(b)) | (b == 0xEF));
        if suspect {
            let start = block * BLOCK;
            let found = (start..start + part.len()).find(|&at| is_illegal_at(bytes, at));
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

fn is_illegal_at(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        0xEF => matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])),
        b => b < b' ' && !is_white(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_starts_with_a_letter_or_underscore() {
        for good in ["a", "_a", "æ1", "a-b.c9", "Ωmega", "\u{10000}x", "aæ·b"] {
            assert_eq!(ncname_len(good), good.len(), "{good}");
        }
        for bad in ["", "1a", "-a", ".a", "·a", "\u{300}a", " a", "×", "÷", "\u{37E}"] {
            assert_eq!(ncname_len(bad), 0, "{bad}");
        }
    }

    #[test]
    fn a_name_ends_where_another_character_stands() {
        assert_eq!(ncname_len("ab=c"), 2);
        assert_eq!(ncname_len("æb=c"), 3);
        assert_eq!(ncname_len("a×b"), 1);
        assert_eq!(ncname_len("aæ×b"), 3);
        assert_eq!(ncname_len("a:b"), 1);
    }

    #[test]
    fn a_qualified_name_has_at_most_one_colon_between_two_names() {
        assert_eq!(qualified_name("a"), Ok((0, 1)));
        assert_eq!(qualified_name("a:bc "), Ok((1, 4)));
        assert_eq!(qualified_name("a:"), Err(Malformed::BadName));
        assert_eq!(qualified_name(":a"), Err(Malformed::BadName));
        assert_eq!(qualified_name("a:1"), Err(Malformed::BadName));
        assert_eq!(qualified_name("a:b:c"), Err(Malformed::SeveralColonsInName));
    }

    #[test]
    fn control_characters_and_the_two_non_characters_are_found_wherever_they_stand() {
        for pad in [0, 1, 61, 62, 63, 64, 65, 200] {
            for bad in ["\0", "\u{1}", "\u{8}", "\u{B}", "\u{C}", "\u{E}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"] {
                let text = format!("{}{bad}tail", "x".repeat(pad));
                assert_eq!(first_illegal(&text), Some(pad), "{bad:?} after {pad}");
            }
        }
    }

    #[test]
    fn what_xml_allows_is_not_found_illegal() {
        let text = "\t\n\r \u{7F}\u{80}\u{9F}\u{FEFF}\u{FFFD}\u{FFEF}\u{1FFFE}æøå\u{10FFFF}".repeat(9);
        assert_eq!(first_illegal(&text), None);
        assert!(text.chars().all(is_legal));
        assert!(!is_legal('\0') && !is_legal('\u{1F}') && !is_legal('\u{FFFE}') && !is_legal('\u{FFFF}'));
    }
}
