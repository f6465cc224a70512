//! Names: NCName and QName of Namespaces in XML 1.0. It knows which characters a name may have, not what names mean.
//!
//! The fourth edition of XML 1.0 lists the characters of names one by one (appendix B), the fifth allows nearly all. Xerces,
//! expat and .NET hold to the fourth, libxml2 to the fifth. What both allow is what the fourth allows: so does this file.

use super::scan::{name_len, qualified_len};
use super::trouble::Malformed;

const START: u8 = 1;
const NAME: u8 = 2;

/// What an ASCII byte may be in a name; bytes beyond ASCII are nothing here and looked up as characters.
/// The colon is left out: names here are NCNames, and a qualified name is put together in [`qualified_name`].
const ASCII: [u8; 256] = {
    let mut classes = [0; 256];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        if c.is_ascii_alphabetic() || c == b'_' {
            classes[b] = START | NAME;
        } else if c.is_ascii_digit() || c == b'-' || c == b'.' {
            classes[b] = NAME;
        }
        b += 1;
    }
    classes
};

/// `Letter` of appendix B, beyond ASCII: may begin a name. Sorted, so that a range is found by halving.
#[rustfmt::skip]
const START_RANGES: &[(u16, u16)] = &[
    (0xC0,0xD6), (0xD8,0xF6), (0xF8,0x131), (0x134,0x13E), (0x141,0x148), (0x14A,0x17E), (0x180,0x1C3), (0x1CD,0x1F0),
    (0x1F4,0x1F5), (0x1FA,0x217), (0x250,0x2A8), (0x2BB,0x2C1), (0x386,0x386), (0x388,0x38A), (0x38C,0x38C),
    (0x38E,0x3A1), (0x3A3,0x3CE), (0x3D0,0x3D6), (0x3DA,0x3DA), (0x3DC,0x3DC), (0x3DE,0x3DE), (0x3E0,0x3E0),
    (0x3E2,0x3F3), (0x401,0x40C), (0x40E,0x44F), (0x451,0x45C), (0x45E,0x481), (0x490,0x4C4), (0x4C7,0x4C8),
    (0x4CB,0x4CC), (0x4D0,0x4EB), (0x4EE,0x4F5), (0x4F8,0x4F9), (0x531,0x556), (0x559,0x559), (0x561,0x586),
    (0x5D0,0x5EA), (0x5F0,0x5F2), (0x621,0x63A), (0x641,0x64A), (0x671,0x6B7), (0x6BA,0x6BE), (0x6C0,0x6CE),
    (0x6D0,0x6D3), (0x6D5,0x6D5), (0x6E5,0x6E6), (0x905,0x939), (0x93D,0x93D), (0x958,0x961), (0x985,0x98C),
    (0x98F,0x990), (0x993,0x9A8), (0x9AA,0x9B0), (0x9B2,0x9B2), (0x9B6,0x9B9), (0x9DC,0x9DD), (0x9DF,0x9E1),
    (0x9F0,0x9F1), (0xA05,0xA0A), (0xA0F,0xA10), (0xA13,0xA28), (0xA2A,0xA30), (0xA32,0xA33), (0xA35,0xA36),
    (0xA38,0xA39), (0xA59,0xA5C), (0xA5E,0xA5E), (0xA72,0xA74), (0xA85,0xA8B), (0xA8D,0xA8D), (0xA8F,0xA91),
    (0xA93,0xAA8), (0xAAA,0xAB0), (0xAB2,0xAB3), (0xAB5,0xAB9), (0xABD,0xABD), (0xAE0,0xAE0), (0xB05,0xB0C),
    (0xB0F,0xB10), (0xB13,0xB28), (0xB2A,0xB30), (0xB32,0xB33), (0xB36,0xB39), (0xB3D,0xB3D), (0xB5C,0xB5D),
    (0xB5F,0xB61), (0xB85,0xB8A), (0xB8E,0xB90), (0xB92,0xB95), (0xB99,0xB9A), (0xB9C,0xB9C), (0xB9E,0xB9F),
    (0xBA3,0xBA4), (0xBA8,0xBAA), (0xBAE,0xBB5), (0xBB7,0xBB9), (0xC05,0xC0C), (0xC0E,0xC10), (0xC12,0xC28),
    (0xC2A,0xC33), (0xC35,0xC39), (0xC60,0xC61), (0xC85,0xC8C), (0xC8E,0xC90), (0xC92,0xCA8), (0xCAA,0xCB3),
    (0xCB5,0xCB9), (0xCDE,0xCDE), (0xCE0,0xCE1), (0xD05,0xD0C), (0xD0E,0xD10), (0xD12,0xD28), (0xD2A,0xD39),
    (0xD60,0xD61), (0xE01,0xE2E), (0xE30,0xE30), (0xE32,0xE33), (0xE40,0xE45), (0xE81,0xE82), (0xE84,0xE84),
    (0xE87,0xE88), (0xE8A,0xE8A), (0xE8D,0xE8D), (0xE94,0xE97), (0xE99,0xE9F), (0xEA1,0xEA3), (0xEA5,0xEA5),
    (0xEA7,0xEA7), (0xEAA,0xEAB), (0xEAD,0xEAE), (0xEB0,0xEB0), (0xEB2,0xEB3), (0xEBD,0xEBD), (0xEC0,0xEC4),
    (0xF40,0xF47), (0xF49,0xF69), (0x10A0,0x10C5), (0x10D0,0x10F6), (0x1100,0x1100), (0x1102,0x1103), (0x1105,0x1107),
    (0x1109,0x1109), (0x110B,0x110C), (0x110E,0x1112), (0x113C,0x113C), (0x113E,0x113E), (0x1140,0x1140),
    (0x114C,0x114C), (0x114E,0x114E), (0x1150,0x1150), (0x1154,0x1155), (0x1159,0x1159), (0x115F,0x1161),
    (0x1163,0x1163), (0x1165,0x1165), (0x1167,0x1167), (0x1169,0x1169), (0x116D,0x116E), (0x1172,0x1173),
    (0x1175,0x1175), (0x119E,0x119E), (0x11A8,0x11A8), (0x11AB,0x11AB), (0x11AE,0x11AF), (0x11B7,0x11B8),
    (0x11BA,0x11BA), (0x11BC,0x11C2), (0x11EB,0x11EB), (0x11F0,0x11F0), (0x11F9,0x11F9), (0x1E00,0x1E9B),
    (0x1EA0,0x1EF9), (0x1F00,0x1F15), (0x1F18,0x1F1D), (0x1F20,0x1F45), (0x1F48,0x1F4D), (0x1F50,0x1F57),
    (0x1F59,0x1F59), (0x1F5B,0x1F5B), (0x1F5D,0x1F5D), (0x1F5F,0x1F7D), (0x1F80,0x1FB4), (0x1FB6,0x1FBC),
    (0x1FBE,0x1FBE), (0x1FC2,0x1FC4), (0x1FC6,0x1FCC), (0x1FD0,0x1FD3), (0x1FD6,0x1FDB), (0x1FE0,0x1FEC),
    (0x1FF2,0x1FF4), (0x1FF6,0x1FFC), (0x2126,0x2126), (0x212A,0x212B), (0x212E,0x212E), (0x2180,0x2182),
    (0x3007,0x3007), (0x3021,0x3029), (0x3041,0x3094), (0x30A1,0x30FA), (0x3105,0x312C), (0x4E00,0x9FA5),
    (0xAC00,0xD7A3),
];

