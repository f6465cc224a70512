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

/// How many bytes at the head are of a class. Unrolled: this is where the time of reading goes.
pub(super) fn run_len(bytes: &[u8], class: &[bool; 256]) -> usize {
    let (eights, rest) = bytes.as_chunks::<8>();
    for (index, eight) in eights.iter().enumerate() {
        for (more, &byte) in eight.iter().enumerate() {
            if !class[usize::from(byte)] {
                return index * 8 + more;
            }
        }
    }
    let behind = rest.iter().position(|&byte| !class[usize::from(byte)]).unwrap_or(rest.len());
    bytes.len() - rest.len() + behind
}

/// Offset of the first character that may stand nowhere in a document: a control character, U+FFFE or U+FFFF.
/// One pass over the whole document in blocks, which the compiler turns into vector instructions. The smallest of the bytes,
/// and the smallest distance above the controls on either side of CR, say whether a block has a control character.
pub(super) fn first_illegal(text: &str) -> Option<usize> {
    const BLOCK: usize = 256;
    let bytes = text.as_bytes();
    let non_character = first_non_character(bytes);
    let end = non_character.unwrap_or(bytes.len());
    for (block, part) in bytes[..end].chunks(BLOCK).enumerate() {
        let (mut least, mut above_lf, mut above_cr) = (u8::MAX, u8::MAX, u8::MAX);
        for &b in part {
            least = least.min(b);
            above_lf = above_lf.min(b.wrapping_sub(b'\n' + 1));
            above_cr = above_cr.min(b.wrapping_sub(b'\r' + 1));
        }
        if least < b'\t' || above_lf < b'\r' - b'\n' - 1 || above_cr < b' ' - b'\r' - 1 {
            return part.iter().position(|&b| b < b' ' && !is_white(b)).map(|at| block * BLOCK + at);
        }
    }
    non_character
}

/// U+FFFE and U+FFFF are EF BF BE and EF BF BF; no letter of our languages begins with EF.
fn first_non_character(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(0xEF, bytes).find(|&at| matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_the_two_non_characters_are_found_wherever_they_stand() {
        for pad in [0, 1, 63, 64, 65, 200, 253, 254, 255, 256, 257, 800] {
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
