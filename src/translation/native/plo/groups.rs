//! The groups of a message, gathered in any order and written in that of its schema.

use super::super::element::{Element, META, PO, Space};
use super::super::work::Work;

/// The groups that a message has, by local name.
pub(in super::super) struct Groups {
    /// Those that the schema of the message allows, in its order.
    order: &'static [&'static str],
    parts: Vec<Element>,
}

impl Groups {
    pub fn new(order: &'static [&'static str]) -> Self {
        Self { order, parts: Vec::new() }
    }

    /// Whether the message may have this group.
    pub fn may_have(&self, local: &str) -> bool {
        self.order.contains(&local)
    }

    pub fn has(&self, local: &str) -> bool {
        self.parts.iter().any(|part| part.local() == local)
    }

    pub fn add(&mut self, part: Element) {
        self.parts.push(part);
    }

    /// Adds a group of this name around some parts, if there are any.
    pub fn add_around(&mut self, local: &'static str, inside: Vec<Element>) {
        if !inside.is_empty() {
            self.add(around(&PO, local, inside));
        }
    }

    /// All of them, in the order of the schema.
    pub fn in_order(mut self) -> Vec<Element> {
        let place = |part: &Element| self.order.iter().position(|known| *known == part.local());
        self.parts.sort_by_key(place);
        self.parts
    }
}

/// An element around others.
pub(super) fn around(space: &Space, local: &str, inside: Vec<Element>) -> Element {
    let mut element = space.element(local);
    inside.into_iter().for_each(|part| element.push(part));
    element
}

/// A component of an EHR, with what it says about itself.
pub(super) fn component(work: &Work<'_>, space: &Space, local: &str, basic: &str, kind: &str) -> Element {
    let named = space.element(local).with_named(META.prefix, META.name, "basiskomponenttype", basic);
    named.with_named(META.prefix, META.name, "komponenttype", kind).with("komponentID", &work.component_id())
}
