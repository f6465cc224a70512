//! What is known while a set is built: numbers for types and elements, references resolved, every trouble collected.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::parts::{Attribute, Attributes, Element, ElementId, TypeId};
use super::super::simple::{Builtin, SimpleType};
use super::super::source::catalogue::Catalogue;
use super::super::source::syntax::{At, ElementDef, TypeDef, TypeRef, Ways};
use super::super::trouble::SchemaTroubleKind;
use super::super::vocabulary::{NameKey, SCHEMA, Vocabulary};
use super::part::Part;

/// How long a chain of derivations, groups or attribute groups may be.
pub(super) const CHAIN: usize = 100;

/// A type while the set is built: its content is not yet an automaton.
pub(super) struct Built {
    pub base: TypeId,
    pub way: Ways,
    pub members: Vec<TypeId>,
    pub is_abstract: bool,
    pub block: Ways,
    pub attributes: Attributes,
    pub shape: Shape,
}

#[derive(Clone)]
pub(super) enum Shape {
    Simple(Arc<SimpleType>),
    Empty,
    Parts { mixed: bool, part: Part },
    All { mixed: bool, is_optional: bool, members: Vec<AllPart> },
}

/// An element of an `all` group.
#[derive(Clone)]
pub(super) struct AllPart {
    pub at: At,
    pub element: ElementId,
    pub required: bool,
}

/// Where a type comes from.
#[derive(Clone, Copy)]
pub(super) enum Origin<'c> {
    Any,
    Builtin(Builtin),
    Defined(&'c TypeDef),
}

pub(super) struct TypeSlot<'c> {
    pub name: Option<NameKey>,
    pub origin: Origin<'c>,
    pub built: Option<Built>,
}

pub(super) struct Builder<'c> {
    pub catalogue: &'c Catalogue,
    pub vocabulary: Vocabulary,
    pub raised: Vec<(At, SchemaTroubleKind)>,
    pub types: Vec<TypeSlot<'c>>,
    pub elements: Vec<Element>,
    pub element_defs: Vec<&'c ElementDef>,
    pub global_types: HashMap<NameKey, TypeId>,
    pub global_elements: HashMap<NameKey, ElementId>,
    pub global_attributes: HashMap<NameKey, Attribute>,
    /// The groups made so far, each with its depth.
    pub group_parts: HashMap<NameKey, (Part, usize)>,
    inline_types: HashMap<u64, TypeId>,
    local_elements: HashMap<u64, ElementId>,
    /// The types that are being built now, each because of the one before it.
    building: Vec<TypeId>,
}

impl<'c> Builder<'c> {
    /// Gives every named type its number.
    pub fn new(catalogue: &'c Catalogue, vocabulary: Vocabulary) -> Self {
        let mut new = Self {
            catalogue,
            vocabulary,
            raised: Vec::new(),
            types: Vec::new(),
            elements: Vec::new(),
            element_defs: Vec::new(),
            global_types: HashMap::new(),
            global_elements: HashMap::new(),
            global_attributes: HashMap::new(),
            group_parts: HashMap::new(),
            inline_types: HashMap::new(),
            local_elements: HashMap::new(),
            building: Vec::new(),
        };
        let any = new.vocabulary.add(SCHEMA, "anyType");
        new.add_type(Some(any), Origin::Any);
        for builtin in Builtin::all() {
            let name = new.vocabulary.add(SCHEMA, builtin.name());
            new.add_type(Some(name), Origin::Builtin(builtin));
        }
        for (name, definition) in &catalogue.types {
            new.add_type(Some(*name), Origin::Defined(definition));
        }
        new
    }

    fn add_type(&mut self, name: Option<NameKey>, origin: Origin<'c>) -> TypeId {
        let id = TypeId(self.types.len() as u32);
        self.types.push(TypeSlot { name, origin, built: None });
        if let Some(name) = name {
            self.global_types.insert(name, id);
        }
        id
    }

    pub fn raise(&mut self, at: At, kind: SchemaTroubleKind) {
        self.raised.push((at, kind));
    }

    pub fn unresolved(&mut self, at: At, what: &'static str, name: NameKey) {
        let name = self.vocabulary.shown(name);
        self.raise(at, SchemaTroubleKind::Unresolved { what, name });
    }

    pub fn circular(&mut self, at: At, what: &'static str, name: NameKey) {
        let name = self.vocabulary.shown(name);
        self.raise(at, SchemaTroubleKind::Circular { what, name });
    }

