//! Start tags as nearly all are: names in ASCII, values that stand for themselves. One pass over the tag, and no word about
//! what is wrong: whatever is not plain is left to quick-xml and [`super::tag`], which read it again and know every rule.

use super::chars::{blank_len, run_len};
use super::limits::Limits;
use super::names::plain_name;
use super::tag::{RawAttribute, RawName, SPECIAL, Span};

/// What a plain tag says; its attributes are in the reader's buffer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlainTag {
    pub name: RawName,
    /// Behind `>`.
    pub end: usize,
    pub is_empty: bool,
    /// Whether an attribute may be a namespace declaration.
    pub declares: bool,
    /// Whether an attribute has a prefix.
    pub is_prefixed: bool,
}

/// Bytes that may stand in a plain value, both quotes left out.
const VALUE: [bool; 256] = {
    let mut plain = [true; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = !SPECIAL[byte] && byte != b'"' as usize && byte != b'\'' as usize;
        byte += 1;
    }
    plain
};

/// Reads the tag whose `<` stands before `start`; `None` when it is not plain, or has the same attribute twice.
/// Its characters are not checked for being legal.
pub(super) fn plain_tag(
    bytes: &[u8],
    start: usize,
    limits: &Limits,
    attributes: &mut Vec<RawAttribute>,
) -> Option<PlainTag> {
    attributes.clear();
    let name = name_at(bytes, start, limits)?;
    let mut tag =
        PlainTag { name, end: start + usize::from(name.len), is_empty: false, declares: false, is_prefixed: false };
    loop {
        let blank = match bytes.get(tag.end..)? {
            [b'>', ..] => 0,
            [b' ', next, ..] if *next > b' ' => 1,
            rest => blank_len(rest),
        };
        let at = tag.end + blank;
        match bytes.get(at..)? {
            [b'>', ..] => {
                tag.end = at + 1;
                return Some(tag);
            }
            [b'/', b'>', ..] => {
                tag.end = at + 2;
                tag.is_empty = true;
                return Some(tag);
            }
            rest if blank > 0 && attributes.len() < limits.attributes_per_element => {
                tag.declares |= rest.first() == Some(&b'x') && rest.starts_with(b"xmlns");
                let attribute = attribute_at(bytes, at, limits)?;
                let name = attribute.name;
                tag.is_prefixed |= name.prefix_len > 0;
                let same = |other: &RawAttribute| other.name.len == name.len && other.name.bytes(bytes) == name.bytes(bytes);
                if attributes.iter().any(same) {
                    return None;
                }
                // Behind the closing quote.
                tag.end = (attribute.value.start + attribute.value.len) as usize + 1;
                attributes.push(attribute);
            }
            _ => return None,
        }
    }
}

#[inline]
fn attribute_at(bytes: &[u8], at: usize, limits: &Limits) -> Option<RawAttribute> {
    let name = name_at(bytes, at, limits)?;
    let behind = at + usize::from(name.len);
    let [b'=', quote @ (b'"' | b'\''), value @ ..] = bytes.get(behind..)? else { return None };
    let len = value_len(value, *quote)?;
    let value = Span::new(behind + 2, len);
    (len <= limits.attribute_value_bytes).then_some(RawAttribute { name, value, namespace: 0 })
}

#[inline]
fn name_at(bytes: &[u8], at: usize, limits: &Limits) -> Option<RawName> {
    let (prefix, len) = plain_name(bytes.get(at..)?);
    let is_short = len <= limits.name_bytes && len <= usize::from(u16::MAX);
    (len > 0 && is_short).then_some(RawName { start: at as u32, prefix_len: prefix as u16, len: len as u16 })
}

