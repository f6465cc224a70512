//! Which prefix means which namespace, element by element (Namespaces in XML 1.0, third edition).
//! It knows declarations and scopes, not tags.

use std::borrow::Cow;
use std::collections::HashMap;

use super::tag::RawName;
use super::trouble::Malformed;
use super::uri;

pub(super) const XML_NAME: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NAME: &str = "http://www.w3.org/2000/xmlns/";

/// The number of "no namespace".
pub(super) const NONE: u32 = 0;

/// The number of the namespace of `xml:lang`, `xml:id` and the like.
pub(super) const XML: u32 = 1;

/// A name as it is meant: without prefix, with the namespace the prefix stood for ("" for none).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name<'n> {
    /// The namespace name; "" when there is none.
    pub namespace: &'n str,
    /// The local part.
    pub local: &'n str,
}

impl Name<'_> {
    /// Whether this is that name.
    pub fn is(&self, namespace: &str, local: &str) -> bool {
        self.local == local && self.namespace == namespace
    }
}

/// How many declarations in force are looked through one by one; with more of them a map is kept.
const FEW: usize = 24;

/// A declaration in force.
struct Binding<'a> {
    depth: usize,
    key: u64,
    prefix: &'a str,
    number: u32,
}

/// The namespaces of one document, numbered in order of appearance, and what each prefix means now.
///
/// Messages have about ten declarations in force. Whoever has many gets a map, which hashes with a random key: a sender
/// cannot choose prefixes that make it slow.
pub(super) struct Namespaces<'a> {
    names: Vec<Cow<'a, str>>,
    /// Innermost last.
    bindings: Vec<Binding<'a>>,
    many: HashMap<&'a str, u32>,
    /// How many elements were open at the innermost declaration.
    innermost: usize,
    /// The key of the prefix that was asked for last, and what it means: mostly it is asked for again.
    last: (u64, u32),
    declared: usize,
}

impl<'a> Namespaces<'a> {
    pub fn new() -> Self {
        let mut bindings = Vec::with_capacity(FEW);
        bindings.extend([("", NONE), ("xml", XML)].map(|(prefix, number)| Binding {
            depth: 0,
            key: key(prefix),
            prefix,
            number,
        }));
        Self {
            names: vec![Cow::Borrowed(""), Cow::Borrowed(XML_NAME)],
            bindings,
            many: HashMap::new(),
            innermost: 0,
            last: FORGOTTEN,
            declared: 0,
        }
    }

    /// How many declarations were read so far.
    pub fn declared(&self) -> usize {
        self.declared
    }

