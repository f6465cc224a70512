//! Why a schema file cannot be used: for whoever set it up. It holds names of the schema, never anything of a message.

use crate::xml::{self, Place};
use std::fmt;

/// One reason why a set of schemas cannot be used, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaTrouble {
    /// The name of the file, as it was given.
    pub file: String,
    /// Where it stands there.
    pub place: Place,
    /// What is wrong.
    pub kind: SchemaTroubleKind,
}

/// What can be wrong with a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaTroubleKind {
    /// The file is no well-formed XML.
    NotXml(xml::TroubleKind),
    /// The root element is not `schema` of XML Schema.
    NotASchema,
    /// An element or attribute that XML Schema 1.0 does not have here.
    Unknown {
        /// The construct, as written.
        construct: String,
    },
    /// A construct of XML Schema that this program does not implement. It is refused: what it asks for would not be checked.
    NotImplemented {
        /// The construct.
        construct: &'static str,
    },
    /// An attribute is missing or has a value that it cannot have.
    BadAttribute {
        /// Its name.
        attribute: &'static str,
        /// What it should be.
        wanted: &'static str,
    },
    /// A prefix that is bound to no namespace.
    UnboundPrefix {
        /// The qualified name it stands in.
        name: String,
    },
    /// Nothing of that name is declared in any of the files.
    Unresolved {
        /// "type", "element", …
        what: &'static str,
        /// The name with its namespace.
        name: String,
    },
    /// The same component twice in one file.
    Twice {
        /// "type", "element", …
        what: &'static str,
        /// The name with its namespace.
        name: String,
    },
    /// A component that is defined by itself.
    Circular {
        /// "type", "element", …
        what: &'static str,
        /// The name with its namespace.
        name: String,
    },
    /// A content model in which an element could belong to two particles (the rule of unique particle attribution).
    Ambiguous {
        /// The element, or "any".
        element: String,
    },
    /// A base type of the wrong kind.
    WrongBase {
        /// What is wrong about it.
        why: &'static str,
    },
    /// A facet that its base type cannot have, or whose value is wrong.
    BadFacet {
        /// What is wrong about it.
        why: String,
    },
    /// An element that cannot belong to the substitution group that it names.
    WrongHead {
        /// The element with its namespace.
        element: String,
        /// The head of the group with its namespace.
        head: String,
        /// Why its type does not do.
        why: &'static str,
    },
    /// A fixed or default value that its own type does not allow.
    BadValue {
        /// The value, as written.
        value: String,
    },
    /// A bound that keeps the memory of a schema in hand.
    TooLarge {
        /// What there is too much of, and how much is allowed.
        what: &'static str,
        /// The bound.
        allowed: usize,
    },
}

impl SchemaTroubleKind {
    /// What is wrong, in one English sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotXml(kind) => kind.sentence(),
            Self::NotASchema => "The root element is not `schema` of XML Schema.".into(),
            Self::Unknown { construct } => format!("`{construct}` is not something that XML Schema 1.0 has here."),
            Self::NotImplemented { construct } => {
                format!("`{construct}` is not implemented, so what it asks for would not be checked; leave the file out.")
            }
            Self::BadAttribute { attribute, wanted } => format!("The attribute `{attribute}` must be {wanted}."),
            Self::UnboundPrefix { name } => format!("The prefix of `{name}` is bound to no namespace."),
            Self::Unresolved { what, name } => format!("There is no {what} `{name}` in any of the files: add its file."),
            Self::Twice { what, name } => format!("The {what} `{name}` is declared twice in this file."),
            Self::Circular { what, name } => format!("The {what} `{name}` is defined by itself."),
            Self::Ambiguous { element } => format!(
                "The content model is ambiguous: `{element}` could belong to two particles (Unique Particle Attribution)."
            ),
            Self::WrongBase { why } => format!("The base type cannot be used here: {why}."),
            Self::BadFacet { why } => format!("The facet cannot be used: {why}."),
            Self::WrongHead { element, head, why } => {
                format!("The element `{element}` cannot stand for `{head}`: {why} (e-props-correct.4).")
            }
            Self::BadValue { value } => format!("The value `{value}` is not allowed by its own type."),
            Self::TooLarge { what, allowed } => format!("There are too many {what} (at most {allowed})."),
        }
    }
}

impl fmt::Display for SchemaTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.place, self.kind.sentence())
    }
}

impl std::error::Error for SchemaTrouble {}

/// Something that was done with the files and that an operator may want to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaNote {
    /// A file defines XML Schema itself, which is built in: it was not read further.
    BuiltIn {
        /// The file.
        file: String,
    },
    /// Two files of one namespace say different things about the same component: the one whose name sorts last is used.
    Superseded {
        /// The file that is not used.
        file: String,
        /// The file that is used.
        by: String,
        /// The namespace of both.
        namespace: String,
        /// The first component about which they differ.
        component: String,
    },
}

impl fmt::Display for SchemaNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn { file } => write!(f, "{file}: not used, XML Schema itself is built in."),
            Self::Superseded { file, by, namespace, component } => write!(
                f,
                "{file}: not used, because {by} declares `{component}` of the same namespace ({namespace}) differently and \
                 comes later by name."
            ),
        }
    }
}
