//! XML Schema 1.0: from schema files to automata, and from the events of a document to everything that is wrong with it.
//!
//! It knows no message and no standard; whoever has schema files can use it. A construct of XML Schema that is not implemented
//! is an error when the files are compiled, so a document is never judged by half a schema. One pass, no tree.

pub mod simple;

mod vocabulary;

mod trouble;

mod source;

mod parts;

mod packed;

mod set;

mod compile;

mod problem;

mod sentence;

mod validate;

mod mend;

#[cfg(test)]
mod promises;

#[cfg(test)]
mod official;

pub use mend::{Mend, Patch, mends};
pub use problem::{Childless, Choice, Choices, Found, Problem, ProblemKind, Written};
pub use set::SchemaSet;
pub use source::SchemaFile;
pub use trouble::{SchemaNote, SchemaTrouble, SchemaTroubleKind};
pub use validate::{Validator, validate};
pub use vocabulary::SchemaName;
