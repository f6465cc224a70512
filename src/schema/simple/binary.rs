//! `hexBinary` and `base64Binary` (3.2.15, 3.2.16). Attachments of many megabytes pass here: the text is looked at in blocks
//! that the compiler turns into vector instructions, and nothing is decoded.
//!
//! libxml2 skips characters that are not of the Base64 alphabet, as mail programs do; the standard's grammar has no place for
//! them.

use super::slip::Slip;

/// Short enough for a count in one byte.
const BLOCK: usize = 128;

/// Digits in pairs. Gives the number of octets.
pub(super) fn hex(text: &str) -> Result<u64, Slip> {
    if !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Slip::HexDigit);
    }
    if text.len().is_multiple_of(2) { Ok(text.len() as u64 / 2) } else { Err(Slip::HexOdd) }
}

/// Groups of four characters, blanks allowed between any two, the last group padded. Gives the number of octets.
pub(super) fn base64(text: &str) -> Result<u64, Slip> {
    let (body, padding) = split_padding(text.as_bytes());
    let count = alphabet_count(body)?;
    // The bits of the last character that are no octet's must be 0: there is one way only to write an octet.
    let spare_bits = match (count % 4, padding) {
        (0, 0) => 0,
        (3, 1) => 0b11,
        (2, 2) => 0b1111,
        (0, _) | (_, 3..) => return Err(Slip::Base64Padding),
        _ => return Err(Slip::Base64Length),
    };
    let last = body.last().map_or(0, |byte| six_bits(*byte));
    if last & spare_bits == 0 { Ok(count * 3 / 4) } else { Err(Slip::Base64Bits) }
}

/// What stands before the signs of padding (and before blanks among them), and how many those are.
fn split_padding(bytes: &[u8]) -> (&[u8], usize) {
    let end = bytes.iter().rposition(|b| *b != b'=' && !is_blank(*b)).map_or(0, |at| at + 1);
    (&bytes[..end], bytes[end..].iter().filter(|b| **b == b'=').count())
}

fn alphabet_count(body: &[u8]) -> Result<u64, Slip> {
    let mut count = 0;
    for block in body.chunks(BLOCK) {
        let letters = count_of(block, is_of_alphabet);
        if letters != block.len() {
            let known = letters + count_of(block, is_blank);
            if known != block.len() {
                let is_all = known + count_of(block, |b| b == b'=') == block.len();
                return Err(if is_all { Slip::Base64Padding } else { Slip::Base64Character });
            }
        }
        count += letters as u64;
    }
    Ok(count)
}

/// Counted in a byte, so that sixteen or more are counted at once.
fn count_of(block: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    usize::from(block.iter().fold(0, |count: u8, b| count + u8::from(belongs(*b))))
}

/// Without branches, for the same reason. `/` is the character before `0`.
fn is_of_alphabet(b: u8) -> bool {
    ((b | 0x20).wrapping_sub(b'a') < 26) | (b.wrapping_sub(b'/') < 11) | (b == b'+')
}

fn is_blank(b: u8) -> bool {
    (b == b' ') | (b.wrapping_sub(b'\t') < 2) | (b == b'\r')
}

fn six_bits(byte: u8) -> u8 {
    match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    }
}

/// Whether two right texts mean the same octets: for hexadecimal digits the case says nothing.
pub(super) fn same_hex(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Whether two right texts mean the same octets: for Base64 the blanks say nothing.
pub(super) fn same_base64(one: &str, other: &str) -> bool {
    let signs = |text: &'_ str| text.bytes().filter(|b| !is_blank(*b)).collect::<Vec<_>>();
    one == other || signs(one) == signs(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_groups_of_four_with_blanks_wherever_one_likes() {
        for (good, octets) in
            [("", 0), ("AAAA", 3), ("AAA=", 2), ("AA==", 1), ("A A\nA\tA", 3), (" AA = =", 1), ("AAE=", 2), ("+/+/", 3)]
        {
            assert_eq!(base64(good), Ok(octets), "{good}");
        }
        for (bad, slip) in [
            ("A", Slip::Base64Length),
            ("AA", Slip::Base64Length),
            ("AAA", Slip::Base64Length),
            ("AA=", Slip::Base64Length),
            ("AAAAA", Slip::Base64Length),
            ("====", Slip::Base64Padding),
            ("AAAA====", Slip::Base64Padding),
            ("AA==AAAA", Slip::Base64Padding),
            ("AB==", Slip::Base64Bits),
            ("AAB=", Slip::Base64Bits),
            ("AA-_", Slip::Base64Character),
            ("AAæA", Slip::Base64Character),
        ] {
            assert_eq!(base64(bad), Err(slip), "{bad}");
        }
    }

    #[test]
    fn a_wrong_character_is_found_wherever_it_stands() {
        for length in [4, 128, 132, 1024] {
            for at in 0..length - 2 {
                for wrong in [b'.', b':', b'@', b'[', b'`', b'{', b',', b'-', 0x80, 0xFF, 0x0B, 0x08, 0x0E, 0] {
                    let mut body = vec![b'Q'; length];
                    body[at] = wrong;
                    assert_eq!(alphabet_count(&body), Err(Slip::Base64Character), "{wrong} at {at} of {length}");
                }
            }
        }
    }

    #[test]
    fn every_byte_of_the_alphabet_counts_and_no_other() {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for b in 0..=u8::MAX {
            assert_eq!(is_of_alphabet(b), alphabet.contains(&b), "{b}");
            assert_eq!(is_blank(b), b" \t\r\n".contains(&b), "{b}");
        }
        for (value, b) in alphabet.iter().enumerate() {
            assert_eq!(usize::from(six_bits(*b)), value);
        }
    }

    #[test]
    fn hexadecimal_digits_stand_in_pairs() {
        assert_eq!(hex(""), Ok(0));
        assert_eq!(hex("0fB7"), Ok(2));
        assert_eq!(hex("0fB"), Err(Slip::HexOdd));
        assert_eq!(hex("0g"), Err(Slip::HexDigit));
        assert_eq!(hex("00 00"), Err(Slip::HexDigit));
    }

    #[test]
    fn the_same_octets_written_otherwise_are_the_same() {
        assert!(same_hex("0fb7", "0FB7") && !same_hex("0f", "0e"));
        assert!(same_base64("AA AA", "AAAA") && !same_base64("AAAA", "AAAB"));
    }
}