/// `Digit`, `CombiningChar` and `Extender` of appendix B, beyond ASCII: may stand later in a name.
#[rustfmt::skip]
const MORE_RANGES: &[(u16, u16)] = &[
    (0xB7,0xB7), (0x2D0,0x2D1), (0x300,0x345), (0x360,0x361), (0x387,0x387), (0x483,0x486), (0x591,0x5A1),
    (0x5A3,0x5B9), (0x5BB,0x5BD), (0x5BF,0x5BF), (0x5C1,0x5C2), (0x5C4,0x5C4), (0x640,0x640), (0x64B,0x652),
    (0x660,0x669), (0x670,0x670), (0x6D6,0x6E4), (0x6E7,0x6E8), (0x6EA,0x6ED), (0x6F0,0x6F9), (0x901,0x903),
    (0x93C,0x93C), (0x93E,0x94D), (0x951,0x954), (0x962,0x963), (0x966,0x96F), (0x981,0x983), (0x9BC,0x9BC),
    (0x9BE,0x9C4), (0x9C7,0x9C8), (0x9CB,0x9CD), (0x9D7,0x9D7), (0x9E2,0x9E3), (0x9E6,0x9EF), (0xA02,0xA02),
    (0xA3C,0xA3C), (0xA3E,0xA42), (0xA47,0xA48), (0xA4B,0xA4D), (0xA66,0xA71), (0xA81,0xA83), (0xABC,0xABC),
    (0xABE,0xAC5), (0xAC7,0xAC9), (0xACB,0xACD), (0xAE6,0xAEF), (0xB01,0xB03), (0xB3C,0xB3C), (0xB3E,0xB43),
    (0xB47,0xB48), (0xB4B,0xB4D), (0xB56,0xB57), (0xB66,0xB6F), (0xB82,0xB83), (0xBBE,0xBC2), (0xBC6,0xBC8),
    (0xBCA,0xBCD), (0xBD7,0xBD7), (0xBE7,0xBEF), (0xC01,0xC03), (0xC3E,0xC44), (0xC46,0xC48), (0xC4A,0xC4D),
    (0xC55,0xC56), (0xC66,0xC6F), (0xC82,0xC83), (0xCBE,0xCC4), (0xCC6,0xCC8), (0xCCA,0xCCD), (0xCD5,0xCD6),
    (0xCE6,0xCEF), (0xD02,0xD03), (0xD3E,0xD43), (0xD46,0xD48), (0xD4A,0xD4D), (0xD57,0xD57), (0xD66,0xD6F),
    (0xE31,0xE31), (0xE34,0xE3A), (0xE46,0xE4E), (0xE50,0xE59), (0xEB1,0xEB1), (0xEB4,0xEB9), (0xEBB,0xEBC),
    (0xEC6,0xEC6), (0xEC8,0xECD), (0xED0,0xED9), (0xF18,0xF19), (0xF20,0xF29), (0xF35,0xF35), (0xF37,0xF37),
    (0xF39,0xF39), (0xF3E,0xF3F), (0xF71,0xF84), (0xF86,0xF8B), (0xF90,0xF95), (0xF97,0xF97), (0xF99,0xFAD),
    (0xFB1,0xFB7), (0xFB9,0xFB9), (0x20D0,0x20DC), (0x20E1,0x20E1), (0x3005,0x3005), (0x302A,0x302F), (0x3031,0x3035),
    (0x3099,0x309A), (0x309D,0x309E), (0x30FC,0x30FE),
];

