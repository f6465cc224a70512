//! What a reader tells: events, and the beginning of an element with its names resolved. It knows no rule and moves nothing.

use super::namespaces::{NONE, Name, Namespaces};
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

/// An attribute that is no namespace declaration.
#[derive(Clone, Copy)]
pub struct Attribute<'r> {
    /// Its name; most attributes are in no namespace.
    pub name: Name<'r>,
    /// The number that this document gives its namespace, see [`Start::namespace_number`].
    pub namespace_number: usize,
    /// Its value, normalised.
    pub value: &'r str,
    /// Where its name stands, in bytes.
    pub offset: usize,
}

/// The attributes of an element that begins.
pub struct Attributes<'r> {
    now: &'r Now<'r>,
    rest: std::slice::Iter<'r, RawAttribute>,
}

impl<'r> Iterator for Attributes<'r> {
    type Item = Attribute<'r>;

    /// Inlined so that a caller pays only for those parts of an attribute that it looks at.
    #[inline(always)]
    fn next(&mut self) -> Option<Attribute<'r>> {
        let (now, raw) = (self.now, self.rest.next()?);
        let namespace = if raw.namespace == NONE { "" } else { now.namespaces.name(raw.namespace) };
        Some(Attribute {
            name: Name { namespace, local: raw.name.local(now.text) },
            namespace_number: raw.namespace as usize,
            value: raw.value.of(now.text, &now.run.made),
            offset: raw.name.start as usize,
        })
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
    pub fn attributes(&self) -> Attributes<'r> {
        Attributes { now: self.now, rest: self.now.attributes.iter() }
    }

    /// Whether an attribute has a prefix: all others are in no namespace.
    pub fn has_prefixed_attributes(&self) -> bool {
        self.now.attributes.iter().any(|raw| raw.namespace != NONE)
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
