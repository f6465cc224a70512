//! Puts another key in the place of the one that wraps all others.

use super::Store;
use super::db::{Db, values};
use super::history::Happened;
use super::safe::Keys;
use crate::domain::{Actor, Fault, Particulars, Timestamp};
use crate::pipeline::What;
use crate::vault::{KekId, KeyFile, kek_id_of};
use std::path::Path;

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