fn is_among(ranges: &[(u16, u16)], c: char) -> bool {
    let Ok(code) = u16::try_from(u32::from(c)) else { return false };
    let next = ranges.partition_point(|(first, _)| *first <= code);
    next > 0 && code <= ranges[next - 1].1
}

/// Whether a name (without colons) may begin so.
pub(crate) fn may_begin(c: char) -> bool {
    if c.is_ascii() { ASCII[c as usize] & START != 0 } else { is_among(START_RANGES, c) }
}

/// Whether a name (without colons) may go on so.
pub(crate) fn may_follow(c: char) -> bool {
    if c.is_ascii() { ASCII[c as usize] != 0 } else { is_among(START_RANGES, c) || is_among(MORE_RANGES, c) }
}

/// Length in bytes of the NCName at the head; 0 when none stands there.
pub(super) fn ncname_len(text: &str) -> usize {
    if !text.starts_with(may_begin) {
        return 0;
    }
    // Nearly every name is ASCII to its end.
    let ascii = name_len(text.as_bytes());
    match text.as_bytes().get(ascii) {
        Some(128..) => text.find(|c| !may_follow(c)).unwrap_or(text.len()),
        _ => ascii,
    }
}

/// Whether a name may begin with this byte, an ASCII letter or an underscore.
#[inline]
pub(super) fn may_begin_plain(byte: u8) -> bool {
    ASCII[usize::from(byte)] & START != 0
}

/// Whether this is an ASCII byte that may stand in a name.
#[inline]
pub(super) fn is_plain(byte: u8) -> bool {
    ASCII[usize::from(byte)] != 0
}

