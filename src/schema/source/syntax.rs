//! What an XSD file declares, as data. Local names are qualified and defaults of the file applied; references are names.

use super::super::simple::FacetKind;
use super::super::vocabulary::NameKey;

/// Where something is written: the number of the file and a byte offset.
///
/// Two places are always "equal", so that two declarations are equal when they say the same.
#[derive(Clone, Copy, Debug)]
pub struct At {
    pub file: u32,
    pub offset: u32,
}

impl At {
    /// A number that only this place has.
    pub fn id(self) -> u64 {
        u64::from(self.file) << 32 | u64::from(self.offset)
    }
}

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// How a type comes from another; as a set of bits for `block` and `final`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Ways(u8);

impl Ways {
    pub const NONE: Ways = Ways(0);
    pub const EXTENSION: Ways = Ways(1);
    pub const RESTRICTION: Ways = Ways(2);
    pub const SUBSTITUTION: Ways = Ways(4);
    pub const ALL: Ways = Ways(7);

    pub fn with(self, other: Ways) -> Ways {
        Ways(self.0 | other.0)
    }

    pub fn meet(self, other: Ways) -> bool {
        self.0 & other.0 != 0
    }
}

/// A value that an element or attribute has when nothing is written, or must have.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    pub value: Box<str>,
    pub is_fixed: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TypeRef {
    Named(NameKey, At),
    Inline(Box<TypeDef>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum TypeDef {
    Simple(SimpleDef),
    Complex(ComplexDef),
}

impl TypeDef {
    pub fn at(&self) -> At {
        match self {
            Self::Simple(simple) => simple.at,
            Self::Complex(complex) => complex.at,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct SimpleDef {
    pub at: At,
    pub body: SimpleBody,
}

#[derive(Clone, Debug, PartialEq)]
pub enum SimpleBody {
    Restriction { base: TypeRef, facets: Vec<FacetDef> },
    List { item: TypeRef },
    Union { members: Vec<TypeRef> },
}

#[derive(Clone, Debug, PartialEq)]
pub struct FacetDef {
    pub at: At,
    pub kind: FacetKind,
    pub value: Box<str>,
    /// Types derived from this one may not change it.
    pub is_fixed: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ElementDef {
    pub at: At,
    pub name: NameKey,
    pub declared: Option<TypeRef>,
    pub preset: Option<Preset>,
    pub nillable: bool,
    pub is_abstract: bool,
    pub block: Ways,
    /// The head of the substitution group that it belongs to.
    pub head: Option<NameKey>,
    /// The types of elements that have this one as their head may not come from its type in these ways (`final`).
    pub excluded: Ways,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Particle {
    pub at: At,
    pub min: u32,
    /// `None` is unbounded.
    pub max: Option<u32>,
    pub term: Term,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    Element(Box<ElementDef>),
    ElementRef(NameKey),
    Any(Wildcard),
    Sequence(Vec<Particle>),
    Choice(Vec<Particle>),
    All(Vec<Particle>),
    Group(NameKey),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Wildcard {
    pub namespaces: NamespaceSet,
    pub process: Process,
}

/// The namespaces that a wildcard lets in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamespaceSet {
    Any,
    /// Every namespace but this; nor no namespace.
    Other(u32),
    Listed(Vec<u32>),
}

/// What is done with what a wildcard lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Process {
    Strict,
    Lax,
    Skip,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AttributeDef {
    pub at: At,
    pub name: NameKey,
    pub declared: Option<TypeRef>,
    pub preset: Option<Preset>,
}

/// An attribute of a type, or of an attribute group.
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeUse {
    Own { declaration: AttributeDef, need: Need },
    Ref { at: At, name: NameKey, need: Need, preset: Option<Preset> },
    Group { at: At, name: NameKey },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Optional,
    Required,
    Prohibited,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AttributeList {
    pub uses: Vec<AttributeUse>,
    pub wildcard: Option<Wildcard>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AttributeGroupDef {
    pub at: At,
    pub list: AttributeList,
}

#[derive(Clone, Debug, PartialEq)]
pub struct GroupDef {
    pub at: At,
    pub particle: Particle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derivation {
    Extension,
    Restriction,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ComplexDef {
    pub at: At,
    pub is_abstract: bool,
    pub block: Ways,
    pub derivation: Derivation,
    pub base: TypeRef,
    pub attributes: AttributeList,
    pub body: ComplexBody,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ComplexBody {
    /// `simpleContent`; what narrows the base: a type of its own, facets, or nothing (extension).
    Simple { inner: Option<TypeRef>, facets: Vec<FacetDef> },
    /// `complexContent`, or its short form.
    Complex { mixed: bool, particle: Option<Particle> },
}

/// Everything that one file declares for everybody.
#[derive(Default)]
pub struct Declarations {
    pub types: Vec<(NameKey, TypeDef)>,
    pub elements: Vec<(NameKey, ElementDef)>,
    pub attributes: Vec<(NameKey, AttributeDef)>,
    pub groups: Vec<(NameKey, GroupDef)>,
    pub attribute_groups: Vec<(NameKey, AttributeGroupDef)>,
}
