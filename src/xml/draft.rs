//! An element that can be changed: taken out of a tree, edited, and written again. What nobody touches is written as it was read:
//! text and attribute values to the letter, prefixes with what they mean. Comments are not in a tree, and so not here.
//!
//! It knows names, namespaces and text, not schemas: that the order is right is the caller's business.

mod apart;

use std::borrow::Cow;

use super::names::is_ncname;
use super::namespaces::XML_NAME;
use super::tree::Node;
use super::write::{escape_attribute, escape_text};

/// An element that can be changed.
#[derive(Clone)]
pub struct Draft<'t> {
    prefix: Cow<'t, str>,
    namespace: Cow<'t, str>,
    local: Cow<'t, str>,
    declarations: Vec<(Cow<'t, str>, Cow<'t, str>)>,
    attributes: Vec<Attribute<'t>>,
    pieces: Vec<Piece<'t>>,
    origin: Option<Node<'t>>,
}

#[derive(Clone)]
struct Attribute<'t> {
    prefix: Cow<'t, str>,
    namespace: Cow<'t, str>,
    local: Cow<'t, str>,
    value: Cow<'t, str>,
}

/// What stands in an element.
#[derive(Clone)]
enum Piece<'t> {
    Element(Draft<'t>),
    Text(Cow<'t, str>),
}

impl<'t> Draft<'t> {
    /// A copy of an element with all that is in it.
    pub fn of(node: Node<'t>) -> Self {
        let name = node.name();
        let attributes = node.attributes().zip(node.written_attributes()).map(|((name, value), (written, _))| Attribute {
            prefix: prefix_of(written).into(),
            namespace: name.namespace.into(),
            local: name.local.into(),
            value: value.into(),
        });
        let piece = |inside: Node<'t>| match inside.as_text() {
            Some(text) => Piece::Text(text.into()),
            None => Piece::Element(Self::of(inside)),
        };
        Self {
            prefix: prefix_of(node.qualified_name()).into(),
            namespace: name.namespace.into(),
            local: name.local.into(),
            declarations: node.declarations().map(|(prefix, namespace)| (prefix.into(), namespace.into())).collect(),
            attributes: attributes.collect(),
            pieces: node.inside().map(piece).collect(),
            origin: Some(node),
        }
    }

    /// A new, empty element. The prefix is a wish; it is declared where it does not mean this namespace already.
    ///
    /// # Panics
    /// When the local name is none: names come from programs, and what comes from a message is looked at first.
    pub fn new(prefix: &str, namespace: &str, local: &str) -> Self {
        assert!(is_ncname(local), "an element has a name");
        Self {
            prefix: prefix.to_string().into(),
            namespace: namespace.to_string().into(),
            local: local.to_string().into(),
            declarations: Vec::new(),
            attributes: Vec::new(),
            pieces: Vec::new(),
            origin: None,
        }
    }

    /// A new element in the namespace of this one, to be put into it.
    pub fn part(&self, local: &str) -> Self {
        Self::new(&self.prefix, &self.namespace, local)
    }

    /// With this text.
    pub fn with_text(mut self, text: &str) -> Self {
        self.set_text(text.to_string());
        self
    }

    /// With this attribute in no namespace.
    pub fn with(mut self, local: &str, value: &str) -> Self {
        self.set_attribute(local, value);
        self
    }

    /// With this attribute in a namespace.
    pub fn with_named(mut self, prefix: &str, namespace: &str, local: &str, value: &str) -> Self {
        self.attributes.push(Attribute {
            prefix: prefix.to_string().into(),
            namespace: namespace.to_string().into(),
            local: local.to_string().into(),
            value: value.to_string().into(),
        });
        self
    }

    /// Where it was taken from; `None` for what is new.
    pub fn origin(&self) -> Option<Node<'t>> {
        self.origin
    }

    /// The local name.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The namespace; "" for none.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The child elements.
    pub fn children(&self) -> impl Iterator<Item = &Draft<'t>> {
        self.pieces.iter().filter_map(Piece::element)
    }

    /// The child elements, to be changed.
    pub fn children_mut(&mut self) -> impl Iterator<Item = &mut Draft<'t>> {
        self.pieces.iter_mut().filter_map(|piece| match piece {
            Piece::Element(element) => Some(element),
            Piece::Text(_) => None,
        })
    }

    /// The first child with this local name.
    pub fn child(&self, local: &str) -> Option<&Draft<'t>> {
        self.children().find(|child| child.local == local)
    }

    /// The first child with this local name, to be changed.
    pub fn child_mut(&mut self, local: &str) -> Option<&mut Draft<'t>> {
        self.children_mut().find(|child| child.local == local)
    }

    /// Whether there is a child element.
    pub fn has_children(&self) -> bool {
        self.children().next().is_some()
    }

    /// The text directly in it.
    pub fn text(&self) -> String {
        let texts = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(&**text),
            Piece::Element(_) => None,
        });
        texts.collect()
    }

    /// What stands in it, in order: elements and runs of text.
    pub fn pieces(&self) -> impl Iterator<Item = Result<&Draft<'t>, &str>> {
        self.pieces.iter().map(|piece| match piece {
            Piece::Element(element) => Ok(element),
            Piece::Text(text) => Err(&**text),
        })
    }

    /// Puts text in the place of all that is in it.
    pub fn set_text(&mut self, text: String) {
        self.pieces.clear();
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.into()));
        }
    }

    /// The attributes: namespace, local name, value.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.attributes.iter().map(|attribute| (&*attribute.namespace, &*attribute.local, &*attribute.value))
    }

    /// The value of an attribute in no namespace.
    pub fn attribute(&self, local: &str) -> Option<&str> {
        self.attributes().find(|(namespace, name, _)| namespace.is_empty() && *name == local).map(|(.., value)| value)
    }

    /// Sets an attribute in no namespace.
    pub fn set_attribute(&mut self, local: &str, value: &str) {
        let found = self.attributes.iter_mut().find(|it| it.namespace.is_empty() && it.local == local);
        match found {
            Some(attribute) => attribute.value = value.to_string().into(),
            None => *self = std::mem::replace(self, Self::new("", "", "a")).with_named("", "", local, value),
        }
    }

    /// Keeps the attributes for which `keep` (namespace, local name, value) says yes.
    pub fn retain_attributes(&mut self, keep: impl Fn(&str, &str, &str) -> bool) {
        self.attributes.retain(|it| keep(&it.namespace, &it.local, &it.value));
    }

    /// Puts a child behind all that is in it.
    pub fn push(&mut self, child: Draft<'t>) {
        self.pieces.push(Piece::Element(child));
    }

    /// Puts a child before the first one with one of these names, or last.
    pub fn insert_before(&mut self, child: Draft<'t>, following: &[&str]) {
        let is_behind = |piece: &Piece<'t>| piece.element().is_some_and(|element| following.contains(&element.local()));
        let at = self.pieces.iter().position(is_behind).unwrap_or(self.pieces.len());
        self.pieces.insert(at, Piece::Element(child));
    }

    /// Puts a child at a place, counted from 0, among those with its name; behind them all, and before the first one with one of
    /// the following names, where there are not so many.
    pub fn insert_nth(&mut self, child: Draft<'t>, place: usize, following: &[&str]) {
        let has_name = |piece: &&Piece<'t>| piece.element().is_some_and(|element| element.local == child.local);
        let nth = self.pieces.iter().enumerate().filter(|(_, piece)| has_name(piece)).nth(place).map(|(at, _)| at);
        match nth {
            Some(at) => self.pieces.insert(at, Piece::Element(child)),
            None => self.insert_before(child, following),
        }
    }

    /// Takes out the first child with this local name.
    pub fn take(&mut self, local: &str) -> Option<Draft<'t>> {
        let at = self.pieces.iter().position(|piece| piece.element().is_some_and(|element| element.local == local))?;
        match self.pieces.remove(at) {
            Piece::Element(element) => Some(element),
            Piece::Text(_) => None,
        }
    }

    /// Takes out the children with this local name that `wanted` says yes to, each with its place among those with that name,
    /// counted from 0.
    pub fn take_where(&mut self, local: &str, mut wanted: impl FnMut(usize, &Draft<'t>) -> bool) -> Vec<(usize, Draft<'t>)> {
        let mut taken = Vec::new();
        let mut place = 0;
        let mut kept = Vec::with_capacity(self.pieces.len());
        for piece in std::mem::take(&mut self.pieces) {
            match piece {
                Piece::Element(element) if element.local == local => {
                    if wanted(place, &element) {
                        taken.push((place, element));
                    } else {
                        kept.push(Piece::Element(element));
                    }
                    place += 1;
                }
                other => kept.push(other),
            }
        }
        self.pieces = kept;
        taken
    }

    /// Declares what is in force around it and not declared here, so that it means the same when that is taken away.
    pub fn declare(&mut self, in_force: &[(&'t str, &'t str)]) {
        for (prefix, namespace) in in_force {
            if self.declarations.iter().all(|(known, _)| known != prefix) {
                self.declarations.push(((*prefix).into(), (*namespace).into()));
            }
        }
    }

    /// Takes back the declarations of some namespaces.
    pub fn undeclare(&mut self, is_gone: impl Fn(&str) -> bool) {
        self.declarations.retain(|(_, namespace)| !is_gone(namespace));
    }

    /// Puts every name in it into another namespace, where there is one for its own; not in what stands below an element that is
    /// closed to it.
    pub fn move_namespaces(
        &mut self,
        other: &impl Fn(&str) -> Option<&'static str>,
        is_closed: &impl Fn(&Draft<'_>) -> bool,
    ) {
        let moved = |namespace: &mut Cow<'t, str>| {
            if let Some(other) = other(namespace) {
                *namespace = other.into();
            }
        };
        let closed = is_closed(self);
        moved(&mut self.namespace);
        self.declarations.iter_mut().for_each(|(_, namespace)| moved(namespace));
        self.attributes.iter_mut().for_each(|attribute| moved(&mut attribute.namespace));
        if !closed {
            self.children_mut().for_each(|child| child.move_namespaces(other, is_closed));
        }
    }

    /// Takes out runs of white space beside child elements: for comparing documents whose elements hold elements or text.
    pub fn without_layout(mut self, is_closed: &impl Fn(&Draft<'_>) -> bool) -> Self {
        if !is_closed(&self) {
            let has_children = self.has_children();
            let is_layout = |text: &str| has_children && text.chars().all(|c| c.is_ascii_whitespace());
            self.pieces.retain(|piece| !matches!(piece, Piece::Text(text) if is_layout(text)));
            let pieces = std::mem::take(&mut self.pieces).into_iter();
            let inside = |piece| match piece {
                Piece::Element(element) => Piece::Element(element.without_layout(is_closed)),
                text @ Piece::Text(_) => text,
            };
            self.pieces = pieces.map(inside).collect();
        }
        self
    }

    /// The document with this as its root.
    pub fn write(&self) -> String {
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        let mut scope = vec![(Cow::Borrowed("xml"), Cow::Borrowed(XML_NAME))];
        self.write_into(&mut out, &mut scope);
        out.push('\n');
        out
    }

    fn write_into<'d>(&'d self, out: &mut String, scope: &mut Scope<'d>) {
        let outside = scope.len();
        for (prefix, namespace) in &self.declarations {
            if meaning(scope, prefix) != Some(namespace) {
                scope.push((Cow::Borrowed(&**prefix), Cow::Borrowed(&**namespace)));
            }
        }
        let name = qualified(scope, outside, &self.prefix, &self.namespace, &self.local, true);
        let attributes: Vec<_> = self
            .attributes
            .iter()
            .map(|it| (qualified(scope, outside, &it.prefix, &it.namespace, &it.local, false), &it.value))
            .collect();
        out.push('<');
        out.push_str(&name);
        for (prefix, namespace) in &scope[outside..] {
            let declared = if prefix.is_empty() { "xmlns".to_string() } else { format!("xmlns:{prefix}") };
            write_attribute(&declared, namespace, out);
        }
        attributes.iter().for_each(|(name, value)| write_attribute(name, value, out));
        if self.pieces.is_empty() {
            out.push_str("/>");
        } else {
            out.push('>');
            for piece in &self.pieces {
                match piece {
                    Piece::Element(element) => element.write_into(out, scope),
                    Piece::Text(text) => escape_text(text, out),
                }
            }
            out.push_str(&format!("</{name}>"));
        }
        scope.truncate(outside);
    }
}

