//! What a reader tells: events, and the beginning of an element with its names resolved. It knows no rule and moves nothing.

use super::namespaces::{Name, Namespaces};
use super::run::Run;
use super::tag::{RawAttribute, RawName, Span};

/// What stands where the reader is: the data of the current event. Its buffers are used again for the next.
pub(super) struct Now<'a> {
    pub text: &'a str,
    pub namespaces: Namespaces<'a>,
    /// Where the event begins.
    pub offset: usize,
    pub name: RawName,
    pub namespace: u32,
    pub attributes: Vec<RawAttribute>,
    /// Whether an attribute has a prefix.
    pub is_prefixed: bool,
    pub declarations: Vec<RawDeclaration>,
    pub run: Run<'a>,
}

/// What can be read next.
pub enum Event<'r> {
    /// An element begins. An empty element `<a/>` gives this and [`Event::End`].
    Start(Start<'r>),
    /// The text between two tags, in one piece: references resolved, CDATA sections included, comments and processing
    /// instructions left out, line ends as LF. White space between elements is given too.
    Text(&'r str),
    /// The innermost open element ends.
    End,
    /// The document is well-formed and read to its end.
    Eof,
}

/// The beginning of an element.
#[derive(Clone, Copy)]
pub struct Start<'r> {
    pub(super) now: &'r Now<'r>,
}

/// An attribute that is no namespace declaration. What is not asked for costs nothing.
#[derive(Clone, Copy)]
pub struct Attribute<'r> {
    now: &'r Now<'r>,
    raw: &'r RawAttribute,
}

impl<'r> Attribute<'r> {
    /// Its name; most attributes are in no namespace.
    pub fn name(&self) -> Name<'r> {
        Name { namespace: self.now.namespaces.name(self.raw.namespace), local: self.raw.name.local(self.now.text) }
    }

    /// The number of its name, see [`short_name`](super::names::short_name), if it has no prefix; else 0.
    #[inline]
    pub(crate) fn short_name(&self) -> u64 {
        self.raw.short_name
    }

    /// The number that this document gives its namespace, see [`Start::namespace_number`].
    #[inline]
    pub fn namespace_number(&self) -> usize {
        self.raw.namespace as usize
    }

    /// Its value, normalised.
    #[inline]
    pub fn value(&self) -> &'r str {
        self.raw.value.of(self.now.text, &self.now.run.made)
    }

    /// Where its name stands, in bytes.
    pub fn offset(&self) -> usize {
        self.raw.name.start as usize
    }
}

impl<'r> Start<'r> {
    /// The element's name.
    #[inline]
    pub fn name(&self) -> Name<'r> {
        let now = self.now;
        Name { namespace: now.namespaces.name(now.namespace), local: now.name.local(now.text) }
    }

    /// The local part of the element's name, where only whether it is the same matters.
    #[inline]
    pub(crate) fn local_bytes(&self) -> &'r [u8] {
        self.now.name.local_bytes(self.now.text.as_bytes())
    }

    /// Where its `<` stands, in bytes.
    pub fn offset(&self) -> usize {
        self.now.offset
    }

    /// The number that this document gives the element's namespace: 0 for none, 1 for `xml`, then in order of appearance.
    /// The same number always means the same namespace, so whoever looks namespaces up can do so once for each.
    pub fn namespace_number(&self) -> usize {
        self.now.namespace as usize
    }

    /// The attributes in document order, without namespace declarations.
    #[inline]
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'r>> + use<'r> {
        let now = self.now;
        now.attributes.iter().map(move |raw| Attribute { now, raw })
    }

    /// Whether there is an attribute that is no namespace declaration.
    #[inline]
    pub fn has_attributes(&self) -> bool {
        !self.now.attributes.is_empty()
    }

    /// Whether an attribute has a prefix: all others are in no namespace.
    #[inline]
    pub fn has_prefixed_attributes(&self) -> bool {
        self.now.is_prefixed
    }

    /// What a prefix means here, for qualified names in content such as the value of `xsi:type`.
    pub fn namespace_of(&self, prefix: &str) -> Option<&'r str> {
        let now = self.now;
        now.namespaces.meaning(prefix).map(|number| now.namespaces.name(number))
    }
}

/// Who sees every event of a document while something else is made of it: a schema validator beside a tree.
pub trait Watch {
    /// An element begins.
    fn start(&mut self, start: Start<'_>);
    /// A run of text, as [`Event::Text`] gives it, which begins at a byte offset.
    fn text(&mut self, text: &str, offset: usize);
    /// The innermost open element ends; the offset is where its end tag begins (its start tag's, if the element is empty).
    fn end(&mut self, offset: usize);
}

/// Nobody watches.
impl Watch for () {
    fn start(&mut self, _: Start<'_>) {}
    fn text(&mut self, _: &str, _: usize) {}
    fn end(&mut self, _: usize) {}
}

/// An event without its data, which stays in the reader's buffers: for the tree, which keeps spans instead of strings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Start,
    Text,
    End,
    Eof,
}

/// A namespace declaration of the current element.
#[derive(Clone, Copy)]
pub(super) struct RawDeclaration {
    pub prefix: Span,
    pub namespace: u32,
}
