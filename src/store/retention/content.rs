//! Removes the content of whole months: the key of a month is destroyed, and its tables are emptied and dropped.

use super::holds::Held;
use super::proofs::{Gone, Roll};
use crate::domain::{Actor, Digest, Fault, Month, Particulars, Timestamp, TrackingId};
use crate::pipeline::What;
use crate::store::columns::{OPEN, known};
use crate::store::db::{Db, values};
use crate::store::history::Happened;
use crate::store::safe::Safe;
use crate::store::{Store, months};
use std::sync::Arc;

/// So many bytes, and so many rows, are overwritten in one transaction.
const BYTES_AT_ONCE: i64 = 8 << 20;
const ROWS_AT_ONCE: i64 = 500;

/// A month, and what is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct MonthRow {
    /// Which.
    pub(super) month: Month,
    /// Messages whose content lies in it.
    pub(super) messages: i64,
    /// What it takes, sealed, in bytes.
    pub(super) bytes: i64,
    /// Deliveries, and messages that are not judged, that still need content of it.
    pub(super) under_way: i64,
    /// Messages with content of it that are held; of a month that is held as a whole, all.
    pub(super) held: i64,
}

/// Whose doing it is, and why.
#[derive(Clone)]
pub(super) struct Because {
    /// `None`: the gateway by itself.
    pub(super) who: Option<Actor>,
    pub(super) reason: String,
}

impl Because {
    pub(super) fn write(&self, db: &Db<'_>, now: Timestamp, what: &str, said: Particulars) -> Result<i64, Fault> {
        let why = format!("{what}: {}", self.reason);
        let line = Happened::in_the_log(now, What::Removed, &why).saying(said);
        if let Some(who) = &self.who { line.by(who).add(db) } else { line.add(db) }
    }
}

impl Store {
    /// Destroys the key: from here on its content can be read by nobody.
    pub(super) async fn shred(&self, month: Month, because: Because, now: Timestamp) -> Result<MonthRow, Fault> {
        // The month is over: what is in it does not change, and the tree over all of it is made outside of the writer.
        let whole = self.read(move |db| db.at_one_moment(|| whole(db, month))).await?;
        let safe = Arc::clone(&self.safe);
        self.writer.write(move |db| shred(db, &safe, month, whole.as_ref(), &because, now)).await
    }

    /// Empties and drops the tables of months whose keys are destroyed, also where a process died in the middle of it.
    pub(super) async fn clear_away(&self) -> Result<(), Fault> {
        for month in self.read(left_over).await? {
            while self.writer.write(move |db| clear_some(db, month)).await? {}
        }
        Ok(())
    }

    /// Gives the space of what was removed back to the machine, where it can be.
    pub(super) async fn give_space_back(&self) -> Result<(), Fault> {
        while self.writer.write(|db| db.give_some_space_back()).await? {}
        Ok(())
    }
}

pub(super) fn months_before(db: &Db<'_>, end: Timestamp) -> Result<Vec<MonthRow>, Fault> {
    let held = Held::now(db)?;
    let months = content_months(db, "wrapped IS NOT NULL")?.into_iter();
    months.filter(|month| month.end().as_millis() <= end.as_millis()).map(|month| row(db, &held, month)).collect()
}

fn content_months(db: &Db<'_>, whose: &str) -> Result<Vec<Month>, Fault> {
    let sql = format!("SELECT name FROM secret WHERE {whose} ORDER BY name");
    let names = db.all(&sql, &[], |row| row.get::<String>(0))?;
    Ok(names.iter().filter_map(|name| name.strip_prefix("content ")?.parse().ok()).collect())
}

fn row(db: &Db<'_>, held: &Held, month: Month) -> Result<MonthRow, Fault> {
    let number = db.of_home("INTEGER", "bigint");
    let sql = format!(
        "SELECT count(*), CAST(coalesce(sum(length(bytes) + coalesce(length(came_as), 0)), 0) AS {number}) FROM {}",
        months::content(month)
    );
    let (messages, mut bytes) = db.one(&sql, &[], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))?.unwrap_or_default();
    let parcels = months::parcels(month);
    let sql = format!("SELECT CAST(coalesce(sum(length(bytes)), 0) AS {number}) FROM {parcels}");
    bytes += db.one(&sql, &[], |row| row.get::<i64>(0))?.unwrap_or_default();
    let (under_way, some_held) = still_needed(db, held, month)?;
    let held = if held.has_month(month) { messages.max(1) } else { some_held };
    Ok(MonthRow { month, messages, bytes, under_way, held })
}

/// How many deliveries and messages still need content of a month, and how many messages with some are held; without looking at all.
fn still_needed(db: &Db<'_>, held: &Held, month: Month) -> Result<(i64, i64), Fault> {
    let table = months::content(month);
    // What is dead may be tried again by a person; that it cannot be any more must be seen before.
    let sql = format!(
        "SELECT count(*) FROM delivery d WHERE d.state IN ('behind', 'queued', 'sending')
           AND (d.own_month = ?1 OR (d.own_month IS NULL AND d.message_id IN (SELECT message_id FROM {table})))"
    );
    let waiting: i64 = db.one(&sql, values![month.to_string()], |row| row.get(0))?.unwrap_or_default();
    let sql = format!(
        "SELECT count(*) FROM message m WHERE m.state = 'received' AND m.{OPEN} AND EXISTS (SELECT 1 FROM {table} c WHERE c.message_id = m.id)"
    );
    let unjudged: i64 = db.one(&sql, &[], |row| row.get(0))?.unwrap_or_default();
    let held = if held.has_month(month) { 1 } else { held.content_of(db, month)? };
    Ok((waiting + unjudged, held))
}

