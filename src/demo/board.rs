//! What came of each message, beside what the script says, and the table of it at the end.

use super::cast::System;
use super::desk::Said;
use super::table::{Column, heading, row};
use super::teller::{Colour, Teller};
use crate::routing::AppRecVersion;
use std::borrow::Cow;
use std::fmt;

/// What must become of a message at one receiver.
pub struct End {
    /// At whose system; `None` when it must arrive nowhere.
    pub at: Option<&'static System>,
    /// The state that the gateway tells.
    pub state: &'static str,
    /// The AppRec that the sender gets.
    pub receipt: Receipt,
}

/// The AppRec that a sender got.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Receipt {
    /// Taken in.
    Accepted(AppRecVersion, By),
    /// Refused with these codes of list 8221.
    Refused(AppRecVersion, By, Cow<'static, str>),
    /// There was none.
    None,
}

/// Who wrote it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// The receiver's own system.
    System,
    /// The gateway on behalf of the receiver.
    Gateway,
}

impl From<&Said> for Receipt {
    fn from(said: &Said) -> Self {
        let by = if said.by_gateway { By::Gateway } else { By::System };
        if said.positive {
            Self::Accepted(said.version, by)
        } else {
            Self::Refused(said.version, by, said.errors.join(", ").into())
        }
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted(version, by) => write!(f, "{} accepted, {by}", number(*version)),
            Self::Refused(version, by, codes) => write!(f, "{} refused {codes}, {by}", number(*version)),
            Self::None => f.write_str("none"),
        }
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "by the receiver",
            Self::Gateway => "by the gateway",
        })
    }
}

/// The version as people write it.
pub fn number(version: AppRecVersion) -> &'static str {
    match version {
        AppRecVersion::V1_0 => "1.0",
        AppRecVersion::V1_1 => "1.1",
    }
}

/// One line of the table.
pub struct Row {
    pub tracking: String,
    pub message: String,
    pub from: &'static str,
    pub to: &'static str,
    pub state: String,
    pub receipt: Receipt,
    pub why: String,
    /// What the script says instead, if it says something else.
    pub surprise: Option<String>,
}

impl Row {
    fn colour(&self) -> Colour {
        match (self.surprise.is_some(), self.state.as_str()) {
            (true, _) => Colour::Red,
            (false, "acknowledged" | "delivered") => Colour::Green,
            (false, _) => Colour::Yellow,
        }
    }

    fn cells(&self) -> [String; 6] {
        let why = match &self.surprise {
            Some(expected) => format!("NOT AS IN THE SCRIPT, which says: {expected}. {}", self.why),
            None => self.why.clone(),
        };
        let (from, to) = (self.from.to_string(), self.to.to_string());
        [self.message.clone(), from, to, self.state.clone(), self.receipt.to_string(), why]
    }
}

const COLUMNS: [Column; 6] = [
    Column { heading: "Message", width: 23 },
    Column { heading: "From", width: 12 },
    Column { heading: "To", width: 12 },
    Column { heading: "State", width: 12 },
    Column { heading: "Receipt (AppRec)", width: 17 },
    Column { heading: "Why", width: 42 },
];

/// All rows, in the order of the play.
#[derive(Default)]
pub struct Board(pub Vec<Row>);

impl Board {
    /// How many rows are not as the script says.
    pub fn surprises(&self) -> usize {
        self.0.iter().filter(|row| row.surprise.is_some()).count()
    }

    /// Shows the table.
    pub fn show(&self, teller: &mut Teller<'_>) {
        teller.heading("What became of each message");
        heading(&COLUMNS).iter().for_each(|line| teller.say(line));
        for shown in &self.0 {
            for line in row(&COLUMNS, &shown.cells()) {
                let line = teller.paint(shown.colour(), &line);
                teller.say(&line);
            }
        }
    }
}
