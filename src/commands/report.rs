//! What a command has to say, for people and for programs. Commands make it; `main` prints it.

use serde_json::Value;

/// What a command came to.
#[derive(Debug)]
pub struct Report {
    /// The answer, as the exit code tells it.
    pub answer: Answer,
    /// For people, without a line end after the last line.
    pub text: String,
    /// The same for programs.
    pub json: Value,
}

/// The answer of a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// All is well.
    Good,
    /// It worked, and the answer is no.
    No,
    /// It could not work: wrong use, or a fault.
    Fault,
}

impl Answer {
    /// The exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::No => 1,
            Self::Fault => 2,
        }
    }
}

/// `1 complaint`, `3 complaints`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
