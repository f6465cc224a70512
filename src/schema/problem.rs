//! What is wrong with a document, as data: enough for a text in any language, and for a repair.
//!
//! Names that a schema has are given as names. Anything else that a sender wrote may be about a person: it is given as a place
//! in the document, and whoever shows it decides.

use super::simple::Unfit;
use super::vocabulary::SchemaName;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where a person should look, in bytes of the decoded document.
    pub offset: usize,
    /// Where the start tag of the element begins that it is about: for its path.
    pub element: usize,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// A name as it stands in the document, which no schema may know: a qualified name that begins at this byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where it begins, in bytes of the decoded document.
    pub offset: usize,
}

impl Written {
    /// The name itself. It may hold anything that a sender wrote.
    pub fn read(self, text: &str) -> &str {
        let rest = text.get(self.offset..).unwrap_or_default();
        let len = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        &rest[..len]
    }
}

/// A name that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A schema has it.
    Known(SchemaName),
    /// No schema has it.
    Written(Written),
}

/// An element that could stand here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: SchemaName,
    /// Whether the parent is not complete without it.
    pub required: bool,
}

/// What could stand here, in the order of the schema.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Choices {
    /// The first of them, at most [`Choices::LISTED`].
    pub elements: Vec<Choice>,
    /// How many more there are.
    pub more: usize,
    /// Elements that the schema does not name could stand here as well.
    pub others: bool,
    /// The parent could end here.
    pub end: bool,
}

impl Choices {
    /// So many are listed.
    pub const LISTED: usize = 12;
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The root element is declared in no schema.
    UnknownRoot {
        /// The element.
        found: Found,
    },
    /// A wildcard wants elements that are declared, and this one is not.
    Undeclared {
        /// The element.
        found: Found,
        /// Where it stands.
        parent: Found,
    },
    /// An element that may not stand in its parent at all.
    NotAllowed {
        /// The element.
        found: Found,
        /// Where it stands.
        parent: Found,
        /// What could stand there instead.
        expected: Choices,
    },
    /// An element whose name is almost that of one that could stand there.
    Misspelled {
        /// The name as written.
        found: Written,
        /// Where it stands.
        parent: Found,
        /// The element that is probably meant.
        meant: SchemaName,
    },
    /// The right name in a wrong namespace.
    WrongNamespace {
        /// The name as written.
        found: Written,
        /// Where it stands; none for the root.
        parent: Option<Found>,
        /// The element that is probably meant.
        meant: SchemaName,
    },
    /// An element that belongs to its parent, but others must stand before it.
    MissingBefore {
        /// The element.
        found: SchemaName,
        /// Where it stands.
        parent: Found,
        /// The elements that are missing, in order. Where there is a choice, one that would do.
        missing: Vec<SchemaName>,
        /// What could stand there instead.
        expected: Choices,
    },
    /// The parent ends, but others must stand before its end.
    MissingAtEnd {
        /// The parent.
        parent: Found,
        /// The elements that are missing, in order. Where there is a choice, one that would do.
        missing: Vec<SchemaName>,
        /// What could stand there.
        expected: Choices,
    },
    /// An element that belongs further down: others that must stand before it stand behind it.
    TooEarly {
        /// The element.
        found: SchemaName,
        /// Where it stands.
        parent: Found,
        /// What could stand there instead.
        expected: Choices,
    },
    /// An element that belongs further up.
    TooLate {
        /// The element.
        found: SchemaName,
        /// Where it stands.
        parent: Found,
        /// What could stand there instead.
        expected: Choices,
    },
    /// One more of an element than there may be.
    TooMany {
        /// The element.
        found: SchemaName,
        /// Where it stands.
        parent: Found,
        /// What could stand there instead.
        expected: Choices,
    },
    /// An element inside one that has text, or nothing at all.
    ChildNotAllowed {
        /// The element inside.
        found: Found,
        /// The element that has no children.
        parent: Found,
        /// Why not.
        why: Childless,
    },
    /// Text where only elements may stand, or nothing.
    StrayText {
        /// The element.
        element: Found,
        /// What it is, if not an element with children.
        why: Option<Childless>,
    },
    /// The text of an element does not fit its type.
    BadText {
        /// The element.
        element: Found,
        /// Why not.
        unfit: Unfit,
    },
    /// The text of an element is not the only one that it can have.
    NotTheFixedText {
        /// The element.
        element: Found,
        /// The only text.
        fixed: Box<str>,
    },
    /// An attribute that the element does not have.
    UnknownAttribute {
        /// The element.
        element: Found,
        /// The attribute.
        found: Found,
        /// The attribute that is probably meant.
        meant: Option<SchemaName>,
    },
    /// A wildcard wants attributes that are declared, and this one is not.
    UndeclaredAttribute {
        /// The element.
        element: Found,
        /// The attribute.
        found: Found,
    },
    /// An attribute is missing.
    MissingAttribute {
        /// The element.
        element: Found,
        /// The attribute.
        attribute: SchemaName,
        /// The only value that it can have, if there is only one.
        fixed: Option<Box<str>>,
    },
    /// The value of an attribute does not fit its type.
    BadAttribute {
        /// The element.
        element: Found,
        /// The attribute.
        attribute: SchemaName,
        /// Why not.
        unfit: Unfit,
    },
    /// The value of an attribute is not the only one that it can have.
    NotTheFixedValue {
        /// The element.
        element: Found,
        /// The attribute.
        attribute: SchemaName,
        /// The only value.
        fixed: Box<str>,
    },
    /// An element that stands for others and is never written itself.
    AbstractElement {
        /// The element.
        element: Found,
    },
    /// A type that stands for others: `xsi:type` must name one of them.
    AbstractType {
        /// The element.
        element: Found,
        /// The type.
        of: Option<SchemaName>,
    },
    /// `xsi:type` is no name, has an unbound prefix, or names no type of any schema.
    UnknownType {
        /// The element.
        element: Found,
    },
    /// `xsi:type` names a type that may not stand for that of the element.
    WrongType {
        /// The element.
        element: Found,
        /// The type that was named.
        named: SchemaName,
        /// The type of the element.
        declared: Option<SchemaName>,
    },
    /// `xsi:nil` on an element that cannot be nil.
    NotNillable {
        /// The element.
        element: Found,
    },
    /// `xsi:nil` is neither true nor false.
    BadNil {
        /// The element.
        element: Found,
    },
    /// An element has `xsi:nil`, but must have a certain text.
    NilButFixed {
        /// The element.
        element: Found,
    },
    /// An identifier that another element has already.
    RepeatedId {
        /// The element.
        element: Found,
    },
    /// A reference to an identifier that no element has.
    DanglingReference {
        /// The element.
        element: Found,
    },
    /// There is more: no further problems were looked for.
    More,
}

