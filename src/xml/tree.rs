//! A document as a tree: one flat list of elements and texts in document order, borrowing from the text.
//! It knows structure, not meaning, and it is never changed once read.

use std::borrow::Cow;
use std::ops::Range;

use super::chars::is_blank;
use super::event::{RawDeclaration, Step, Watch};
use super::limits::Limits;
use super::namespaces::Name;
use super::place::Place;
use super::reader::Reader;
use super::scan::is_same;
use super::tag::{RawAttribute, RawName, Span};
use super::trouble::Trouble;

/// Marks a slot as text; an element has the number of its namespace there.
const TEXT: u32 = u32::MAX;
const NOBODY: u32 = u32::MAX;

/// An element or a run of text: 32 bytes.
struct Slot {
    namespace: u32,
    /// The slot behind the last one inside this: the next sibling, if the parent reaches so far.
    end: u32,
    parent: u32,
    /// For an element where its name stands, for text where the run is.
    span: Span,
    prefix_len: u16,
    /// The first attribute and declaration; they end where those of the next slot begin.
    attributes: u32,
    declarations: u32,
}

/// A document, or as much of it as could be read.
pub struct Tree<'a> {
    text: &'a str,
    made: String,
    slots: Vec<Slot>,
    attributes: Vec<RawAttribute>,
    declarations: Vec<RawDeclaration>,
    namespaces: Vec<Cow<'a, str>>,
}

impl<'a> Tree<'a> {
    /// Reads a decoded document. When there is trouble, the tree holds what was read before it, every open element closed:
    /// often enough of an envelope to answer its sender.
    pub fn read(text: &'a str, limits: &Limits) -> (Tree<'a>, Option<Trouble>) {
        Self::read_watched(text, limits, &mut ())
    }

    /// The same, while somebody sees every event: one pass for both.
    pub fn read_watched(text: &'a str, limits: &Limits, watch: &mut impl Watch) -> (Tree<'a>, Option<Trouble>) {
        let mut reader = Reader::new(text, *limits);
        let mut tree = Tree {
            text,
            made: String::new(),
            slots: Vec::new(),
            attributes: Vec::new(),
            declarations: Vec::new(),
            namespaces: Vec::new(),
        };
        let mut open = NOBODY;
        let trouble = loop {
            let step = match reader.advance(watch) {
                Ok(step) => step,
                Err(trouble) => break Some(trouble),
            };
            match step {
                Step::Start => open = tree.add_element(&reader, open),
                Step::Text => tree.add_text(&reader, open),
                Step::End => open = tree.close(open),
                Step::Eof => break None,
            }
        };
        while open != NOBODY {
            open = tree.close(open);
        }
        tree.namespaces = reader.into_namespaces();
        (tree, trouble)
    }

    /// The root element; `None` when the trouble came before it.
    pub fn root(&self) -> Option<Node<'_>> {
        (!self.slots.is_empty()).then_some(Node { tree: self, index: 0 })
    }

    /// The text the tree was read from.
    pub fn source(&self) -> &'a str {
        self.text
    }

    fn add_element(&mut self, reader: &Reader<'a>, parent: u32) -> u32 {
        let (name, namespace, attributes, declarations) = reader.element();
        let index = self.push(Slot {
            namespace,
            end: 0,
            parent,
            span: Span { start: name.start, len: u32::from(name.len) },
            prefix_len: name.prefix_len,
            attributes: self.attributes.len() as u32,
            declarations: self.declarations.len() as u32,
        });
        for attribute in attributes {
            let value = self.keep(attribute.value, reader.made());
            self.attributes.push(RawAttribute { value, ..*attribute });
        }
        self.declarations.extend_from_slice(declarations);
        index
    }

    fn add_text(&mut self, reader: &Reader<'a>, parent: u32) {
        let span = self.keep(reader.run(), reader.made());
        let index = self.push(Slot {
            namespace: TEXT,
            end: 0,
            parent,
            span,
            prefix_len: 0,
            attributes: self.attributes.len() as u32,
            declarations: self.declarations.len() as u32,
        });
        self.slots[index as usize].end = index + 1;
    }

    fn push(&mut self, slot: Slot) -> u32 {
        self.slots.push(slot);
        self.slots.len() as u32 - 1
    }

    fn close(&mut self, open: u32) -> u32 {
        let end = self.slots.len() as u32;
        let slot = &mut self.slots[open as usize];
        slot.end = end;
        slot.parent
    }

    /// What stands beside each other from one slot on, up to another.
    fn row(&self, from: u32, end: u32) -> impl Iterator<Item = Node<'_>> {
        let first = (from < end).then_some(from);
        let next = move |index: &u32| {
            let next = self.slots[*index as usize].end;
            (next < end).then_some(next)
        };
        std::iter::successors(first, next).map(move |index| Node { tree: self, index })
    }

    /// Copies what the reader made, whose buffer is used again; what stands in the document is only pointed at.
    fn keep(&mut self, span: Span, made: &str) -> Span {
        if !span.is_made(self.text) {
            return span;
        }
        let start = self.text.len() + self.made.len();
        self.made.push_str(span.of(self.text, made));
        Span { start: start as u32, len: span.len }
    }

    fn string(&self, span: Span) -> &str {
        span.of(self.text, &self.made)
    }
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

