//! Each problem in one plain English sentence, for logs of tests and for developers. What people read is made elsewhere.

use super::problem::{Childless, Choices, Found, ProblemKind};
use super::vocabulary::SchemaName;
use std::fmt;

impl fmt::Display for SchemaName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.local)
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(name) => write!(f, "`{name}`"),
            // What a sender wrote is not repeated.
            Self::Written(_) => f.write_str("this"),
        }
    }
}

impl fmt::Display for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut any = false;
        for choice in &self.elements {
            let comma = if any { ", " } else { "" };
            write!(f, "{comma}`{}`{}", choice.name, if choice.required { " (required)" } else { "" })?;
            any = true;
        }
        let rest = [
            (self.more > 0, format!("{} more", self.more)),
            (self.others, "any other element".into()),
            (self.end, "the end of the element".into()),
        ];
        for (_, what) in rest.iter().filter(|(applies, _)| *applies) {
            write!(f, "{}{what}", if any { ", " } else { "" })?;
            any = true;
        }
        if any { Ok(()) } else { f.write_str("nothing") }
    }
}

fn list(names: &[SchemaName]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn namespace(name: &SchemaName) -> String {
    if name.namespace.is_empty() { "no namespace".into() } else { format!("the namespace {}", name.namespace) }
}

impl Childless {
    fn words(self) -> &'static str {
        match self {
            Self::Text => "which holds only text",
            Self::Empty => "which must be empty",
            Self::Nil => "which has xsi:nil and must be empty",
        }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRoot { found } => write!(f, "No schema declares {found} as the root of a document."),
            Self::Undeclared { found, parent } => {
                write!(f, "No schema declares {found}, and {parent} takes only elements that are declared.")
            }
            Self::NotAllowed { found, parent, expected } => {
                write!(f, "In {parent}, {found} may not stand. Expected: {expected}.")
            }
            Self::Misspelled { parent, meant, .. } => {
                write!(f, "In {parent}, there is no element of this name; `{meant}` may be meant.")
            }
            Self::WrongNamespace { meant, .. } => write!(f, "`{meant}` must be in {}.", namespace(meant)),
            Self::MissingBefore { found, parent, missing, .. } => {
                write!(f, "In {parent}, {} must stand before `{found}`.", list(missing))
            }
            Self::MissingAtEnd { parent, missing, .. } => write!(f, "In {parent}, {} is missing.", list(missing)),
            Self::TooEarly { found, parent, expected } => {
                write!(f, "In {parent}, `{found}` stands too early. Expected here: {expected}.")
            }
            Self::TooLate { found, parent, expected } => {
                write!(f, "In {parent}, `{found}` stands too late. Expected here: {expected}.")
            }
            Self::TooMany { found, parent, expected } => {
                write!(f, "In {parent}, there is one `{found}` too many. Expected here: {expected}.")
            }
            Self::ChildNotAllowed { found, parent, why } => {
                write!(f, "In {parent}, {}, {found} may not stand.", why.words())
            }
            Self::StrayText { element, why: None } => write!(f, "In {element}, only elements may stand, no text."),
            Self::StrayText { element, why: Some(why) } => write!(f, "There is text in {element}, {}.", why.words()),
            Self::BadText { element, unfit } => write!(f, "The text of {element} is {unfit}."),
            Self::NotTheFixedText { element, fixed } => write!(f, "The text of {element} must be '{fixed}'."),
            Self::UnknownAttribute { element, found, meant } => {
                write!(f, "{element} has no attribute {found}")?;
                match meant {
                    Some(meant) => write!(f, "; `{meant}` may be meant."),
                    None => f.write_str("."),
                }
            }
            Self::UndeclaredAttribute { element, found } => {
                write!(f, "No schema declares the attribute {found}, and {element} takes only attributes that are declared.")
            }
            Self::MissingAttribute { element, attribute, .. } => {
                write!(f, "{element} must have the attribute `{attribute}`.")
            }
            Self::BadAttribute { element, attribute, unfit } => {
                write!(f, "The value of `{attribute}` of {element} is {unfit}.")
            }
            Self::NotTheFixedValue { element, attribute, fixed } => {
                write!(f, "The value of `{attribute}` of {element} must be '{fixed}'.")
            }
            Self::AbstractElement { element } => write!(f, "{element} only stands for others: write one of those."),
            Self::AbstractType { element, .. } => {
                write!(f, "The type of {element} only stands for others: name one by xsi:type.")
            }
            Self::UnknownType { element } => write!(f, "The xsi:type of {element} names no type of any schema."),
            Self::WrongType { element, named, .. } => {
                write!(f, "The type `{named}` may not stand for that of {element}.")
            }
            Self::NotNillable { element } => write!(f, "{element} may not have xsi:nil."),
            Self::BadNil { element } => write!(f, "The xsi:nil of {element} is neither true nor false."),
            Self::NilButFixed { element } => write!(f, "{element} has a fixed text and cannot have xsi:nil."),
            Self::RepeatedId { element } => write!(f, "The identifier of {element} is taken already in this document."),
            Self::DanglingReference { element } => write!(f, "No element has the identifier that {element} refers to."),
            Self::More => f.write_str("There are more problems; no further ones were looked for."),
        }
    }
}
