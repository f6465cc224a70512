//! What a command has to say, for people and for programs. Commands make it; `print` prints it.

use crate::domain::{Fault, FaultKind};
use serde_json::{Value, json};
use std::fmt;

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

/// What a command has to say when it has put it into the wanted form itself.
#[derive(Debug)]
pub struct Printed {
    /// The answer, as the exit code tells it.
    pub answer: Answer,
    /// What goes to standard output, without a line end after the last line.
    pub out: String,
    /// What could not be done, for standard error; empty when all could.
    pub troubles: String,
}

impl Report {
    /// The answer is no, for this reason.
    pub(super) fn no(message: impl fmt::Display) -> Self {
        Self { answer: Answer::No, ..Self::trouble(message) }
    }

    /// It could not work, for this reason.
    pub fn trouble(message: impl fmt::Display) -> Self {
        let text = message.to_string();
        Self { answer: Answer::Fault, json: json!({ "good": false, "trouble": text }), text }
    }

    /// The same, for a fault below. Its reader is the operator, so the inner face is shown.
    pub fn fault(fault: &Fault) -> Self {
        Self::trouble(match fault.kind() {
            FaultKind::Passing => format!("This could not be done now; try again. {}", fault.inner()),
            FaultKind::StorageFull => format!("The disk is full or cannot be written. {}", fault.inner()),
            FaultKind::Lasting => format!("Something must be mended first: {}", fault.inner()),
        })
    }
}

/// The answer of a command.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
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

    /// Yes, or no.
    pub(super) fn of(good: bool) -> Self {
        if good { Self::Good } else { Self::No }
    }
}

/// `1 complaint`, `3 complaints`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
