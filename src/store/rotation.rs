//! Puts another key in the place of the one that wraps all others, and removes months whose time is over.

use super::db::{Db, values};
use super::history::Happened;
use super::safe::{Keys, Safe};
use super::{Store, months};
use crate::domain::{Actor, Fault, Month, Particulars, Timestamp};
use crate::pipeline::What;
use crate::vault::{KekId, KeyFile, kek_id_of};
use std::path::Path;
use std::sync::Arc;

/// A key in the database.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// By which key of the key file it is wrapped; `None` when it was destroyed.
    pub wrapped_by: Option<KekId>,
    /// When it was destroyed.
    pub destroyed_at: Option<Timestamp>,
}

/// A month, and what is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MonthRow {
    /// Which.
    pub month: Month,
    /// Messages whose content lies in it.
    pub messages: i64,
    /// Deliveries, and messages that are not judged, that still need content of it.
    pub under_way: i64,
}

impl Store {
    /// The keys that there are.
    pub async fn keys(&self) -> Result<Vec<KeyRow>, Fault> {
        self.read(|db| {
            db.all("SELECT name, made_at, wrapped, destroyed_at FROM secret ORDER BY name", &[], |row| {
                Ok(KeyRow {
                    name: row.get(0)?,
                    made_at: Timestamp::from_millis(row.get(1)?),
                    wrapped_by: row.get::<Option<Vec<u8>>>(2)?.and_then(|wrapped| kek_id_of(&wrapped)),
                    destroyed_at: row.get::<Option<i64>>(3)?.map(Timestamp::from_millis),
                })
            })
        })
        .await
    }

    /// Makes a new key in the key file, wraps all keys by it, and takes the old ones out of the file. Killed anywhere in between,
    /// every key can still be used, and doing it again brings it to its end. Answers the new key and how many it wraps.
    pub async fn rotate(&self, who: Actor, reason: String, now: Timestamp) -> Result<(KekId, usize), Fault> {
        let Keys::File(path) = self.safe.keys().clone() else {
            return Err(Fault::lasting("the keys of this store are in no file"));
        };
        KeyFile::load(&path)?.with_new_key().save(&path)?;
        let file = path.clone();
        let (new, count) = self.writer.write(move |db| wrap_anew(db, &file, &who, &reason, now)).await?;
        // Under the writer's lock, with nothing to commit: whoever makes a key reads the file under the same lock.
        self.writer.write(move |db| take_out_old(db, &path)).await?;
        Ok((new, count))
    }

    /// Months whose content ended before a moment, oldest first.
    pub async fn months_before(&self, end: Timestamp) -> Result<Vec<MonthRow>, Fault> {
        self.read(move |db| months_before(db, end)).await
    }

    /// Destroys the key of a month and drops its content. There is no way back, and the history says so. Refused while a delivery
    /// may still need it.
    pub async fn remove_month(&self, month: Month, who: Actor, reason: String, now: Timestamp) -> Result<MonthRow, Fault> {
        let safe = Arc::clone(&self.safe);
        let removed = self.writer.write(move |db| remove(db, &safe, month, &who, &reason, now)).await?;
        self.writer.write(|db| db.give_space_back()).await?;
        Ok(removed)
    }
}

fn wrap_anew(db: &Db<'_>, path: &Path, who: &Actor, reason: &str, now: Timestamp) -> Result<(KekId, usize), Fault> {
    let keys = KeyFile::load(path)?;
    let held = db.all("SELECT name, wrapped FROM secret WHERE wrapped IS NOT NULL", &[], |row| {
        Ok((row.get::<String>(0)?, row.get::<Vec<u8>>(1)?))
    })?;
    for (name, wrapped) in &held {
        let anew = keys.rewrap(wrapped, name);
        let anew = anew.map_err(|why| Fault::lasting(format!("the key for {name} cannot be wrapped anew: {why}")))?;
        db.execute("UPDATE secret SET wrapped = ?2 WHERE name = ?1", values![name, &anew[..]])?;
    }
    let why = format!("{} keys are wrapped by {}: {reason}", held.len(), keys.in_use());
    let said = Particulars::default().with("key", "wrapping").with("wraps", held.len() as i64);
    Happened::in_the_log(now, What::Keyed, &why).by(who).saying(said).add(db)?;
    Ok((keys.in_use(), held.len()))
}

fn take_out_old(db: &Db<'_>, path: &Path) -> Result<(), Fault> {
    let keys = KeyFile::load(path)?;
    let held = db.all("SELECT wrapped FROM secret WHERE wrapped IS NOT NULL", &[], |row| row.get::<Vec<u8>>(0))?;
    if held.iter().any(|wrapped| kek_id_of(wrapped) != Some(keys.in_use())) {
        return Err(Fault::passing("a key is still wrapped by an old one"));
    }
    keys.without_old_keys().save(path)
}

fn months_before(db: &Db<'_>, end: Timestamp) -> Result<Vec<MonthRow>, Fault> {
    let names =
        db.all("SELECT name FROM secret WHERE wrapped IS NOT NULL ORDER BY name", &[], |row| row.get::<String>(0))?;
    let months = names.iter().filter_map(|name| name.strip_prefix("content ")?.parse::<Month>().ok());
    months.filter(|month| month.end().as_millis() <= end.as_millis()).map(|month| row(db, month)).collect()
}

fn row(db: &Db<'_>, month: Month) -> Result<MonthRow, Fault> {
    let table = months::content(month);
    let messages = db.one(&format!("SELECT count(*) FROM {table}"), &[], |row| row.get(0))?.unwrap_or_default();
    // What is dead may be tried again by a person; that it cannot be any more must be seen before.
    let sql = format!(
        "SELECT count(*) FROM delivery d WHERE d.state IN ('behind', 'queued', 'sending')
           AND (d.own_month = ?1 OR (d.own_month IS NULL AND d.message_id IN (SELECT message_id FROM {table})))"
    );
    let parcels: i64 = db.one(&sql, values![month.to_string()], |row| row.get(0))?.unwrap_or_default();
    let sql = format!("SELECT count(*) FROM message m JOIN {table} c ON c.message_id = m.id WHERE m.state = 'received'");
    let unjudged: i64 = db.one(&sql, &[], |row| row.get(0))?.unwrap_or_default();
    Ok(MonthRow { month, messages, under_way: parcels + unjudged })
}

fn remove(db: &Db<'_>, safe: &Safe, month: Month, who: &Actor, reason: &str, now: Timestamp) -> Result<MonthRow, Fault> {
    if month.end().as_millis() > now.as_millis() {
        return Err(Fault::lasting(format!("{month} is not over")));
    }
    if safe.key(db, month)?.is_none() {
        return Err(Fault::lasting(format!("there is no content of {month}, or it was removed before")));
    }
    let removed = row(db, month)?;
    if removed.under_way > 0 {
        let count = removed.under_way;
        return Err(Fault::lasting(format!(
            "deliveries and messages that still need content of {month}: {count}; nothing was removed"
        )));
    }
    let sql = "UPDATE secret SET wrapped = NULL, destroyed_at = ?2 WHERE name = ?1";
    db.execute(sql, values![format!("content {month}"), now.as_millis()])?;
    months::drop(db, month)?;
    let why = format!("the content of {month} and its key: {reason}");
    let said = Particulars::default().with("removed", "content").with("month", month).with("messages", removed.messages);
    Happened::in_the_log(now, What::Removed, &why).by(who).saying(said).add(db)?;
    safe.forget(month);
    Ok(removed)
}
