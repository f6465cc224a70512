//! Which characters may stand in a document at all, and which are white space. It knows characters, not names or markup.

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
pub(super) fn blank_len(bytes: &[u8]) -> usize {
    bytes.iter().position(|b| !is_white(*b)).unwrap_or(bytes.len())
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
