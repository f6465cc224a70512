//! What can be wrong with a pattern in a schema.

use std::fmt;

/// Why a pattern cannot be used, and where: the number of the character in it, from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PatternTrouble {
    /// The number of the character in the pattern, from 1.
    pub at: usize,
    /// What is wrong there.
    pub why: PatternFlaw,
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PatternFlaw {
    /// Appendix F has no such escape.
    UnknownEscape(char),
    /// Neither a category nor a block of Unicode (`\p{…}`).
    UnknownProperty(String),
    /// A character that must be escaped to stand for itself.
    Unescaped(char),
    /// The pattern ends too early.
    Unfinished,
    /// `{n,m}` without numbers, with m below n, or beyond what a repetition may be.
    Repetition,
    /// A range from a later to an earlier character.
    Range,
    /// `[]` and `[^]`.
    EmptyClass,
    /// Groups or classes too deep inside each other.
    TooDeep,
    /// Its automaton would be larger than allowed.
    TooLarge,
}

impl fmt::Display for PatternTrouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            PatternFlaw::UnknownEscape(c) => write!(out, "there is no escape '\\{c}'"),
            PatternFlaw::UnknownProperty(name) => write!(out, "'{name}' is neither a category nor a block of Unicode"),
            PatternFlaw::Unescaped(c) => write!(out, "'{c}' must be written '\\{c}' here"),
            PatternFlaw::Unfinished => out.write_str("the pattern ends too early"),
            PatternFlaw::Repetition => {
                out.write_str("a repetition is '{n}', '{n,}' or '{n,m}' with n not above m, up to 100000")
            }
            PatternFlaw::Range => out.write_str("a range goes from a later to an earlier character"),
            PatternFlaw::EmptyClass => out.write_str("a class of no characters"),
            PatternFlaw::TooDeep => out.write_str("groups stand too deep inside each other"),
            PatternFlaw::TooLarge => out.write_str("its automaton would be larger than allowed: repeat less"),
        }?;
        write!(out, " (character {} of the pattern)", self.at)
    }
}