impl<'t> Piece<'t> {
    fn element(&self) -> Option<&Draft<'t>> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text(_) => None,
        }
    }
}

/// Prefixes and what they mean, innermost last.
type Scope<'d> = Vec<(Cow<'d, str>, Cow<'d, str>)>;

fn prefix_of(qualified: &str) -> &str {
    qualified.split_once(':').map_or("", |(prefix, _)| prefix)
}

fn meaning<'s>(scope: &'s Scope<'_>, prefix: &str) -> Option<&'s str> {
    let found = scope.iter().rev().find(|(known, _)| known == prefix).map(|(_, namespace)| &**namespace);
    found.or(prefix.is_empty().then_some(""))
}

/// The name as it is written here: with its own prefix where that means its namespace or can be declared on this element, with
/// another one otherwise. `outside` is how many declarations come from around the element.
fn qualified<'d>(
    scope: &mut Scope<'d>,
    outside: usize,
    prefix: &'d str,
    namespace: &'d str,
    local: &str,
    is_element: bool,
) -> String {
    if namespace.is_empty() && !is_element {
        return local.to_string();
    }
    // No prefix can stand for no namespace.
    let prefix = if namespace.is_empty() { "" } else { prefix };
    let fits = |prefix: &str| is_element || !prefix.is_empty();
    let chosen = if fits(prefix) && meaning(scope, prefix) == Some(namespace) {
        Cow::Borrowed(prefix)
    } else {
        let bound = scope.iter().map(|(known, _)| known.to_string());
        match bound.into_iter().find(|known| fits(known) && meaning(scope, known) == Some(namespace)) {
            Some(known) => Cow::Owned(known),
            None => {
                let is_free = fits(prefix) && scope[outside..].iter().all(|(known, _)| known != prefix);
                let new = || (1..).map(|n| format!("n{n}")).find(|name| meaning(scope, name).is_none());
                let chosen = if is_free || namespace.is_empty() {
                    Cow::Borrowed(prefix)
                } else {
                    new().map_or(prefix.into(), Cow::Owned)
                };
                scope.push((chosen.clone(), Cow::Borrowed(namespace)));
                chosen
            }
        }
    };
    if chosen.is_empty() { local.to_string() } else { format!("{chosen}:{local}") }
}

