//! Types whose values are words: names, tokens of name characters, languages, and URIs.

use super::slip::Slip;
use crate::xml;

/// `NCName` and what is derived from it.
pub(super) fn ncname(text: &str) -> Result<(), Slip> {
    verdict(text, xml::is_ncname(text))
}

/// `Name`: as `NCName`, and colons anywhere.
pub(super) fn name(text: &str) -> Result<(), Slip> {
    let begins = text.starts_with(|c| c == ':' || xml::may_begin_name(c));
    verdict(text, begins && is_of_name_characters(text))
}

/// `NMTOKEN`: name characters in any order.
pub(super) fn nmtoken(text: &str) -> Result<(), Slip> {
    verdict(text, is_of_name_characters(text))
}

/// The prefix of a `QName`; "" without one.
pub(super) fn qname(text: &str) -> Result<&str, Slip> {
    let (prefix, local) = text.split_once(':').unwrap_or(("", text));
    let right = xml::is_ncname(local) && (prefix.len() + local.len() == text.len() || xml::is_ncname(prefix));
    verdict(text, right).map(|()| prefix)
}

/// 3.3.3: `[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`.
pub(super) fn language(text: &str) -> Result<(), Slip> {
    let mut parts = text.split('-');
    let fits = |part: &str, allowed: fn(&u8) -> bool| (1..=8).contains(&part.len()) && part.as_bytes().iter().all(allowed);
    let first = parts.next().is_some_and(|part| fits(part, u8::is_ascii_alphabetic));
    verdict(text, first && parts.all(|part| fits(part, u8::is_ascii_alphanumeric)))
}

/// 3.2.17: what is a URI reference once the characters that no URI has are escaped (XLink 5.4). Only a text that has such
/// characters is copied.
pub(super) fn any_uri(text: &str) -> Result<(), Slip> {
    if !text.bytes().any(|b| matches!(b, 0..=b' ' | b'<' | b'>' | b'"' | b'{'..=b'}' | b'['..=b'^' | b'`' | 0x7F..)) {
        return verdict_of_uri(xml::is_uri_reference(text));
    }
    let fragment = text.find('#').unwrap_or(text.len());
    let must_be_escaped = |(at, c): (usize, char)| match c {
        // RFC 2732 lets brackets stand in a query and a fragment; libxml2 takes them in a fragment.
        '[' | ']' => at > fragment,
        c => c <= ' ' || c >= '\u{7F}' || "<>\"{}|\\^`".contains(c),
    };
    let escaped: String = text.char_indices().map(|at| if must_be_escaped(at) { '_' } else { at.1 }).collect();
    verdict_of_uri(xml::is_uri_reference(&escaped))
}

fn verdict_of_uri(right: bool) -> Result<(), Slip> {
    if right { Ok(()) } else { Err(Slip::Form) }
}

fn is_of_name_characters(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c == ':' || xml::may_follow_in_name(c))
}

fn verdict(text: &str, right: bool) -> Result<(), Slip> {
    match (right, text.is_empty()) {
        (true, _) => Ok(()),
        (false, true) => Err(Slip::Empty),
        (false, false) => Err(Slip::Form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_in_their_colons_and_beginnings() {
        let judged = |text| (ncname(text).is_ok(), name(text).is_ok(), nmtoken(text).is_ok(), qname(text).is_ok());
        assert_eq!(judged("aæ-1.b"), (true, true, true, true));
        assert_eq!(judged("a:b"), (false, true, true, true));
        assert_eq!(judged(":a"), (false, true, true, false));
        assert_eq!(judged("a:"), (false, true, true, false));
        assert_eq!(judged("a:b:c"), (false, true, true, false));
        assert_eq!(judged("1a"), (false, false, true, false));
        assert_eq!(judged("a b"), (false, false, false, false));
        assert_eq!(judged(""), (false, false, false, false));
        assert_eq!(qname("a:b"), Ok("a"));
        assert_eq!(qname("b"), Ok(""));
    }

    #[test]
    fn a_language_is_parts_of_at_most_eight() {
        for good in ["nb", "nb-NO", "x-klingon", "zh-Hans-CN", "en-1"] {
            assert!(language(good).is_ok(), "{good}");
        }
        for bad in ["", "abcdefghi", "nb-", "-nb", "nb--NO", "nb_NO", "1", "næ", "en-abcdefghi"] {
            assert!(language(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn nearly_every_text_is_a_uri_reference() {
        for good in ["", "a b", "http://æ/ø?å", "<>\"{}|\\^`", "x#[", "http://[::1]/", "urn:oid:1.2", "%41", "a/b:c"] {
            assert!(any_uri(good).is_ok(), "{good}");
        }
        for bad in ["%", "http://x/%zz", "a#b#c", "[", "http://[::1", "1:b", ":b", "http://a:b/", "http://a@b@c/", "é:b"] {
            assert!(any_uri(bad).is_err(), "{bad}");
        }
    }
}