/// What is in a month, the newest message of it, and the tree over all of them.
struct Whole {
    row: MonthRow,
    newest: Option<i64>,
    root: Digest,
}

fn newest(db: &Db<'_>, month: Month) -> Result<Option<i64>, Fault> {
    let sql = format!("SELECT max(message_id) FROM {}", months::content(month));
    db.one(&sql, &[], |row| row.get(0)).map(Option::flatten)
}

/// `None`: there is no content of this month.
fn whole(db: &Db<'_>, month: Month) -> Result<Option<Whole>, Fault> {
    if !has_key(db, month)? {
        return Ok(None);
    }
    let (newest, mut roll, table) = (newest(db, month)?, Roll::default(), months::content(month));
    let sql =
        format!("SELECT m.id, m.tracking, m.digest FROM message m JOIN {table} c ON c.message_id = m.id ORDER BY m.id");
    db.each(&sql, &[], |row| {
        let tracking: String = row.get(1)?;
        let tracking = known(TrackingId::parse(&tracking).ok(), 1)?;
        roll.add(&Gone { message: row.get(0)?, tracking, digest: row.get::<Option<[u8; 32]>>(2)?.map(Digest) });
        Ok(())
    })?;
    let row = MonthRow { messages: roll.count(), ..row(db, &Held::now(db)?, month)? };
    Ok(Some(Whole { row, newest, root: roll.root() }))
}

/// Asked for, and not only whether the key is at hand: another process may have removed it.
fn has_key(db: &Db<'_>, month: Month) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM secret WHERE name = ?1 AND wrapped IS NOT NULL";
    db.exists(sql, values![format!("content {month}")])
}

fn shred(
    db: &Db<'_>,
    safe: &Safe,
    month: Month,
    whole: Option<&Whole>,
    because: &Because,
    now: Timestamp,
) -> Result<MonthRow, Fault> {
    if month.end().as_millis() > now.as_millis() {
        return Err(Fault::lasting(format!("{month} is not over")));
    }
    let Some(Whole { row, newest: last, root }) = whole.filter(|_| has_key(db, month).unwrap_or(false)) else {
        return Err(Fault::lasting(format!("there is no content of {month}, or it was removed before")));
    };
    let (under_way, held) = still_needed(db, &Held::now(db)?, month)?;
    for (count, why) in [(under_way, "that still need content of it"), (held, "with content of it that are held")] {
        if count > 0 {
            return Err(Fault::lasting(format!("{month}: deliveries and messages {why}: {count}; nothing was removed")));
        }
    }
    if newest(db, month)? != *last {
        return Err(Fault::passing(format!("the content of {month} has changed meanwhile")));
    }
    let sql = "UPDATE secret SET wrapped = NULL, destroyed_at = ?2 WHERE name = ?1";
    db.execute(sql, values![format!("content {month}"), now.as_millis()])?;
    let said = Particulars::default().with("removed", "content").with("month", month).with("messages", row.messages);
    because.write(db, now, &format!("the content of {month} and its key"), said.with("root", *root))?;
    safe.forget(month);
    Ok(row.clone())
}

/// Months whose keys are destroyed and whose tables are there still.
fn left_over(db: &Db<'_>) -> Result<Vec<Month>, Fault> {
    let mut left = Vec::new();
    for month in content_months(db, "wrapped IS NULL")? {
        if db.has_table(&months::content(month))? || db.has_table(&months::parcels(month))? {
            left.push(month);
        }
    }
    Ok(left)
}

/// Overwrites some of what is left of a month, and drops its tables when nothing is. True: there is more.
fn clear_some(db: &Db<'_>, month: Month) -> Result<bool, Fault> {
    // A server drops whole files, and overwrites nothing.
    let by_rows = db.of_home(true, false);
    for (table, key) in [(months::content(month), "message_id"), (months::parcels(month), "delivery_id")] {
        if by_rows && db.has_table(&table)? && clear_rows(db, &table, key)? {
            return Ok(true);
        }
    }
    months::drop(db, month)?;
    Ok(false)
}

fn clear_rows(db: &Db<'_>, table: &str, key: &str) -> Result<bool, Fault> {
    let sql = format!("SELECT {key}, length(bytes) FROM {table} ORDER BY {key} LIMIT ?1");
    let (mut bytes, mut last) = (0, None);
    db.find(&sql, values![ROWS_AT_ONCE], |row| {
        (bytes, last) = (bytes + row.get::<i64>(1)?, Some(row.get::<i64>(0)?));
        Ok((bytes >= BYTES_AT_ONCE).then_some(()))
    })?;
    let Some(last) = last else { return Ok(false) };
    db.execute(&format!("DELETE FROM {table} WHERE {key} <= ?1"), values![last]).map(|_| true)
}