/// The same element of the same tree, not merely one that looks alike.
impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.index == other.index
    }
}

impl<'t> Node<'t> {
    /// The name: namespace and local part.
    pub fn name(self) -> Name<'t> {
        let slot = self.slot();
        Name { namespace: &self.tree.namespaces[slot.namespace as usize], local: self.raw_name().local(self.tree.text) }
    }

    /// The local part of the name.
    pub fn local(self) -> &'t str {
        self.raw_name().local(self.tree.text)
    }

    /// The number of the element's namespace in this document: 0 when it is in none.
    pub fn namespace_number(self) -> usize {
        self.slot().namespace as usize
    }

    /// The namespaces of the document that this element is in, in the order of their numbers.
    pub fn namespaces(self) -> impl Iterator<Item = &'t str> {
        self.tree.namespaces.iter().map(|namespace| &**namespace)
    }

    /// Whether the element has this name.
    pub fn is(self, namespace: &str, local: &str) -> bool {
        self.name().is(namespace, local)
    }

    /// Whether this is an element of the same name as another of this document.
    pub(super) fn has_name_of(self, other: Node<'t>) -> bool {
        let bytes = self.tree.text.as_bytes();
        self.slot().namespace == other.slot().namespace
            && is_same(self.raw_name().local_bytes(bytes), other.raw_name().local_bytes(bytes))
    }

    /// The child elements in document order.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        self.inside().filter(|node| node.slot().namespace != TEXT)
    }

    /// This element and all elements inside it, in document order.
    pub fn descendants(self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let tree = self.tree;
        (self.index..self.slot().end).map(move |index| Node { tree, index }).filter(|node| node.slot().namespace != TEXT)
    }

    /// The first child element of this name.
    pub fn child(self, namespace: &str, local: &str) -> Option<Node<'t>> {
        self.children().find(|node| node.is(namespace, local))
    }

    /// The child elements of this name in document order.
    pub fn children_named<'n>(self, namespace: &'n str, local: &'n str) -> impl Iterator<Item = Node<'t>> + use<'t, 'n> {
        self.children().filter(move |node| node.is(namespace, local))
    }

    /// The element this one stands in; `None` for the root.
    pub fn parent(self) -> Option<Node<'t>> {
        let parent = self.slot().parent;
        (parent != NOBODY).then_some(Node { tree: self.tree, index: parent })
    }

    /// The value of an attribute that is in no namespace.
    pub fn attribute(self, local: &str) -> Option<&'t str> {
        let tree = self.tree;
        let is_it =
            |raw: &&RawAttribute| raw.namespace == 0 && is_same(raw.name.local(tree.text).as_bytes(), local.as_bytes());
        self.raw_attributes().iter().find(is_it).map(|raw| tree.string(raw.value))
    }

    /// The attributes in document order, without namespace declarations.
    pub fn attributes(self) -> impl Iterator<Item = (Name<'t>, &'t str)> + use<'t> {
        let tree = self.tree;
        self.raw_attributes().iter().map(move |raw| {
            let name = Name { namespace: &tree.namespaces[raw.namespace as usize], local: raw.name.local(tree.text) };
            (name, tree.string(raw.value))
        })
    }

    /// Where the value of an attribute in no namespace stands in the text, in bytes, without its quotes. `None` where it is
    /// written with references or line ends, so that it does not stand there as it is read.
    pub fn attribute_bytes(self, local: &str) -> Option<Range<usize>> {
        let namespaces = &self.tree.namespaces;
        let is_it =
            |raw: &&RawAttribute| namespaces[raw.namespace as usize].is_empty() && raw.name.local(self.tree.text) == local;
        let value = self.raw_attributes().iter().find(is_it)?.value;
        let start = value.start as usize;
        (!value.is_made(self.tree.text)).then_some(start..start + value.len as usize)
    }

    /// Where a further attribute can be put, in bytes: behind the name in the start tag.
    pub fn behind_name(self) -> usize {
        let span = self.slot().span;
        (span.start + span.len) as usize
    }

    /// What a prefix means here, for qualified names in content; the empty prefix is the default namespace.
    pub fn namespace_of(self, prefix: &str) -> Option<&'t str> {
        let declared = |node: Node<'t>| node.declarations().find(|(known, _)| *known == prefix);
        let found = std::iter::successors(Some(self), |node| node.parent()).find_map(declared);
        match prefix {
            "xml" => Some(super::namespaces::XML_NAME),
            _ => found.map(|(_, namespace)| namespace).or_else(|| prefix.is_empty().then_some("")),
        }
    }

    /// The text directly in this element, child elements left out. Borrowed unless child elements divide it.
    pub fn text(self) -> Cow<'t, str> {
        // Nearly always one run is all that is in it.
        if let Some(only) = self.next_slot().filter(|next| next.namespace == TEXT && next.end == self.slot().end) {
            return Cow::Borrowed(self.tree.string(only.span));
        }
        let mut pieces = self.pieces();
        let Some(first) = pieces.next() else { return Cow::Borrowed("") };
        pieces.fold(Cow::Borrowed(first), |text, piece| text + piece)
    }

    /// Whether the text directly in this element is more than white space.
    pub fn has_text(self) -> bool {
        self.pieces().any(|piece| !is_blank(piece))
    }

    /// Where the text of this element stands in the document, in bytes. `None` where child elements divide it, or where it is
    /// written with references or line ends, so that it does not stand there as it is read.
    pub fn text_bytes(self) -> Option<Range<usize>> {
        let mut runs = self.inside().filter(|node| node.slot().namespace == TEXT);
        let span = runs.next()?.slot().span;
        let start = span.start as usize;
        let stands_there = runs.next().is_none() && !span.is_made(self.tree.text);
        stands_there.then_some(start..start + span.len as usize)
    }

    /// Where the element's start tag begins, in bytes.
    pub fn offset(self) -> usize {
        self.slot().span.start as usize - 1
    }

    /// Where the element's start tag begins, for a person. Counts lines from the start: for findings.
    pub fn place(self) -> Place {
        Place::of(self.tree.text, self.offset())
    }

    /// The runs of text directly in this element.
    fn pieces(self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.inside().filter_map(Node::as_text)
    }

    /// Everything behind it in the same parent, in order.
    pub(super) fn behind(self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let end = self.parent().map_or(0, |parent| parent.slot().end);
        self.tree.row(self.slot().end, end)
    }

    /// Everything directly inside, in order: elements, and runs of text, which have no name.
    pub fn inside(self) -> impl Iterator<Item = Node<'t>> + use<'t> {
        self.tree.row(self.index + 1, self.slot().end)
    }

    /// The run of text in this slot, if it is not an element.
    pub fn as_text(self) -> Option<&'t str> {
        let slot = self.slot();
        (slot.namespace == TEXT).then(|| self.tree.string(slot.span))
    }

    pub(super) fn qualified_name(self) -> &'t str {
        self.raw_name().qualified(self.tree.text)
    }

    /// The attributes as written: qualified name and normalised value.
    pub(super) fn written_attributes(self) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
        let tree = self.tree;
        self.raw_attributes().iter().map(move |raw| (raw.name.qualified(tree.text), tree.string(raw.value)))
    }

    /// The namespace declarations of this element: prefix and namespace.
    pub(super) fn declarations(self) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
        let tree = self.tree;
        let start = self.slot().declarations as usize;
        let end = self.next_slot().map_or(tree.declarations.len(), |slot| slot.declarations as usize);
        tree.declarations[start..end].iter().map(|d| (tree.string(d.prefix), &*tree.namespaces[d.namespace as usize]))
    }

    /// Every declaration in force here, those of the element itself first; the default namespace may be "".
    pub fn declarations_in_scope(self) -> Vec<(&'t str, &'t str)> {
        let mut found: Vec<(&str, &str)> = Vec::new();
        for node in std::iter::successors(Some(self), |node| node.parent()) {
            for (prefix, namespace) in node.declarations() {
                if !found.iter().any(|(known, _)| *known == prefix) {
                    found.push((prefix, namespace));
                }
            }
        }
        found
    }

    fn slot(self) -> &'t Slot {
        &self.tree.slots[self.index as usize]
    }

    fn next_slot(self) -> Option<&'t Slot> {
        self.tree.slots.get(self.index as usize + 1)
    }

    fn raw_name(self) -> RawName {
        let slot = self.slot();
        RawName { start: slot.span.start, prefix_len: slot.prefix_len, len: slot.span.len as u16 }
    }

    fn raw_attributes(self) -> &'t [RawAttribute] {
        let start = self.slot().attributes as usize;
        let end = self.next_slot().map_or(self.tree.attributes.len(), |slot| slot.attributes as usize);
        &self.tree.attributes[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "<?xml version='1.0'?>\n<n:note xmlns:n='urn:n' xmlns='urn:d' id='7' n:id='8'>\n  <to>Stille &amp; Fjord</to>\n  <n:to/>\n  <to> </to>\n  <none xmlns=''>a<b/>b</none>\n</n:note>\n";

    fn read(text: &str) -> Tree<'_> {
        let (tree, trouble) = Tree::read(text, &Limits::default());
        assert_eq!(trouble, None, "{text}");
        tree
    }

    #[test]
    fn elements_are_found_by_namespace_and_local_name() {
        let tree = read(NOTE);
        let root = tree.root().expect("root");
        assert!(root.is("urn:n", "note"));
        assert_eq!(root.children().count(), 4);
        assert_eq!(root.children_named("urn:d", "to").count(), 2);
        assert_eq!(root.child("urn:d", "to").map(|n| n.text()), Some("Stille & Fjord".into()));
        assert!(root.child("urn:n", "none").is_none());
        assert!(root.child("", "none").is_some_and(|n| n.parent() == Some(root)));
    }

    #[test]
    fn attributes_are_found_by_local_name_only_when_in_no_namespace() {
        let tree = read(NOTE);
        let root = tree.root().expect("root");
        assert_eq!(root.attribute("id"), Some("7"));
        let all: Vec<_> = root.attributes().map(|(name, value)| (name.namespace, name.local, value)).collect();
        assert_eq!(all, [("", "id", "7"), ("urn:n", "id", "8")]);
    }

    #[test]
    fn an_attribute_can_be_found_in_the_text_and_another_put_beside_it() {
        let text = "<n:a xmlns:n='urn:n' b='' c=\"x&amp;y\" n:d='n' d = 'plain'/>";
        let tree = read(text);
        let root = tree.root().expect("root");
        assert_eq!(root.attribute_bytes("d").map(|at| &text[at]), Some("plain"));
        assert_eq!(root.attribute_bytes("b").map(|at| &text[at.start - 1..at.end + 1]), Some("''"));
        assert_eq!(root.attribute_bytes("c"), None, "it stands there otherwise");
        assert_eq!(&text[root.behind_name()..][..6], " xmlns");
    }

    #[test]
    fn direct_text_is_joined_around_child_elements() {
        let tree = read(NOTE);
        let none = tree.root().and_then(|root| root.child("", "none")).expect("none");
        assert_eq!(none.text(), "ab");
        assert!(none.has_text());
        assert!(!none.children().next().expect("b").has_text());
        assert!(!tree.root().expect("root").has_text());
    }

    #[test]
    fn text_is_borrowed_when_the_document_has_it_as_it_is() {
        let tree = read("<a>x<!-- c -->\n</a>");
        assert!(matches!(tree.root().expect("root").text(), Cow::Borrowed("x\n")));
    }

    #[test]
    fn the_text_of_an_element_can_be_found_in_the_document() {
        let text = "<a><b> x y </b><c>x&amp;y</c><d>x<e/>y</d><f/></a>";
        let tree = read(text);
        let at: Vec<_> = tree.root().expect("root").children().map(|n| n.text_bytes().map(|at| &text[at])).collect();
        assert_eq!(at, [Some(" x y "), None, None, None]);
    }

    #[test]
    fn a_path_numbers_siblings_of_the_same_name_only() {
        let tree = read(NOTE);
        let root = tree.root().expect("root");
        let paths: Vec<_> = root.children().map(|n| n.path(&[("n", "urn:n"), ("d", "urn:d")])).collect();
        assert_eq!(paths, ["/n:note/d:to[1]", "/n:note/n:to", "/n:note/d:to[2]", "/n:note/none"]);
        assert_eq!(root.children().next().expect("to").path(&[("n", "urn:n")]), "/n:note/*:to[1]");
    }

    #[test]
    fn an_element_knows_its_place() {
        let tree = read(NOTE);
        let last = tree.root().and_then(|root| root.children().last()).expect("none");
        assert_eq!(last.place(), Place { line: 6, column: 3 });
        assert!(NOTE[last.offset()..].starts_with("<none"));
    }

    #[test]
    fn what_was_read_before_the_trouble_is_kept() {
        let (tree, trouble) = Tree::read("<a><b>kept</b><c>also<d x='1'>not", &Limits::default());
        assert!(trouble.is_some());
        let root = tree.root().expect("root");
        assert_eq!(root.child("", "b").map(|b| b.text()), Some("kept".into()));
        let c = root.child("", "c").expect("c");
        assert_eq!(c.text(), "also");
        assert_eq!(c.child("", "d").and_then(|d| d.attribute("x")), Some("1"));
    }

    #[test]
    fn a_document_without_element_has_no_root() {
        assert!(Tree::read("", &Limits::default()).0.root().is_none());
    }

    #[test]
    fn a_slot_stays_small() {
        assert!(size_of::<Slot>() <= 48);
    }
}
