//! One rule: what must hold, who says so, and what follows when it does not.

use crate::domain::{Reason, Text};

/// A rule of the national standards, or one of our own.
#[derive(Debug)]
pub struct Rule {
    /// Its number in the rule book: `R-026`.
    pub id: &'static str,
    /// Its name: the sentence that must hold, as its file is called: `msgid_is_a_uuid`.
    pub name: &'static str,
    /// What must hold, in words.
    pub holds: Text,
    /// What to do when it does not.
    pub hint: Text,
    /// Document and section.
    pub source: &'static str,
    /// What follows for a message that came in.
    pub incoming: Consequence,
    /// Who sees to it.
    pub enforced: Enforced,
}

/// What follows when a rule does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Consequence {
    /// The message is refused: negative AppRec with the code of this reason, where one may be sent at all.
    Refuse(Reason),
    /// Neither positive nor negative AppRec: a person must look.
    Hold,
    /// Recorded and otherwise ignored.
    Ignore,
    /// Accepted; the finding is stored and shown.
    Warn,
    /// Recorded only.
    Note,
    /// It cannot be broken by a message: the path is built so.
    ByDesign,
}

impl Consequence {
    /// The word for it in the store and in what people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refuse(_) => "refuse",
            Self::Hold => "hold",
            Self::Ignore => "ignore",
            Self::Warn => "warn",
            Self::Note => "note",
            Self::ByDesign => "by-design",
        }
    }
}

/// Who sees to it that the rule holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Enforced {
    /// The reading layer finds the trouble; the rule names it.
    Reading,
    /// A check in the list of its message type.
    Check,
    /// The decision on one receiver at a time.
    Routing,
    /// Built into the path: the function in the rule's own file is what the path calls.
    Path,
}