    #[inline]
    pub fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    pub fn into_names(self) -> Vec<Cow<'a, str>> {
        self.names
    }

    /// Takes `xmlns:prefix="uri"` (or `xmlns="uri"` with the empty prefix) into account until the element at `depth` ends.
    pub fn declare(&mut self, prefix: &'a str, uri: Cow<'a, str>, depth: usize) -> Result<u32, Malformed> {
        if prefix == "xmlns" || uri == XMLNS_NAME || (prefix == "xml") != (uri == XML_NAME) {
            return Err(Malformed::ReservedPrefix);
        }
        if uri.is_empty() && !prefix.is_empty() {
            return Err(Malformed::EmptyNamespace);
        }
        let number = self.number(uri)?;
        let again = self.bindings.iter().rev().take_while(|b| b.depth == depth).any(|b| b.prefix == prefix);
        if again {
            return Err(Malformed::DuplicateAttribute);
        }
        self.declared += 1;
        self.bindings.push(Binding { depth, key: key(prefix), prefix, number });
        self.keep_map();
        Ok(number)
    }

    /// The number of a namespace; what was met before needs no second look.
    fn number(&mut self, uri: Cow<'a, str>) -> Result<u32, Malformed> {
        let known = self.names.iter().position(|name| *name == uri);
        let number = match known {
            Some(number) => number,
            None if !uri::is_reference(&uri) => return Err(Malformed::BadNamespaceName),
            None => {
                self.names.push(uri);
                self.names.len() - 1
            }
        };
        Ok(number as u32)
    }

    /// What the prefix means now; the empty prefix is the default namespace.
    pub fn meaning(&self, prefix: &str) -> Option<u32> {
        if self.bindings.len() > FEW {
            return self.many.get(prefix).copied();
        }
        let key = key(prefix);
        let is_it = |b: &&Binding| b.key == key && (prefix.len() <= KEY_BYTES || b.prefix == prefix);
        self.bindings.iter().rev().find(is_it).map(|b| b.number)
    }

    /// The same for the prefix of a name as it stands in the text.
    #[inline(always)]
    pub fn of_name(&mut self, name: RawName, text: &str) -> Option<u32> {
        let key = key_at(text, name.start as usize, usize::from(name.prefix_len));
        if key == self.last.0 { Some(self.last.1) } else { self.of_other_name(name, text, key) }
    }

    #[inline(never)]
    fn of_other_name(&mut self, name: RawName, text: &str, key: u64) -> Option<u32> {
        let number = self.meaning(name.prefix(text))?;
        self.last = if name.prefix_len as usize <= KEY_BYTES { (key, number) } else { FORGOTTEN };
        Some(number)
    }

    /// The element at `depth` has ended.
    #[inline]
    pub fn leave(&mut self, depth: usize) {
        if self.innermost >= depth {
            self.forget(depth);
        }
    }

    #[inline(never)]
    fn forget(&mut self, depth: usize) {
        while self.bindings.pop_if(|binding| binding.depth >= depth).is_some() {}
        self.keep_map();
    }

    /// After a change. Makes the map anew, if there are many: that is work for each declaration and for
    /// each element with one, both of which have a limit.
    fn keep_map(&mut self) {
        self.last = FORGOTTEN;
        self.innermost = self.bindings.last().map_or(0, |binding| binding.depth);
        if self.bindings.len() > FEW {
            self.many.clear();
            self.many.extend(self.bindings.iter().map(|b| (b.prefix, b.number)));
        }
    }
}

/// So many bytes of a prefix go into its key.
const KEY_BYTES: usize = 7;

/// What marks the key of a longer prefix.
const LONG: u64 = 0xFF << 56;

/// No prefix has this key; a NUL is no character.
const FORGOTTEN: (u64, u32) = (LONG, NONE);

/// The prefix as a number: equal for equal prefixes, and for no others up to [`KEY_BYTES`] bytes.
fn key(prefix: &str) -> u64 {
    let bytes = prefix.bytes().take(KEY_BYTES).rev().fold(0, |key, byte| key << 8 | u64::from(byte));
    if prefix.len() > KEY_BYTES { bytes | LONG } else { bytes }
}