fn write_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_attribute(value, out);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limits;
    use super::super::tree::Tree;
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Tree<'_> {
        let (tree, trouble) = Tree::read(text, &Limits::default());
        assert_eq!(trouble, None, "{text}");
        tree
    }

    fn changed(text: &str, change: impl FnOnce(&mut Draft<'_>)) -> String {
        let tree = read(text);
        let mut draft = Draft::of(tree.root().expect("root"));
        change(&mut draft);
        draft.write().split_once("?>\n").expect("a declaration").1.trim_end().to_string()
    }

    #[test]
    fn what_nobody_touches_is_written_as_it_was() {
        for text in [
            "<a/>",
            "<a> t <b>u<c/></b>\n&lt;v </a>",
            "<p:a xmlns:p=\"urn:p\" p:x=\"&#10;\" xml:lang=\"nb\"><b xmlns=\"urn:d\"><c xmlns=\"\"/></b></p:a>",
        ] {
            assert_eq!(changed(text, |_| ()), text);
        }
    }

    #[test]
    fn children_are_put_and_taken_where_they_belong() {
        let text = "<a><b>1</b><b>2</b><d/></a>";
        assert_eq!(changed(text, |a| a.insert_before(a.part("c"), &["d"])), "<a><b>1</b><b>2</b><c/><d/></a>");
        assert_eq!(changed(text, |a| a.insert_before(a.part("e"), &[])), "<a><b>1</b><b>2</b><d/><e/></a>");
        assert_eq!(changed(text, |a| a.insert_nth(a.part("b"), 1, &["d"])), "<a><b>1</b><b/><b>2</b><d/></a>");
        assert_eq!(changed(text, |a| a.insert_nth(a.part("b"), 7, &["d"])), "<a><b>1</b><b>2</b><b/><d/></a>");
        assert_eq!(changed(text, |a| assert_eq!(a.take_where("b", |place, _| place == 1).len(), 1)), "<a><b>1</b><d/></a>");
    }

    #[test]
    fn a_new_element_declares_its_namespace_where_nobody_has() {
        let text = "<a xmlns=\"urn:a\" xmlns:q=\"urn:q\"><b xmlns:p=\"urn:other\"/></a>";
        let with = |prefix: &str, namespace: &str| {
            changed(text, |a| {
                let b = a.child_mut("b").expect("b");
                b.insert_before(Draft::new(prefix, namespace, "c"), &[]);
            })
        };
        assert!(with("x", "urn:q").contains("<q:c/>"), "a prefix that means it is there");
        assert!(with("p", "urn:p").contains("<p:c xmlns:p=\"urn:p\"/>"));
        assert!(with("", "").contains("<c xmlns=\"\"/>"));
        assert!(with("x", "").contains("<c xmlns=\"\"/>"));
        let attribute = changed(text, |a| *a = Draft::new("", "", "r").with_named("", "urn:x", "y", "1"));
        assert_eq!(attribute, "<r xmlns:n1=\"urn:x\" n1:y=\"1\"/>");
    }

    #[test]
    fn names_move_to_another_namespace_but_for_what_is_closed() {
        let text = "<p:a xmlns:p=\"urn:1\"><p:b/><closed><p:b/></closed></p:a>";
        let moved = changed(text, |a| {
            a.move_namespaces(&|namespace| (namespace == "urn:1").then_some("urn:2"), &|draft| draft.local() == "closed");
        });
        assert_eq!(moved, "<p:a xmlns:p=\"urn:2\"><p:b/><closed><p:b xmlns:p=\"urn:1\"/></closed></p:a>");
    }

    proptest! {
        #[test]
        fn any_text_and_value_is_kept(text in "[ -~æ\t\n\r]{0,20}", value in "[ -~æ\t\n\r]{0,20}") {
            let draft = Draft::new("", "", "a").with("b", &value).with_text(&text);
            let written = draft.write();
            let tree = read(&written);
            let root = tree.root().expect("root");
            prop_assert_eq!(root.text(), text);
            prop_assert_eq!(root.attribute("b"), Some(value.as_str()));
        }
    }
}
