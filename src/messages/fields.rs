//! The fields of an element: the same few ways of reading text, codes and identifiers in MsgHead and AppRec.

use super::coded::Coded;
use crate::domain::Private;
use crate::xml::Node;

/// An element whose children are all in one namespace.
#[derive(Clone, Copy)]
pub struct Fields<'t> {
    node: Node<'t>,
    namespace: &'t str,
}

impl<'t> Fields<'t> {
    /// The children of `node` in the namespace that its own name is in.
    pub fn of(node: Node<'t>) -> Self {
        Self { node, namespace: node.name().namespace }
    }

    /// The children of `node` in another namespace.
    pub fn in_namespace(node: Node<'t>, namespace: &'t str) -> Self {
        Self { node, namespace }
    }

    /// The first child of this name.
    pub fn child(&self, local: &str) -> Option<Node<'t>> {
        self.node.child(self.namespace, local)
    }

    /// The fields of the first child of this name.
    pub fn inside(&self, local: &str) -> Option<Self> {
        self.child(local).map(|node| Self { node, namespace: self.namespace })
    }

    /// All children of this name.
    pub fn each(&self, local: &'static str) -> impl Iterator<Item = Self> + use<'t> {
        let namespace = self.namespace;
        let matching = self.node.children().filter(move |node| node.is(namespace, local));
        matching.map(move |node| Self { node, namespace })
    }

    /// The element itself.
    pub fn node(&self) -> Node<'t> {
        self.node
    }

    /// Text of a child.
    pub fn text(&self, local: &str) -> Option<String> {
        self.child(local).map(|node| node.text().into_owned())
    }

    /// Text of a child that belongs to a person.
    pub fn private(&self, local: &str) -> Option<Private<String>> {
        self.text(local).map(Private::new)
    }

    /// A CS or CV.
    pub fn coded(&self, local: &str) -> Option<Coded> {
        self.child(local).map(coded)
    }

    /// Attribute `V` of a child: TS and URL keep their value there.
    pub fn value(&self, local: &str) -> Option<String> {
        self.child(local).map(|node| node.attribute("V").unwrap_or_default().to_string())
    }
}

/// The coded value of an element.
pub fn coded(node: Node<'_>) -> Coded {
    let attribute = |name| node.attribute(name).unwrap_or_default().to_string();
    Coded { v: attribute("V"), s: attribute("S"), dn: attribute("DN"), ot: attribute("OT") }
}
