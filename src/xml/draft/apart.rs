//! An element for another place than its own: under another name, or in another document.

use super::{Attribute, Draft, Piece};
use crate::xml::names::is_ncname;
use std::borrow::Cow;

impl<'t> Draft<'t> {
    /// The same under another local name in its namespace.
    ///
    /// # Panics
    /// When the local name is none, as [`Draft::new`] does.
    pub fn renamed(mut self, local: &str) -> Self {
        assert!(is_ncname(local), "an element has a name");
        self.local = local.to_string().into();
        self
    }

    /// A copy that does not need the tree it was taken from. In the document that it is put into, it comes from nowhere.
    pub fn apart<'a>(&self) -> Draft<'a> {
        let attribute = |it: &Attribute<'t>| Attribute {
            prefix: owned(&it.prefix),
            namespace: owned(&it.namespace),
            local: owned(&it.local),
            value: owned(&it.value),
        };
        let piece = |piece: &Piece<'t>| match piece {
            Piece::Element(element) => Piece::Element(element.apart()),
            Piece::Text(text) => Piece::Text(owned(text)),
        };
        Draft {
            prefix: owned(&self.prefix),
            namespace: owned(&self.namespace),
            local: owned(&self.local),
            declarations: self.declarations.iter().map(|(prefix, space)| (owned(prefix), owned(space))).collect(),
            attributes: self.attributes.iter().map(attribute).collect(),
            pieces: self.pieces.iter().map(piece).collect(),
            origin: None,
        }
    }
}

fn owned<'a>(text: &str) -> Cow<'a, str> {
    Cow::Owned(text.to_string())
}
