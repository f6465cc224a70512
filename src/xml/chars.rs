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
/// One pass over the whole document in blocks, which the compiler turns into vector instructions. The least and the greatest
/// byte clear most blocks; the smallest distances above the forbidden ranges clear those with line ends.
pub(super) fn first_illegal(text: &str) -> Option<usize> {
    const BLOCK: usize = 256;
    let bytes = text.as_bytes();
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let suspect = blocks.iter().enumerate().filter(|(_, block)| is_suspect(block)).map(|(index, _)| index * BLOCK);
    let last = blocks.len() * BLOCK;
    let mut starts = suspect.chain([last]);
    starts.find_map(|start| (start..bytes.len().min(start + BLOCK)).find(|&at| is_illegal_at(bytes, at)))
}

/// Whether an illegal character may stand in this block, or end behind it.
fn is_suspect(block: &[u8; 256]) -> bool {
    let (least, greatest) = block.iter().fold((u8::MAX, 0), |(least, greatest), &b| (b.min(least), b.max(greatest)));
    (least < b' ' && has_control(block)) || greatest >= 0xEF
}

/// Whether a control character other than TAB, LF and CR stands here.
fn has_control(part: &[u8; 256]) -> bool {
    let (mut above_nul, mut above_lf, mut above_cr) = (u8::MAX, u8::MAX, u8::MAX);
    for &b in part {
        above_nul = above_nul.min(b);
        above_lf = above_lf.min(b.wrapping_sub(b'\n' + 1));
        above_cr = above_cr.min(b.wrapping_sub(b'\r' + 1));
    }
    above_nul < b'\t' || above_lf < b'\r' - b'\n' - 1 || above_cr < b' ' - b'\r' - 1
}

/// U+FFFE and U+FFFF are EF BF BE and EF BF BF; no letter of our languages begins with EF.
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
        for pad in [0, 1, 63, 64, 65, 253, 254, 255, 256, 257, 1300] {
            for bad in ["\0", "\u{1}", "\u{8}", "\u{B}", "\u{C}", "\u{E}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"] {
                let text = format!("{}{bad}tail", ["x", "\n", " \t"][pad % 3].repeat(pad).get(..pad).expect("ASCII"));
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
