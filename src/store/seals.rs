//! Closes intervals of the history and signs for them (docs/decisions/019): what was sealed can be proven to anybody.
//!
//! A seal is made of lines that are durable, outside of the writer, and written in one short transaction. Two that are made at a time
//! have the same number, and one of them is refused.

use super::Store;
use super::chain::{self, COLUMNS};
use super::db::{Db, values};
use crate::domain::{Fault, Timestamp};
use crate::proof::{Growing, Interval, Origin, PublicKey, Seal, SignedHead, Tree, TreeHead, leaf};
use crate::vault::SigningKey;
use std::sync::Arc;

/// The seals of a log, the latest head, and by whom it is signed.
pub(super) struct Sealed {
    pub(super) seals: Vec<Seal>,
    pub(super) tree: Tree,
    pub(super) head: SignedHead,
    pub(super) key: PublicKey,
}

impl Store {
    /// Closes what was written since the last seal, and signs for it. `None`: nothing was.
    pub async fn seal(&self, now: Timestamp) -> Result<Option<SignedHead>, Fault> {
        let safe = Arc::clone(&self.safe);
        let signing = self.read(move |db| safe.signing(db)).await?;
        let mut newest = None;
        // More than one seal holds was written: as many as it takes, so that nothing from before this call is left open.
        while let Some((seal, head, is_last)) = {
            let signing = Arc::clone(&signing);
            self.read(move |db| next_seal(db, &signing, now)).await?
        } {
            let (text, note) = (seal.text(), head.note().to_owned());
            self.writer.write(move |db| put(db, &seal, &text, &note)).await?;
            newest = Some(head);
            if is_last {
                break;
            }
        }
        Ok(newest)
    }

    /// How many lines are not sealed, and when the first of them was written.
    pub async fn unsealed(&self) -> Result<Option<(i64, Timestamp)>, Fault> {
        self.read(|db| {
            let last: i64 = db.one("SELECT max(last) FROM seal", &[], |row| row.get(0))?.flatten().unwrap_or_default();
            let newest: Option<i64> = db.one("SELECT max(id) FROM history", &[], |row| row.get(0))?.flatten();
            let first = "SELECT at FROM history WHERE id > ?1 ORDER BY id LIMIT 1";
            let first: Option<i64> = db.one(first, values![last], |row| row.get(0))?;
            Ok(newest.zip(first).map(|(newest, at)| (newest - last, Timestamp::from_millis(at))))
        })
        .await
    }

    /// The latest signed head; `None` where nothing is sealed yet.
    pub async fn newest_head(&self) -> Result<Option<SignedHead>, Fault> {
        self.read(newest_head).await
    }
}

pub(super) fn newest_head(db: &Db<'_>) -> Result<Option<SignedHead>, Fault> {
    let note = db.one("SELECT head FROM seal ORDER BY number DESC LIMIT 1", &[], |row| row.get::<String>(0))?;
    note.map(|note| note.parse().map_err(|_| Fault::lasting("the head of the last seal is none; see `log verify`")))
        .transpose()
}

/// All seals with their tree and head; `None` where nothing is sealed yet.
pub(super) fn all(db: &Db<'_>, signing: &SigningKey) -> Result<Option<Sealed>, Fault> {
    let Some(head) = newest_head(db)? else { return Ok(None) };
    let mut tree = Tree::default();
    let texts = db.all("SELECT text FROM seal ORDER BY number", &[], |row| row.get::<String>(0))?;
    let seals = texts.iter().map(|text| {
        tree.add(leaf(text.as_bytes()));
        Seal::parse(text).map_err(|_| Fault::lasting("a seal is none; see `log verify`"))
    });
    let seals = seals.collect::<Result<_, _>>()?;
    Ok(Some(Sealed { seals, tree, head, key: PublicKey(signing.public()) }))
}

/// The seal over what comes after the last one, its head, and whether it is all there is.
fn next_seal(db: &Db<'_>, signing: &SigningKey, now: Timestamp) -> Result<Option<(Seal, SignedHead, bool)>, Fault> {
    let mut tree = Growing::default();
    let mut before = None;
    db.each("SELECT text FROM seal ORDER BY number", &[], |row| {
        let text: String = row.get(0)?;
        tree.add(leaf(text.as_bytes()));
        before = Some(text);
        Ok(())
    })?;
    let not_whole = |what: &str| Fault::lasting(format!("nothing is signed: {what}; `bindeledd log verify` says where"));
    let before = before.map(|text| Seal::parse(&text).map_err(|_| not_whole("the last seal is none"))).transpose()?;
    let mut interval = Interval::after(before.as_ref());
    let (mut full, mut expected) = (false, before.as_ref().map_or(1, |seal| seal.last as i64 + 1));
    let sql = format!("SELECT {COLUMNS} FROM history h WHERE h.id >= ?1 ORDER BY h.id");
    db.find(&sql, values![expected], |row| {
        if interval.is_full() {
            full = true;
            return Ok(Some(()));
        }
        let (line, held) = chain::line(row)?;
        let link = interval.add(leaf(line.text()?.as_bytes()));
        if line.number != expected || held.is_some_and(|held| held != link) {
            return Err(not_whole(&format!("line {expected} is not what was written")));
        }
        expected += 1;
        Ok(None)
    })?;
    let Some(seal) = interval.seal(now) else { return Ok(None) };
    tree.add(seal.leaf());
    let key = PublicKey(signing.public());
    let head = TreeHead { origin: origin(&key)?, size: tree.size(), root: tree.root() };
    let head = SignedHead::sign(head, key, |message| signing.sign(message))?;
    Ok(Some((seal, head, !full)))
}

/// What the log of this installation is called in its heads: by the key that signs them.
fn origin(key: &PublicKey) -> Result<Origin, Fault> {
    let name = key.to_string();
    format!("bindeledd.example/log/{}", &name[..16.min(name.len())])
        .parse()
        .map_err(|_| Fault::lasting("the log has no name"))
}

fn put(db: &Db<'_>, seal: &Seal, text: &str, note: &str) -> Result<(), Fault> {
    let before: i64 = db.one("SELECT max(number) FROM seal", &[], |row| row.get(0))?.flatten().unwrap_or_default();
    if before + 1 != seal.number as i64 {
        return Err(Fault::passing("another process has just sealed the log"));
    }
    let sql = "INSERT INTO seal (number, last, text, head) VALUES (?1, ?2, ?3, ?4)";
    db.execute(sql, values![seal.number as i64, seal.last as i64, text, note]).map(|_| ())
}