/// The same as [`qualified_name`] for a name all in ASCII, as far as it is; length 0 for every other.
#[inline]
pub(super) fn plain_name(bytes: &[u8]) -> (usize, usize) {
    let (len, colon) = match qualified_len(bytes) {
        (0, _) => long_plain_name(bytes),
        short => short,
    };
    let begins = |at: usize| bytes.get(at).is_some_and(|first| may_begin_plain(*first));
    // A colon at the head begins no name.
    let is_name = begins(0) && (colon == 0 || begins(colon + 1));
    if is_name { (colon, len) } else { (0, 0) }
}

/// Length and colon of a name that is long, stands near the end of the document, or is none.
#[inline(never)]
fn long_plain_name(bytes: &[u8]) -> (usize, usize) {
    let first = name_len(bytes);
    if bytes.get(first) != Some(&b':') {
        return (first, 0);
    }
    let len = first + 1 + name_len(&bytes[first + 1..]);
    if bytes.get(len) == Some(&b':') { (0, 0) } else { (len, first) }
}

/// A name of at most eight bytes as a number, so that names are compared at once: different for different names, and 0 for
/// those that are longer.
pub(crate) fn short_name(name: &str) -> u64 {
    match name.len() {
        0..=8 => name.bytes().rev().fold(0, |made, byte| made << 8 | u64::from(byte)),
        _ => 0,
    }
}

/// The same for bytes at the head of a text.
#[inline]
pub(super) fn short_name_of(text: &[u8], len: usize) -> u64 {
    match text.first_chunk() {
        // The bytes behind the name are shifted out.
        Some(eight) if (1..=8).contains(&len) => u64::from_le_bytes(*eight) << (64 - 8 * len) >> (64 - 8 * len),
        None if len <= 8 => text.iter().take(len).rev().fold(0, |made, byte| made << 8 | u64::from(*byte)),
        _ => 0,
    }
}

/// Whether the whole text is an NCName.
pub(crate) fn is_ncname(text: &str) -> bool {
    !text.is_empty() && ncname_len(text) == text.len()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_starts_with_a_letter_or_underscore() {
        for good in ["a", "_a", "æ1", "a-b.c9", "Ωmega", "aæ·b", "č", "名", "a\u{300}"] {
            assert_eq!(ncname_len(good), good.len(), "{good}");
        }
        for bad in ["", "1a", "-a", ".a", "·a", "\u{300}a", " a", "×", "÷", "\u{37E}", ":a"] {
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
    fn what_only_the_fifth_edition_allows_is_no_name() {
        for only_fifth in ["\u{FEFF}", "\u{2070}", "\u{10000}", "\u{200C}", "\u{132}", "\u{E000}"] {
            assert_eq!(ncname_len(only_fifth), 0, "{only_fifth:?}");
            assert_eq!(ncname_len(&format!("a{only_fifth}")), 1, "{only_fifth:?}");
        }
    }

    #[test]
    fn the_tables_are_sorted_and_inside_the_fifth_edition() {
        let fifth = |c: u16| {
            matches!(c, 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x2FF | 0x370..=0x37D | 0x37F..=0x1FFF | 0x200C..=0x200D
                | 0x2070..=0x218F | 0x2C00..=0x2FEF | 0x3001..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFFD)
        };
        for (ranges, more) in [(START_RANGES, false), (MORE_RANGES, true)] {
            assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
            let also = |c| more && matches!(c, 0xB7 | 0x300..=0x36F | 0x203F..=0x2040);
            assert!(ranges.iter().all(|&(first, last)| (first..=last).all(|c| fifth(c) || also(c))));
        }
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
    fn short_names_are_different_numbers_and_long_ones_are_none() {
        let names = ["", "V", "S", "DN", "ND", "V1", "abcdefg", "abcdefgh", "abcdefgi", "æ", "æø"];
        let numbers: std::collections::BTreeSet<u64> = names.iter().map(|name| short_name(name)).collect();
        assert_eq!(numbers.len(), names.len());
        assert_eq!((short_name(""), short_name("abcdefghi")), (0, 0));
        for name in names {
            for tail in ["", "=", "=\"a longer text\""] {
                assert_eq!(short_name_of(format!("{name}{tail}").as_bytes(), name.len()), short_name(name), "{name}{tail}");
            }
        }
    }
}
