//! Profiles as tables: what a resource promises when it claims one. Which profiles there are, `fhir/no-basis/profiles.txt` says.

mod table;

mod words;

mod shelf;

mod check;

pub(in crate::fhir) use check::faults;
pub use shelf::{all, by_url};
pub use table::{Demand, Profile, Wish};