/// Length of the value up to its closing quote.
#[inline]
fn value_len(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut len = 0;
    loop {
        len += run_len(&bytes[len..], &VALUE);
        match *bytes.get(len)? {
            end if end == quote => return Some(len),
            b'"' | b'\'' => len += 1,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tag::TagScan;
    use super::super::token::tag_end;
    use super::*;
    use proptest::prelude::*;

    /// Between them everything a tag may have, and what it must not have.
    #[rustfmt::skip]
    const PIECES: [&str; 34] = [
        "a", "b1", "p:c", "xmlns", "xmlns:p", "æ", ":", "1", "-", " ", " ", "\n", "\t", "=", "=\"", "=\"v\"", "='w'", "\"", "'", "\"\"",
        "it's", "&amp;", "&", "<", ">", ">", "/>", "/", "xyz", "aVeryLongNameOfAnElement", "=\"a value longer than others\"", "\u{1}", " x=\"\"",
        " p:y='\"'",
    ];

    fn plain(tag: &str, limits: &Limits) -> Option<(PlainTag, Vec<RawAttribute>)> {
        let mut attributes = Vec::new();
        plain_tag(tag.as_bytes(), 1, limits, &mut attributes).map(|read| (read, attributes))
    }

    fn has_twin(attributes: &[RawAttribute], tag: &str) -> bool {
        let name = |index: usize| attributes[index].name.qualified(tag);
        (0..attributes.len()).any(|one| (0..one).any(|other| name(one) == name(other)))
    }

    /// The same by the long way; the last of the three is what was made from the text.
    fn careful(tag: &str, limits: &Limits) -> Option<(PlainTag, Vec<RawAttribute>, String)> {
        let (mut attributes, mut made) = (Vec::new(), String::new());
        let end = tag_end(tag, 0)?;
        let is_empty = tag.as_bytes()[end - 2] == b'/';
        let (from, to) = (&mut attributes, &mut made);
        let inner = end - 1 - usize::from(is_empty);
        let mut scan = TagScan { text: tag, end: inner, limits, attributes: from, made: to, declares: false };
        let name = scan.read(1).ok()?;
        let declares = scan.declares;
        let is_prefixed = attributes.iter().any(|a| a.name.prefix_len > 0);
        Some((PlainTag { name, end, is_empty, declares, is_prefixed }, attributes, made))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn what_is_read_in_one_pass_is_what_every_rule_gives(picks in prop::collection::vec(0..PIECES.len(), 0..9)) {
            let tag = format!("<a{}>", picks.iter().map(|pick| PIECES[*pick]).collect::<String>());
            let limits = Limits { attributes_per_element: 3, name_bytes: 20, attribute_value_bytes: 20, ..Limits::default() };
            let (plain, careful) = (plain(&tag, &limits), careful(&tag, &limits));
            match (plain, careful) {
                (Some((read, attributes)), Some((by_rules, by_rules_attributes, made))) => {
                    prop_assert_eq!(read, by_rules, "{}", tag);
                    prop_assert_eq!(attributes, by_rules_attributes, "{}", tag);
                    prop_assert!(made.is_empty());
                }
                (Some(_), None) => prop_assert!(false, "{} is against the rules", tag),
                (None, Some((_, attributes, made))) => {
                    let unusual = !made.is_empty() || !tag.is_ascii() || tag.contains(" =") || tag.contains("= ")
                        || tag.contains('\t') || tag.contains('\n') || has_twin(&attributes, &tag);
                    prop_assert!(unusual, "{} is plain enough", tag);
                }
                (None, None) => {}
            }
        }
    }

    #[test]
    fn the_tags_of_messages_are_plain() {
        let limits = Limits::default();
        for (tag, attributes) in [
            ("<a>", 0),
            ("<a />", 0),
            ("<p:TypeId V=\"HER\" S='2.16.578' DN=\"HER-id\"/>", 3),
            ("<a xmlns=\"urn:u\"\r\n\t b='æ \"x\"'\n>", 2),
        ] {
            let (read, found) = plain(tag, &limits).expect(tag);
            assert_eq!((read.end, found.len(), read.declares), (tag.len(), attributes, tag.contains("xmlns")), "{tag}");
        }
    }
}