/// Why an element has no children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Childless {
    /// It holds text.
    Text,
    /// It is empty.
    Empty,
    /// It has `xsi:nil`.
    Nil,
}

impl ProblemKind {
    /// The rule by its name in XML Schema part 1, so that the answers of different validators can be compared.
    pub fn clause(&self) -> &'static str {
        match self {
            Self::UnknownRoot { .. } => "cvc-elt.1",
            Self::WrongNamespace { parent: None, .. } => "cvc-elt.1",
            Self::Undeclared { .. } => "cvc-complex-type.2.4.c",
            Self::NotAllowed { expected, .. } if expected.is_nothing() => "cvc-complex-type.2.4.d",
            Self::NotAllowed { .. }
            | Self::Misspelled { .. }
            | Self::WrongNamespace { .. }
            | Self::MissingBefore { .. }
            | Self::TooEarly { .. }
            | Self::TooLate { .. }
            | Self::TooMany { .. } => "cvc-complex-type.2.4.a",
            Self::MissingAtEnd { .. } => "cvc-complex-type.2.4.b",
            Self::ChildNotAllowed { why: Childless::Text, .. } => "cvc-type.3.1.2",
            Self::ChildNotAllowed { why: Childless::Empty, .. } => "cvc-complex-type.2.1",
            Self::StrayText { why: Some(Childless::Empty), .. } => "cvc-complex-type.2.1",
            Self::ChildNotAllowed { why: Childless::Nil, .. } => "cvc-elt.3.2.1",
            Self::StrayText { why: Some(Childless::Nil), .. } => "cvc-elt.3.2.1",
            Self::StrayText { .. } => "cvc-complex-type.2.3",
            Self::BadText { unfit, .. } => unfit.clause(),
            Self::NotTheFixedText { .. } => "cvc-elt.5.2.2",
            Self::UnknownAttribute { .. } => "cvc-complex-type.3.2.2",
            Self::UndeclaredAttribute { .. } => "cvc-assess-attr.1",
            Self::MissingAttribute { .. } => "cvc-complex-type.4",
            Self::BadAttribute { unfit, .. } => unfit.clause(),
            Self::NotTheFixedValue { .. } => "cvc-attribute.4",
            Self::AbstractElement { .. } => "cvc-elt.2",
            Self::AbstractType { .. } => "cvc-type.2",
            Self::UnknownType { .. } => "cvc-elt.4.2",
            Self::WrongType { .. } => "cvc-elt.4.3",
            Self::NotNillable { .. } => "cvc-elt.3.1",
            Self::BadNil { .. } => "cvc-datatype-valid.1.2.1",
            Self::NilButFixed { .. } => "cvc-elt.3.2.2",
            Self::RepeatedId { .. } => "cvc-id.2",
            Self::DanglingReference { .. } => "cvc-id.1",
            Self::More => "",
        }
    }
}

impl Choices {
    /// Whether no element at all could stand here.
    pub fn is_nothing(&self) -> bool {
        self.elements.is_empty() && !self.others
    }
}
