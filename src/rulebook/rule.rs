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
    /// What follows for a message that came in: tolerant, as the standards demand.
    pub incoming: Consequence,
    /// What follows for a message that a system connected to us is about to send: strict.
    pub outgoing: Consequence,
    /// What partners may have agreed on instead, beyond what [`Rule::allows`] always allows.
    pub agreed: &'static [Consequence],
    /// Who sees to it.
    pub enforced: Enforced,
}

/// What follows when a rule does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Consequence {
    /// The message is refused: negative AppRec with the code of this reason, where one may be sent at all.
    Refuse(Reason),
    /// It may not be sent: its sender's system is told at once, and there is no AppRec, which is for receivers to give.
    Block,
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

/// Which way a message goes, seen from the system that asks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Direction {
    /// It was received; its receiver's obligations apply.
    #[default]
    Incoming,
    /// It is about to be sent; its sender's obligations apply.
    Outgoing,
}

impl Direction {
    /// The word for it in configuration and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incoming => "in",
            Self::Outgoing => "out",
        }
    }
}

impl Rule {
    /// What follows when the rule does not hold and nobody has agreed otherwise.
    pub fn follows(&self, direction: Direction) -> Consequence {
        match direction {
            Direction::Incoming => self.incoming,
            Direction::Outgoing => self.outgoing,
        }
    }

    /// Whether a partner's configuration may set this consequence: never below what the standard makes mandatory.
    ///
    /// What refuses or holds stays so, both ways, unless the rule names what may be agreed on. What is a warning may be a note
    /// and the other way round; only a rule that says so can be made to refuse, for a wrong code or poor content is never a
    /// reason to (HIS 80415:2012, 3.3.2). What blocks a sending may be lowered to a warning, and a warning raised to a block.
    pub fn allows(&self, direction: Direction, wanted: Consequence) -> bool {
        use Consequence::{Block, Note, Warn};
        let usual = self.follows(direction);
        if usual == wanted || usual == Consequence::ByDesign {
            return usual == wanted;
        }
        let is_for_the_other_direction = match wanted {
            Consequence::Refuse(_) => direction == Direction::Outgoing,
            Block => direction == Direction::Incoming,
            _ => false,
        };
        if self.agreed.contains(&wanted) && !is_for_the_other_direction {
            return true;
        }
        match (direction, self.incoming) {
            (Direction::Incoming, Warn | Note) => matches!(wanted, Warn | Note),
            (Direction::Outgoing, Warn | Note) => matches!(wanted, Block | Warn | Note),
            _ => false,
        }
    }
}

impl Consequence {
    /// How bad it is, in the three words that compilers, editors and programs share.
    pub fn severity(self) -> &'static str {
        match self {
            Self::Refuse(_) | Self::Block | Self::Hold => "error",
            Self::Warn => "warning",
            Self::Ignore | Self::Note | Self::ByDesign => "info",
        }
    }

    /// The severity for the word in the store.
    pub fn severity_of(word: &str) -> &'static str {
        match word {
            "refuse" | "block" | "hold" => "error",
            "warn" => "warning",
            _ => "info",
        }
    }

    /// Whether the message goes no further.
    pub fn stops(self) -> bool {
        match self {
            Self::Refuse(_) | Self::Block | Self::Hold => true,
            Self::Ignore | Self::Warn | Self::Note | Self::ByDesign => false,
        }
    }

    /// The word for it in the store and in what people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refuse(_) => "refuse",
            Self::Block => "block",
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
