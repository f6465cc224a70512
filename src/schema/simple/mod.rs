//! Simple types of XML Schema 1.0 (part 2, second edition): which texts are values of a type, and which values are the same.
//!
//! It knows types and texts, not elements, attributes or files. Forms and values are exact: numbers of any length, dates with
//! their partial order, patterns in linear time. A text is never put into an error.

mod blanks;

mod builtin;

mod slip;

mod decimal;

mod calendar;

mod duration;

mod binary;

mod word;

mod value;

mod unfit;

mod pattern;

mod facet;

mod rules;

mod simple_type;

mod restrict;

mod repair;

#[cfg(test)]
mod promises;

#[cfg(test)]
mod differential_values;

#[cfg(test)]
mod differential;

pub use blanks::WhiteSpace;
pub use builtin::Builtin;
pub use facet::{Facet, FacetFlaw, FacetKind, FacetTrouble};
pub use pattern::{PatternFlaw, PatternTrouble};
pub use simple_type::{SimpleType, Variety};
pub use slip::Slip;
pub use unfit::{Bounding, Unfit, Unit, Why};
