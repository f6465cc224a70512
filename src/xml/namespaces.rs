//! Which prefix means which namespace, element by element (Namespaces in XML 1.0, third edition).
//! It knows declarations and scopes, not tags.

use std::borrow::Cow;
use std::collections::HashMap;

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

/// A declaration to be forgotten when its element ends.
struct Undo<'a> {
    depth: usize,
    prefix: &'a str,
    before: Option<u32>,
}

/// The namespaces of one document, numbered in order of appearance, and what each prefix means now.
///
/// The map hashes with a random key: a sender cannot choose prefixes that make it slow.
pub(super) struct Namespaces<'a> {
    names: Vec<Cow<'a, str>>,
    current: HashMap<&'a str, u32>,
    undo: Vec<Undo<'a>>,
    declared: usize,
}

impl<'a> Namespaces<'a> {
    pub fn new() -> Self {
        Self {
            names: vec![Cow::Borrowed(""), Cow::Borrowed(XML_NAME)],
            current: HashMap::from([("", NONE), ("xml", XML)]),
            undo: Vec::new(),
            declared: 0,
        }
    }

    /// How many declarations were read so far.
    pub fn declared(&self) -> usize {
        self.declared
    }

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
        if !uri::is_reference(&uri) {
            return Err(Malformed::BadNamespaceName);
        }
        let again = self.undo.iter().rev().take_while(|u| u.depth == depth).any(|u| u.prefix == prefix);
        if again {
            return Err(Malformed::DuplicateAttribute);
        }
        self.declared += 1;
        let number = self.number(uri);
        let before = self.current.insert(prefix, number);
        self.undo.push(Undo { depth, prefix, before });
        Ok(number)
    }

    fn number(&mut self, uri: Cow<'a, str>) -> u32 {
        let known = self.names.iter().position(|name| *name == uri);
        let number = known.unwrap_or_else(|| {
            self.names.push(uri);
            self.names.len() - 1
        });
        number as u32
    }

    /// What the prefix means now; the empty prefix is the default namespace.
    pub fn meaning(&self, prefix: &str) -> Option<u32> {
        self.current.get(prefix).copied()
    }

    /// The element at `depth` has ended.
    pub fn leave(&mut self, depth: usize) {
        while let Some(undo) = self.undo.pop_if(|u| u.depth >= depth) {
            match undo.before {
                Some(number) => self.current.insert(undo.prefix, number),
                None => self.current.remove(undo.prefix),
            };
        }
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
}
