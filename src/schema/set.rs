//! Schemas ready for use. Immutable; shared between threads.

use std::collections::HashMap;

use super::packed::Packed;
use super::parts::{Attribute, Element, ElementId, Type, TypeId};
use super::source::syntax::Ways;
use super::trouble::SchemaNote;
use super::vocabulary::{NameKey, SchemaName, Vocabulary};

/// A set of schemas, compiled.
pub struct SchemaSet {
    pub(super) vocabulary: Vocabulary,
    pub(super) types: Vec<Type>,
    pub(super) elements: Vec<Element>,
    pub(super) global_types: HashMap<NameKey, TypeId>,
    pub(super) global_elements: HashMap<NameKey, ElementId>,
    pub(super) global_attributes: HashMap<NameKey, Attribute>,
    pub(super) notes: Vec<SchemaNote>,
    /// The states of all content models.
    pub(super) states: usize,
    /// Copies of the above for the usual case.
    pub(super) packed: Packed,
}

/// Only its size: thousands of rows help nobody.
impl std::fmt::Debug for SchemaSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SchemaSet({} types, {} elements)", self.types.len(), self.elements.len())
    }
}

impl SchemaSet {
    /// What was done with the files that an operator may want to know.
    pub fn notes(&self) -> &[SchemaNote] {
        &self.notes
    }

    /// Every element that may be the root of a document, by name.
    pub fn roots(&self) -> impl Iterator<Item = SchemaName> {
        let mut names: Vec<NameKey> = self.global_elements.keys().copied().collect();
        names.sort_unstable();
        names.into_iter().map(|name| self.vocabulary.name(name))
    }

    pub(super) fn element(&self, id: ElementId) -> &Element {
        &self.elements[id.0 as usize]
    }

    pub(super) fn of(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    /// Whether a type may stand for another when the ways in `block` are barred (3.4.6, cos-ct-derived-ok; 3.14.6,
    /// cos-st-derived-ok).
    pub(super) fn derives(&self, from: TypeId, to: TypeId, block: Ways) -> bool {
        let mut at = from;
        loop {
            let here = self.of(at);
            if at == to {
                return true;
            }
            // A union can be stood for by any of its members.
            if self.of(to).members.contains(&at) {
                return !block.meet(Ways::RESTRICTION);
            }
            if at == TypeId::ANY || block.meet(here.way) {
                return false;
            }
            at = here.base;
        }
    }
}
