//! Legal holds: what somebody has asked to keep is not removed, although its time is over, until the hold is lifted.

use crate::domain::{Actor, Fault, MessageId, Month, Particular, Particulars, PersonId, Timestamp, TrackingId};
use crate::pipeline::What;
use crate::store::Store;
use crate::store::columns::{known, maybe_time, time};
use crate::store::db::{Db, Row, values};
use crate::store::history::Happened;
use crate::store::look_ups::message_of;
use crate::store::patients;
use crate::store::person;
use crate::store::safe::Safe;
use crate::vault::Pseudonym;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What somebody wants kept.
#[derive(Clone)]
pub enum ToHold {
    /// All about a person.
    Patient(PersonId),
    /// A message, with the AppRecs that answer it.
    Message(TrackingId),
    /// All that came in a month.
    Month(Month),
}

/// What is held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnHold {
    /// All about a person, by pseudonym.
    Patient(Pseudonym),
    /// A message.
    Message(MessageId),
    /// A month.
    Month(Month),
}

/// A hold.
#[derive(Clone, Debug)]
pub struct HoldRow {
    /// Its number.
    pub number: i64,
    /// Of what.
    pub what: OnHold,
    /// Since when.
    pub held_at: Timestamp,
    /// What for.
    pub purpose: String,
    /// Who asked for it.
    pub who: String,
    /// The line that says so.
    pub line: i64,
    /// When it was lifted, if it was.
    pub lifted_at: Option<Timestamp>,
}

impl Store {
    /// Holds something from now on. Answers the number of the hold.
    pub async fn hold(&self, what: ToHold, purpose: String, who: Actor, now: Timestamp) -> Result<i64, Fault> {
        let safe = Arc::clone(&self.safe);
        self.writer.write(move |db| hold(db, &safe, &what, &purpose, &who, now)).await
    }

    /// All holds, also those that were lifted.
    pub async fn holds(&self) -> Result<Vec<HoldRow>, Fault> {
        self.read(|db| db.all(&format!("SELECT {COLUMNS} FROM hold ORDER BY number"), &[], row)).await
    }

    /// Lifts a hold. False: there is none of this number, or it was lifted before.
    pub async fn lift(&self, number: i64, reason: String, who: Actor, now: Timestamp) -> Result<bool, Fault> {
        self.writer.write(move |db| lift(db, number, &reason, &who, now)).await
    }
}

const COLUMNS: &str = "number, pseudonym, message_id, month, held_at, purpose, who, line, lifted_at";

fn row(row: &Row<'_>) -> Result<HoldRow, Fault> {
    let pseudonym = row.get::<Option<Vec<u8>>>(1)?.and_then(|bytes| Some(Pseudonym(bytes.try_into().ok()?)));
    let message = row.get::<Option<i64>>(2)?.map(MessageId);
    let month = row.get::<Option<String>>(3)?.and_then(|month| month.parse().ok());
    let what = pseudonym.map(OnHold::Patient).or(message.map(OnHold::Message)).or(month.map(OnHold::Month));
    Ok(HoldRow {
        number: row.get(0)?,
        what: known(what, 1)?,
        held_at: time(row, 4)?,
        purpose: row.get(5)?,
        who: row.get(6)?,
        line: row.get(7)?,
        lifted_at: maybe_time(row, 8)?,
    })
}

fn hold(db: &Db<'_>, safe: &Safe, what: &ToHold, purpose: &str, who: &Actor, now: Timestamp) -> Result<i64, Fault> {
    let on_hold = match what {
        ToHold::Patient(person) => OnHold::Patient(patients::pseudonym(db, safe, person)?),
        ToHold::Message(tracking) => OnHold::Message(message_of(db, *tracking)?),
        ToHold::Month(month) => OnHold::Month(*month),
    };
    let number: i64 = db.one("SELECT coalesce(max(number), 0) + 1 FROM hold", &[], |row| row.get(0))?.unwrap_or(1);
    let said = Particulars::default().with("hold", number);
    let said = match on_hold {
        OnHold::Patient(patient) => said.with("of", "patient").with("patient", Particular::Word(patient.to_string())),
        OnHold::Message(_) => said.with("of", "message"),
        OnHold::Month(month) => said.with("of", "month").with("month", month),
    };
    let line = match on_hold {
        OnHold::Message(message) => Happened::to(message, now, What::HoldAdded, purpose),
        OnHold::Patient(_) | OnHold::Month(_) => Happened::in_the_log(now, What::HoldAdded, purpose),
    };
    let line = line.by(who).saying(said).add(db)?;
    let (mut pseudonym, mut message, mut month) = (None, None, None);
    match on_hold {
        OnHold::Patient(patient) => {
            patients::of_line(db, line, &[patient])?;
            pseudonym = Some(patient.0);
        }
        OnHold::Message(id) => message = Some(id.0),
        OnHold::Month(held) => month = Some(held.to_string()),
    }
    let sql = "INSERT INTO hold (number, pseudonym, message_id, month, held_at, purpose, who, line)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let pseudonym = pseudonym.as_ref().map(|bytes| &bytes[..]);
    db.execute(sql, values![number, pseudonym, message, month, now.as_millis(), purpose, who.as_str(), line])?;
    Ok(number)
}

