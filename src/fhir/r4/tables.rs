//! The shape of the tables, and how they are asked. A type lists its elements, and what each may be called in JSON: the slots.

use super::primitive::Primitive;
use std::ops::Range;

/// A type, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct TypeId(pub(super) u16);

impl TypeId {
    /// Its place among all types.
    pub fn number(self) -> usize {
        usize::from(self.0)
    }
}

/// What sort of a type it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Only a base of others; `Resource` stands for any resource.
    Abstract,
    /// One value, with a form.
    Primitive(Primitive),
    /// A data type with elements.
    Datatype,
    /// A resource.
    Resource,
    /// A group of elements inside a type: `Bundle.entry`.
    Part,
}

/// A type.
#[derive(Debug)]
pub struct Type {
    /// Its name: `Patient`, `Bundle.entry`.
    pub name: &'static str,
    /// What sort it is.
    pub kind: Kind,
    /// The type that it extends.
    pub base: Option<TypeId>,
    /// Its elements, those of its bases first.
    pub elements: Vec<Element>,
    pub(super) slots: Range<u32>,
    pub(super) required: u128,
}

/// An element of a type.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// Its name, without the `[x]` of a choice.
    pub name: &'static str,
    /// For a choice of types, which choice of its type it is; its name in JSON is followed by that of a type.
    pub choice: Option<u8>,
    /// It must be there.
    pub required: bool,
    /// It may be there more than once: an array in JSON, always.
    pub many: bool,
}

/// A name in JSON, and what stands under it.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// The name: `valueQuantity`.
    pub name: &'static str,
    /// The number of the element in its type.
    pub element: u8,
    /// The type of the value.
    pub type_id: TypeId,
    pub(super) codes: Option<u16>,
    pub(super) targets: (u32, u32),
}

/// The codes of one required binding.
#[derive(Debug)]
pub struct CodeSet {
    /// The last part of the address of the value set: `administrative-gender`.
    pub name: &'static str,
    /// The codes of each system, sorted.
    pub systems: Vec<(&'static str, Vec<&'static str>)>,
}

impl CodeSet {
    /// Whether a code is in it, of whichever system.
    pub fn has(&self, code: &str) -> bool {
        self.systems.iter().any(|(_, codes)| codes.binary_search(&code).is_ok())
    }

    /// Whether a code of a system is in it.
    pub fn has_of(&self, system: &str, code: &str) -> bool {
        self.systems.iter().any(|(known, codes)| *known == system && codes.binary_search(&code).is_ok())
    }
}

/// All types of R4.
pub struct R4 {
    pub(super) types: Vec<Type>,
    pub(super) slots: Vec<Slot>,
    pub(super) code_sets: Vec<CodeSet>,
    pub(super) targets: Vec<TypeId>,
    /// Types by name.
    pub(super) names: Vec<(&'static str, TypeId)>,
    /// The types that the rules of JSON name.
    pub facts: Facts,
}

/// Types that are treated in a way of their own.
#[derive(Clone, Copy)]
pub struct Facts {
    /// `Element`: what stands under `_name`.
    pub element: TypeId,
    /// `Resource`: any resource.
    pub resource: TypeId,
    /// `Reference`
    pub reference: TypeId,
    /// `Coding`
    pub coding: TypeId,
    /// `CodeableConcept`
    pub concept: TypeId,
    /// `Bundle`
    pub bundle: TypeId,
}

impl R4 {
    /// The type of this name.
    pub fn by_name(&self, name: &str) -> Option<TypeId> {
        let at = self.names.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
        Some(self.names[at].1)
    }

    /// The resource of this name; none for an abstract one.
    pub fn resource(&self, name: &str) -> Option<TypeId> {
        self.by_name(name).filter(|id| self.of(*id).kind == Kind::Resource)
    }

    /// A type.
    pub fn of(&self, id: TypeId) -> &Type {
        &self.types[usize::from(id.0)]
    }

    /// All types, bases before what extends them.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0..).map(TypeId).zip(&self.types)
    }

    /// What a type may have in JSON, by name.
    pub fn slots(&self, of: &Type) -> &[Slot] {
        &self.slots[of.slots.start as usize..of.slots.end as usize]
    }

    /// What stands under a name.
    pub fn slot(&self, of: &Type, name: &str) -> Option<&Slot> {
        let slots = self.slots(of);
        slots.binary_search_by(|slot| slot.name.cmp(name)).ok().map(|at| &slots[at])
    }

    /// The codes that a value is bound to, where R4 lists them.
    pub fn codes(&self, slot: &Slot) -> Option<&CodeSet> {
        slot.codes.map(|at| &self.code_sets[usize::from(at)])
    }

    /// All code sets, by name.
    pub fn code_sets(&self) -> &[CodeSet] {
        &self.code_sets
    }

    /// What a reference may refer to; any resource, if nothing is listed.
    pub fn targets(&self, slot: &Slot) -> &[TypeId] {
        &self.targets[slot.targets.0 as usize..slot.targets.1 as usize]
    }

    /// Whether a type is another one, or extends it.
    pub fn is_a(&self, id: TypeId, base: TypeId) -> bool {
        id == base || self.of(id).base.is_some_and(|next| self.is_a(next, base))
    }
}

impl Type {
    /// The elements that must be there and are not among those seen, one bit for each element.
    pub fn missing(&self, seen: u128) -> impl Iterator<Item = &Element> {
        let missing = self.required & !seen;
        self.elements.iter().enumerate().filter(move |(at, _)| missing >> at & 1 == 1).map(|(_, element)| element)
    }
}