    /// The number of a built-in type.
    pub fn builtin(&self, builtin: Builtin) -> TypeId {
        // They stand behind `anyType`, in the order of their variants.
        TypeId(1 + builtin as u32)
    }

    /// The number of the type that is referred to.
    pub fn type_id(&mut self, reference: &'c TypeRef) -> TypeId {
        match reference {
            TypeRef::Named(name, at) => match self.global_types.get(name) {
                Some(id) => *id,
                None => {
                    self.unresolved(*at, "type", *name);
                    TypeId::ANY
                }
            },
            TypeRef::Inline(definition) => {
                let place = definition.at().id();
                match self.inline_types.get(&place) {
                    Some(id) => *id,
                    None => {
                        let id = self.add_type(None, Origin::Defined(definition));
                        self.inline_types.insert(place, id);
                        id
                    }
                }
            }
        }
    }

    /// A type with everything that it is derived from.
    pub fn built(&mut self, id: TypeId, asked_at: At) -> &Built {
        if self.slot(id).built.is_none() {
            self.build(id, asked_at);
        }
        self.slot(id).built.as_ref().expect("`build` always leaves something")
    }

    fn build(&mut self, id: TypeId, asked_at: At) {
        let (origin, name) = (self.slot(id).origin, self.slot(id).name);
        let built = if self.building.contains(&id) {
            let name = name.map_or_else(|| "without a name".to_owned(), |name| self.vocabulary.shown(name));
            self.raise(asked_at, SchemaTroubleKind::Circular { what: "type", name });
            self.anything_like(origin)
        } else if self.building.len() == CHAIN {
            self.raise(asked_at, SchemaTroubleKind::TooLarge { what: "types derived from each other", allowed: CHAIN });
            self.anything_like(origin)
        } else {
            self.building.push(id);
            let built = match origin {
                Origin::Any => self.any_type(),
                Origin::Builtin(builtin) => self.builtin_type(builtin),
                Origin::Defined(TypeDef::Simple(definition)) => self.simple_type(definition, name),
                Origin::Defined(TypeDef::Complex(definition)) => self.complex_type(definition),
            };
            self.building.pop();
            built
        };
        self.types[id.0 as usize].built = Some(built);
    }

    /// After a complaint: something of the same kind, so that no other complaint follows from it.
    fn anything_like(&self, origin: Origin<'c>) -> Built {
        match origin {
            Origin::Builtin(_) | Origin::Defined(TypeDef::Simple(_)) => self.builtin_type(Builtin::AnySimpleType),
            Origin::Any | Origin::Defined(TypeDef::Complex(_)) => self.any_type(),
        }
    }

    pub fn slot(&self, id: TypeId) -> &TypeSlot<'c> {
        &self.types[id.0 as usize]
    }

    /// The number of an element declaration, local or global: one for each place where one is written.
    pub fn element_id(&mut self, definition: &'c ElementDef) -> ElementId {
        if let Some(id) = self.local_elements.get(&definition.at.id()) {
            return *id;
        }
        let of = self.type_of_element(definition);
        let id = ElementId(self.elements.len() as u32);
        self.local_elements.insert(definition.at.id(), id);
        self.element_defs.push(definition);
        self.elements.push(Element {
            name: definition.name,
            of,
            nillable: definition.nillable,
            is_abstract: definition.is_abstract,
            block: definition.block,
            preset: None,
            is_ordinary: false,
        });
        id
    }

    pub fn element_named(&mut self, name: NameKey, at: At) -> Option<ElementId> {
        match self.catalogue.elements.get(&name) {
            Some(definition) => Some(self.element_id(definition)),
            None => {
                self.unresolved(at, "element", name);
                None
            }
        }
    }

    /// Its own type, or that of the head of its substitution group, or any (3.3.2).
    fn type_of_element(&mut self, definition: &'c ElementDef) -> TypeId {
        let mut at = definition;
        for _ in 0..CHAIN {
            if let Some(declared) = &at.declared {
                return self.type_id(declared);
            }
            // A head that does not exist is complained about where substitution groups are made.
            match at.head.and_then(|head| self.catalogue.elements.get(&head)) {
                Some(head) => at = head,
                None => return TypeId::ANY,
            }
        }
        self.circular(definition.at, "element", definition.name);
        TypeId::ANY
    }
}