fn lift(db: &Db<'_>, number: i64, reason: &str, who: &Actor, now: Timestamp) -> Result<bool, Fault> {
    let sql = "UPDATE hold SET lifted_at = ?2 WHERE number = ?1 AND lifted_at IS NULL";
    if db.execute(sql, values![number, now.as_millis()])? == 0 {
        return Ok(false);
    }
    let said = Particulars::default().with("hold", number);
    Happened::in_the_log(now, What::HoldLifted, reason).by(who).saying(said).add(db)?;
    Ok(true)
}

/// All that is held now.
#[derive(Default)]
pub(super) struct Held {
    /// Messages, but for those that are held with their month.
    messages: BTreeSet<i64>,
    months: BTreeSet<Month>,
    pseudonyms: Vec<Pseudonym>,
    /// The lines that say so.
    said: BTreeSet<i64>,
}

impl Held {
    pub(super) fn now(db: &Db<'_>) -> Result<Self, Fault> {
        let mut held = Self::default();
        let rows = db.all(&format!("SELECT {COLUMNS} FROM hold WHERE lifted_at IS NULL ORDER BY number"), &[], row)?;
        for HoldRow { what, line, .. } in rows {
            held.said.insert(line);
            match what {
                OnHold::Month(month) => drop(held.months.insert(month)),
                OnHold::Message(message) => drop(held.messages.insert(message.0)),
                OnHold::Patient(patient) => {
                    let linked = person::all(db, patient)?;
                    held.messages.extend(patients::messages(db, &linked)?);
                    held.pseudonyms.extend(linked);
                }
            }
        }
        held.messages = patients::with_answers(db, &held.messages)?;
        Ok(held)
    }

    pub(super) fn has(&self, message: i64, month: Month) -> bool {
        self.months.contains(&month) || self.messages.contains(&message)
    }

    pub(super) fn has_month(&self, month: Month) -> bool {
        self.months.contains(&month)
    }

    /// How many held messages have content of a month: their own bytes, or a parcel that was made of them.
    pub(super) fn content_of(&self, db: &Db<'_>, month: Month) -> Result<i64, Fault> {
        let (from, to) = (month.start().as_millis(), month.end().as_millis());
        let mut count = 0;
        for message in &self.messages {
            let sql = "SELECT 1 FROM message m WHERE m.id = ?1 AND ((m.received_at >= ?2 AND m.received_at < ?3)
                         OR EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = m.id AND d.own_month = ?4))";
            count += i64::from(db.exists(sql, values![*message, from, to, month.to_string()])?);
        }
        Ok(count)
    }

    /// The lines of the history about what is held, but for those of a held month.
    pub(super) fn lines(&self, db: &Db<'_>) -> Result<BTreeSet<i64>, Fault> {
        let mut lines = self.said.clone();
        for message in &self.messages {
            let sql = "SELECT id FROM history WHERE message_id = ?1";
            lines.extend(db.all(sql, values![*message], |row| row.get::<i64>(0))?);
        }
        lines.extend(patients::lines(db, &self.pseudonyms)?);
        Ok(lines)
    }

    /// Whether lines with these numbers were written in a held month.
    pub(super) fn has_lines_of(&self, db: &Db<'_>, first: i64, last: i64) -> Result<bool, Fault> {
        for month in &self.months {
            let sql = "SELECT 1 FROM history WHERE id BETWEEN ?1 AND ?2 AND at >= ?3 AND at < ?4 LIMIT 1";
            let (from, to) = (month.start().as_millis(), month.end().as_millis());
            if db.exists(sql, values![first, last, from, to])? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
