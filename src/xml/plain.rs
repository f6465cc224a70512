//! Start tags as nearly all are: names in ASCII, values that stand for themselves. One pass over the tag, and no word about
//! what is wrong: whatever is not plain is left to quick-xml and [`super::tag`], which read it again and know every rule.

use super::chars::{blank_len, run_len};
use super::limits::Limits;
use super::names::{is_plain as may_follow, may_begin_plain as may_begin, plain_name};
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
    let (name, mut rest) = name_before(bytes, bytes.get(start..)?, limits)?;
    let (mut declares, mut is_prefixed) = (false, false);
    let tag = |rest: &[u8], is_empty, declares, is_prefixed| {
        Some(PlainTag { name, end: bytes.len() - rest.len(), is_empty, declares, is_prefixed })
    };
    loop {
        let attribute = match rest {
            [b'>', behind @ ..] => return tag(behind, false, declares, is_prefixed),
            [b'/', b'>', behind @ ..] => return tag(behind, true, declares, is_prefixed),
            [b' ', attribute @ ..] if attribute.first().is_some_and(|next| *next > b'/') => attribute,
            _ => match blank_len(rest) {
                0 => return None,
                blank => &rest[blank..],
            },
        };
        let (name, behind) = match attribute {
            // What most attributes are called: V, S, U, DN.
            [first, b'=', behind @ ..] if may_begin(*first) => (name_of(bytes, attribute, 0, 1), behind),
            [first, second, b'=', behind @ ..] if may_begin(*first) && may_follow(*second) => {
                (name_of(bytes, attribute, 0, 2), behind)
            }
            [b'>', ..] | [b'/', b'>', ..] => {
                rest = attribute;
                continue;
            }
            _ => {
                let (name, behind) = name_before(bytes, attribute, limits)?;
                declares |= attribute.starts_with(b"xmlns");
                is_prefixed |= name.prefix_len > 0;
                (name, behind.strip_prefix(b"=")?)
            }
        };
        let [quote @ (b'"' | b'\''), value @ ..] = behind else { return None };
        let len = value_len(value, *quote)?;
        let is_room = len <= limits.attribute_value_bytes && attributes.len() < limits.attributes_per_element;
        let is_short = usize::from(name.len) <= limits.name_bytes;
        if !is_room || !is_short || attributes.iter().any(|other| is_same(other.name, name, bytes)) {
            return None;
        }
        attributes.push(RawAttribute { name, value: Span::new(bytes.len() - value.len(), len), namespace: 0 });
        rest = &value[len + 1..];
    }
}

fn is_same(one: RawName, other: RawName, bytes: &[u8]) -> bool {
    one.len == other.len
        && bytes[one.start as usize] == bytes[other.start as usize]
        && one.bytes(bytes) == other.bytes(bytes)
}

/// The name at the head of a rest of the document, and what stands behind it.
#[inline]
fn name_before<'a>(bytes: &[u8], rest: &'a [u8], limits: &Limits) -> Option<(RawName, &'a [u8])> {
    let (prefix, len) = plain_name(rest);
    let is_short = len <= limits.name_bytes && len <= usize::from(u16::MAX);
    (len > 0 && is_short).then(|| (name_of(bytes, rest, prefix, len), &rest[len..]))
}

#[inline]
fn name_of(bytes: &[u8], rest: &[u8], prefix: usize, len: usize) -> RawName {
    RawName { start: (bytes.len() - rest.len()) as u32, prefix_len: prefix as u16, len: len as u16 }
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
    const PIECES: [&str; 36] = [
        "a", "b1", "p:c", "xmlns", "xmlns:p", "æ", ":", "1", "-", " ", " ", "\n", "\t", "=", "=\"", " V='w'", " DN=''", "=\"v\"", "='w'", "\"", "'", "\"\"",
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
        fn what_is_read_in_one_pass_is_what_every_rule_gives(
            picks in prop::collection::vec(0..PIECES.len(), 0..9),
            name_bytes in prop::sample::select(vec![1, 2, 5, 20]),
        ) {
            let tag = format!("<a{}>", picks.iter().map(|pick| PIECES[*pick]).collect::<String>());
            let limits = Limits { attributes_per_element: 3, name_bytes, attribute_value_bytes: 20, ..Limits::default() };
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
            ("<a V=''/>", 1),
            ("<a DN='x' 	 >", 1),
            ("<p:TypeId V=\"HER\" S='2.16.578' DN=\"HER-id\"/>", 3),
            ("<a xmlns=\"urn:u\"\r\n\t b='æ \"x\"'\n>", 2),
        ] {
            let (read, found) = plain(tag, &limits).expect(tag);
            assert_eq!((read.end, found.len(), read.declares), (tag.len(), attributes, tag.contains("xmlns")), "{tag}");
        }
    }
}
