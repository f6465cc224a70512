//! Patterns: the regular expressions of XML Schema (part 2, appendix F), matched in time linear in the text.
//!
//! Translated for a finite automaton; a construct that cannot be translated is an error that names it.

mod blocks;

mod trouble;

mod translate;

mod ascii;

mod automaton;

pub(super) use automaton::Pattern;
pub use trouble::{PatternFlaw, PatternTrouble};