/// The same for a prefix in the text.
#[inline]
fn key_at(text: &str, start: usize, len: usize) -> u64 {
    match text.as_bytes()[start..].first_chunk() {
        Some(eight) if len <= KEY_BYTES => u64::from_le_bytes(*eight) & ((1 << (len * 8)) - 1),
        _ => key(&text[start..start + len]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning<'n>(namespaces: &'n Namespaces<'_>, prefix: &str) -> Option<&'n str> {
        namespaces.meaning(prefix).map(|number| namespaces.name(number))
    }

    #[test]
    fn a_declaration_holds_until_its_element_ends() {
        let mut ns = Namespaces::new();
        ns.declare("a", "urn:1".into(), 1).expect("allowed");
        ns.declare("a", "urn:2".into(), 2).expect("allowed");
        ns.declare("", "urn:1".into(), 2).expect("allowed");
        assert_eq!((meaning(&ns, "a"), meaning(&ns, "")), (Some("urn:2"), Some("urn:1")));
        ns.leave(2);
        assert_eq!((meaning(&ns, "a"), meaning(&ns, "")), (Some("urn:1"), Some("")));
        ns.leave(1);
        assert_eq!((meaning(&ns, "a"), meaning(&ns, "xml")), (None, Some(XML_NAME)));
    }

    #[test]
    fn the_default_namespace_can_be_taken_away_but_no_prefix_can() {
        let mut ns = Namespaces::new();
        ns.declare("", "urn:1".into(), 1).expect("allowed");
        ns.declare("", "".into(), 2).expect("allowed");
        assert_eq!(meaning(&ns, ""), Some(""));
        assert_eq!(ns.declare("a", "".into(), 2), Err(Malformed::EmptyNamespace));
    }

    #[test]
    fn xml_and_xmlns_keep_their_meaning() {
        let mut ns = Namespaces::new();
        assert!(ns.declare("xml", XML_NAME.into(), 1).is_ok());
        for (prefix, uri) in [
            ("xml", "urn:1"),
            ("a", XML_NAME),
            ("", XML_NAME),
            ("xmlns", XMLNS_NAME),
            ("xmlns", "urn:1"),
            ("a", XMLNS_NAME),
            ("", XMLNS_NAME),
        ] {
            assert_eq!(ns.declare(prefix, uri.into(), 1), Err(Malformed::ReservedPrefix), "{prefix} {uri}");
        }
    }

    #[test]
    fn the_same_prefix_twice_on_one_element_is_a_duplicate_attribute() {
        let mut ns = Namespaces::new();
        ns.declare("a", "urn:1".into(), 1).expect("allowed");
        assert_eq!(ns.declare("a", "urn:1".into(), 1), Err(Malformed::DuplicateAttribute));
    }

    #[test]
    fn few_declarations_and_many_mean_the_same() {
        let prefixes: Vec<String> = (0..FEW * 3).map(|n| format!("{}{n}", "long".repeat(n % 4))).collect();
        let uris: Vec<String> = (0..FEW * 3).map(|n| format!("urn:{n}")).collect();
        let mut ns = Namespaces::new();
        for depth in 0..FEW * 3 {
            ns.declare(&prefixes[depth], uris[depth].as_str().into(), depth + 1).expect("allowed");
            ns.declare("a", uris[depth].as_str().into(), depth + 1).expect("allowed");
        }
        for depth in (0..FEW * 3).rev() {
            assert_eq!(meaning(&ns, "a"), Some(uris[depth].as_str()));
            for (n, prefix) in prefixes.iter().enumerate() {
                assert_eq!(meaning(&ns, prefix), (n <= depth).then_some(uris[n].as_str()), "{prefix} at {depth}");
            }
            ns.leave(depth + 1);
        }
        assert_eq!((meaning(&ns, "a"), meaning(&ns, "xml"), meaning(&ns, "")), (None, Some(XML_NAME), Some("")));
    }

    #[test]
    fn prefixes_that_begin_alike_are_told_apart() {
        let mut ns = Namespaces::new();
        let alike = ["a", "aa", "abcdefg", "abcdefgh", "abcdefgi", "abcdefghi"];
        for (n, prefix) in alike.into_iter().enumerate() {
            assert_eq!(ns.meaning(prefix), None);
            assert_eq!(ns.declare(prefix, format!("urn:{n}").into(), 1), Ok(n as u32 + 2));
        }
        assert!(alike.iter().enumerate().all(|(n, prefix)| ns.meaning(prefix) == Some(n as u32 + 2)));
        for (n, prefix) in alike.iter().enumerate().chain(alike.iter().enumerate()) {
            for behind in [":", ":a-long-local-name"] {
                let name = RawName { start: 1, prefix_len: prefix.len() as u16, len: 0 };
                let name = RawName { len: (prefix.len() + behind.len()) as u16, ..name };
                assert_eq!(ns.of_name(name, &format!("<{prefix}{behind}")), Some(n as u32 + 2));
            }
        }
    }
}
