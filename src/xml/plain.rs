//! Start tags as nearly all are: names in ASCII, values that stand for themselves. One pass over the tag, and no word about
//! what is wrong: whatever is not plain is left to quick-xml and [`super::tag`], which read it again and know every rule.

use super::chars::blank_len;
use super::limits::Limits;
use super::names::{is_plain as may_follow, may_begin_plain as may_begin, plain_name};
use super::scan::{is_same, value_len};
use super::tag::{RawAttribute, RawName, Span};

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

/// Reads the tag whose `<` stands before `start`; `None` when it is not plain, or has the same attribute twice.
/// Its characters are not checked for being legal.
#[inline(always)]
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
    let mut initials = 0;
    loop {
        // What most attributes are called: V, S, U, DN.
        let (name_len, short_name, value) = match bytes.get(tag.end..)? {
            [b'>', ..] => {
                tag.end += 1;
                return Some(tag);
            }
            [b'/', b'>', ..] => {
                tag.end += 2;
                tag.is_empty = true;
                return Some(tag);
            }
            [b' ', one, b'=', value @ ..] if may_begin(*one) => (1, u64::from(*one), value),
            [b' ', one, two, b'=', value @ ..] if may_begin(*one) && may_follow(*two) && limits.name_bytes > 1 => {
                (2, u64::from(*one) | u64::from(*two) << 8, value)
            }
            rest => {
                tag.end = tag.long_attribute(bytes, tag.end + blank_len(rest), limits, attributes, &mut initials)?;
                continue;
            }
        };
        let start = tag.end + 1;
        let name = RawName { start: start as u32, prefix_len: 0, len: name_len };
        let value = plain_value(value, start + usize::from(name_len) + 2, limits)?;
        let initial = 1 << (bytes[start] % 64);
        if initials & initial != 0 && has(attributes, name, bytes) || attributes.len() >= limits.attributes_per_element {
            return None;
        }
        initials |= initial;
        tag.end = start + usize::from(name_len) + value.len as usize + "=''".len();
        attributes.push(RawAttribute { name, value, namespace: 0, short_name });
    }
}

fn has(attributes: &[RawAttribute], name: RawName, bytes: &[u8]) -> bool {
    attributes.iter().any(|other| is_same(other.name.bytes(bytes), name.bytes(bytes)))
}

/// The value whose opening quote stands at the head of `rest`, and which begins at `start`.
#[inline(always)]
fn plain_value(rest: &[u8], start: usize, limits: &Limits) -> Option<Span> {
    let [quote @ (b'"' | b'\''), value @ ..] = rest else { return None };
    let len = value_len(value, *quote);
    let is_whole = value.get(len) == Some(quote) && len <= limits.attribute_value_bytes;
    is_whole.then(|| Span::new(start, len))
}

impl PlainTag {
    /// Reads an attribute with a longer name, or what ends the tag, behind some white space; gives where it ends.
    /// `initials` are the first letters so far, as bits.
    #[inline(never)]
    fn long_attribute(
        &mut self,
        bytes: &[u8],
        start: usize,
        limits: &Limits,
        attributes: &mut Vec<RawAttribute>,
        initials: &mut u64,
    ) -> Option<usize> {
        if start == self.end {
            return None;
        }
        if matches!(bytes.get(start)?, b'>' | b'/') {
            return Some(start);
        }
        let name = name_at(bytes, start, limits)?;
        let name_end = start + usize::from(name.len);
        let value = plain_value(bytes.get(name_end..)?.strip_prefix(b"=")?, name_end + "='".len(), limits)?;
        if attributes.len() >= limits.attributes_per_element || has(attributes, name, bytes) {
            return None;
        }
        *initials |= 1 << (bytes[start] % 64);
        self.declares |= bytes[start..].starts_with(b"xmlns");
        self.is_prefixed |= name.prefix_len > 0;
        attributes.push(RawAttribute::new(name, value, bytes));
        Some(name_end + value.len as usize + "=''".len())
    }
}

/// The name at an offset.
#[inline(always)]
fn name_at(bytes: &[u8], start: usize, limits: &Limits) -> Option<RawName> {
    let (prefix, len) = plain_name(bytes.get(start..)?);
    let is_short = len <= limits.name_bytes && len <= usize::from(u16::MAX);
    (len > 0 && is_short).then_some(RawName { start: start as u32, prefix_len: prefix as u16, len: len as u16 })
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
                        || tag.contains(['\t', '\n', '\u{1}']) || has_twin(&attributes, &tag);
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
