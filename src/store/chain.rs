//! The chain of the history: each line holds a digest of itself and of the link before it (SHA-256), so that whoever changes,
//! removes, adds or moves a line has to change all links behind it, and the last one is no longer the one that somebody noted.
//!
//! A line is hashed as one line of JSON, members in the order of [`Line`]. Its hash is that of a leaf in a Merkle tree (RFC 9162,
//! 2.1.1: SHA-256 of a zero byte and the line); a link is the SHA-256 of a byte 2, the link before and that hash. Before the first
//! line the link is 32 zero bytes.

use super::db::{Db, Row};
use crate::domain::{Digest, Fault};
use crate::proof;
use serde::Serialize;
use serde_json::value::RawValue;
use std::fmt;
use std::str::FromStr;

/// What a line is hashed from.
#[derive(Serialize)]
pub(super) struct Line {
    pub number: i64,
    /// `null` for a line about the log itself.
    pub message: Option<i64>,
    pub delivery: Option<i64>,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    pub what: String,
    pub why: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// As it stands in its column, byte for byte.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<Box<RawValue>>,
}

impl Line {
    /// The exact text that is hashed.
    pub(super) fn text(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(Fault::lasting)
    }
}

/// The last line of a history, and its link: all that came before follows from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// The number of the line; lines are numbered from 1 without a gap.
    pub number: i64,
    pub(super) link: Digest,
}

/// Where a history is not what was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Broken {
    /// Lines are missing before this number, or stand twice.
    Missing(i64),
    /// This line is not what it was, or one before it that has no link.
    Changed(i64),
    /// The line of a head that somebody noted is not there: the end was cut off, or an older copy was put back.
    CutOff(i64),
    /// It is there with another link: the history was written anew.
    Rewritten(i64),
    /// This seal is not over the lines that it closes.
    Seal(i64),
    /// The head that was signed with this seal is not over the seals so far, or not signed by this installation.
    Signature(i64),
    /// The signed head that somebody noted has more seals than there are: so many.
    SealsCutOff(i64),
    /// The first so many seals are not those of the signed head that somebody noted.
    SealsRewritten(i64),
    /// The signed head that somebody noted is not signed by this installation.
    Foreign,
}

/// What a history came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    /// How many lines were read.
    pub lines: i64,
    /// The last one; none where nothing has happened yet.
    pub head: Option<Head>,
    /// How many seals there are.
    pub sealed: i64,
    /// By which key heads are signed, in hexadecimal; `None` without the key file.
    pub key: Option<String>,
    /// The latest signed head, as it is noted elsewhere.
    pub signed: Option<String>,
    /// The first and the last of lines that were removed because their time was over.
    pub removed: Vec<(i64, i64)>,
    /// The line that says so.
    pub removed_by: Option<i64>,
    /// The line of the head that somebody noted is one of them: it can be compared no more.
    pub noted_is_gone: bool,
    /// The first place that is not what it should be.
    pub broken: Option<Broken>,
}

/// The link of a line that follows one with this link.
fn link_after(link: Digest, line: &Line) -> Result<Digest, Fault> {
    // For `benches/whole_path` alone; the program does not run with it.
    if cfg!(bindeledd_bare) {
        return Ok(link);
    }
    Ok(proof::link(link, proof::leaf(line.text()?.as_bytes())))
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, self.link)
    }
}

impl FromStr for Head {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "a head is a number, a colon and 64 hexadecimal digits, as `log verify` prints it";
        let (number, digits) = text.split_once(':').ok_or(wrong)?;
        let number = number.parse().ok().filter(|number| *number > 0).ok_or(wrong)?;
        Ok(Self { number, link: digits.parse().map_err(|_| wrong)? })
    }
}

/// The columns of a line, as [`line`] reads them.
pub(super) const COLUMNS: &str = "h.id, h.message_id, h.delivery_id, h.at, h.what, h.why, h.link, h.who, h.facts";

/// A line, and its link if it has one.
pub(super) fn line(row: &Row<'_>) -> Result<(Line, Option<Digest>), Fault> {
    let facts: Option<String> = row.get(8)?;
    let line = Line {
        // What somebody has put there that is no JSON is not what was written either.
        facts: facts
            .map(|text| RawValue::from_string(text).or_else(|_| RawValue::from_string("false".into())))
            .transpose()
            .map_err(Fault::lasting)?,
        who: row.get(7)?,
        number: row.get(0)?,
        message: row.get(1)?,
        delivery: row.get(2)?,
        at: row.get(3)?,
        what: row.get(4)?,
        why: row.get(5)?,
    };
    Ok((line, row.get::<Option<[u8; 32]>>(6)?.map(Digest)))
}

const LAST: &str = "SELECT id, link FROM history ORDER BY id DESC LIMIT 1";

/// For who is about to write lines and to ask something else before: the last line comes with that answer.
pub(super) fn expect_lines(db: &Db<'_>) -> Result<(), Fault> {
    if db.remembered().is_none() { db.ask_ahead(LAST, &[]) } else { Ok(()) }
}

/// The number and the link of a line that is about to be written; `line` makes it when its number is known. Nobody else writes lines
/// until the transaction ends, so the last line of this one is remembered.
pub(super) fn next(db: &Db<'_>, line: impl FnOnce(i64) -> Line) -> Result<(i64, Digest), Fault> {
    let (number, link) = match db.remembered() {
        Some((number, link)) => (number, Digest(link)),
        None => match db.one(LAST, &[], |row| Ok((row.get(0)?, row.get::<Option<[u8; 32]>>(1)?)))? {
            None => (0, Digest::ZERO),
            Some((number, Some(link))) => (number, Digest(link)),
            // Once: what an older release wrote.
            Some((number, None)) => (number, last_link(db)?),
        },
    };
    let line = line(number + 1);
    Ok((line.number, link_after(link, &line)?))
}

/// The link of the last line, where it has none of its own.
fn last_link(db: &Db<'_>) -> Result<Digest, Fault> {
    let mut link = Digest::ZERO;
    db.each(&format!("SELECT {COLUMNS} FROM history h ORDER BY h.id"), &[], |row| {
        let (line, held) = line(row)?;
        link = match held {
            Some(held) => held,
            None => link_after(link, &line)?,
        };
        Ok(())
    })?;
    Ok(link)
}
