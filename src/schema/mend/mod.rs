//! Mechanical repairs of what is wrong with a document: proposed from the problem, and proven by validating the repaired text.
//!
//! It is not needed to judge a document and may look at its text again and again, within a bound. A repair never invents
//! content: it renames, moves, sets what has only one possible value, or removes what is empty or has no place.

mod patch;

mod tag;

mod layout;

mod rename;

mod order;

mod remove;

mod calendar;

mod value;

mod propose;

mod sort;

mod prove;

pub use patch::{Mend, Patch};
pub use prove::mends;
