//! The keys of an open store. They lie in the database, each wrapped by a key from a file that does not: a copy of the database opens
//! nothing.
//!
//! There is a key for the content of each calendar month, so that a month can be made unreadable for good; one for the pseudonyms of
//! patients; and one for signing. A key is used only after it is durable.

use super::db::{Db, values};
use super::history::Happened;
use super::months;
use crate::domain::{Fault, Month, Particulars, PersonId, Private, Timestamp};
use crate::pipeline::What;
use crate::vault::{self, DataKey, KeyFile, Pseudonym, PseudonymKey, Secret, SigningKey};
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// The keys by which the keys in the database are wrapped.
#[derive(Clone)]
pub enum Keys {
    /// In a file. It is read anew whenever a key of it is needed, for it may have been changed meanwhile.
    File(PathBuf),
    /// At hand: for the simulation.
    Held(Arc<KeyFile>),
}

/// What a key is for. Its name in the database is also what it is bound to when it is wrapped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Use {
    Content(Month),
    Pseudonyms,
    Signatures,
}

/// The keys of an open store, as far as they have been needed.
pub(super) struct Safe {
    keys: Keys,
    months: RwLock<HashMap<Month, Arc<DataKey>>>,
    pseudonyms: OnceLock<PseudonymKey>,
    signing: OnceLock<Arc<SigningKey>>,
}

impl Use {
    fn name(self) -> String {
        match self {
            Self::Content(month) => format!("content {month}"),
            Self::Pseudonyms => "pseudonyms".into(),
            Self::Signatures => "signatures".into(),
        }
    }
}

impl Keys {
    fn current(&self) -> Result<Arc<KeyFile>, Fault> {
        match self {
            Self::File(path) => KeyFile::load(path).map(Arc::new),
            Self::Held(keys) => Ok(Arc::clone(keys)),
        }
    }
}

impl Safe {
    /// Takes nothing out yet.
    pub(super) fn new(keys: Keys) -> Self {
        Self { keys, months: RwLock::default(), pseudonyms: OnceLock::new(), signing: OnceLock::new() }
    }

    /// Makes the keys that there must be, and tries every key that there is: who has the wrong key file hears of it at the start. A
    /// store without any key makes its key file too.
    pub(super) fn prepare(&self, db: &Db<'_>, now: Timestamp) -> Result<(), Fault> {
        let names = names(db)?;
        if let (Keys::File(path), true) = (&self.keys, names.is_empty())
            && !path.exists()
        {
            KeyFile::create(path)?;
        }
        let keys = self.keys.current()?;
        try_all(db, &keys, &names)?;
        let transaction = db.transaction()?;
        for missing in [Use::Pseudonyms, Use::Signatures].into_iter().filter(|one| !names.contains(&one.name())) {
            make(db, &keys, missing, now)?;
        }
        transaction.commit()
    }

    /// Tries every key that there is, and makes none.
    pub(super) fn opens(&self, db: &Db<'_>) -> Result<(), Fault> {
        try_all(db, &*self.keys.current()?, &names(db)?)
    }

    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The key of a month was destroyed.
    pub(super) fn forget(&self, month: Month) {
        self.months.write().unwrap_or_else(PoisonError::into_inner).remove(&month);
    }

    /// The key for the content of a month, if it was used since the start.
    pub(super) fn at_hand(&self, month: Month) -> Option<Arc<DataKey>> {
        self.months.read().unwrap_or_else(PoisonError::into_inner).get(&month).cloned()
    }

    /// Makes the key and the tables of a month, unless they are there.
    pub(super) fn begin(&self, db: &Db<'_>, month: Month, now: Timestamp) -> Result<(), Fault> {
        if db.exists("SELECT 1 FROM secret WHERE name = ?1", values![Use::Content(month).name()])? {
            return Ok(());
        }
        // Read here, in the transaction: `keys rotate` takes old keys out of the file while it holds the same lock.
        make(db, &*self.keys.current()?, Use::Content(month), now)?;
        months::make(db, month)
    }

    /// The key for the content of a month; `None` when it was destroyed.
    pub(super) fn key(&self, db: &Db<'_>, month: Month) -> Result<Option<Arc<DataKey>>, Fault> {
        if let Some(key) = self.at_hand(month) {
            return Ok(Some(key));
        }
        let Some(secret) = secret(db, &*self.keys.current()?, &Use::Content(month).name())? else { return Ok(None) };
        let key = Arc::new(DataKey::from_secret(&secret));
        self.months.write().unwrap_or_else(PoisonError::into_inner).insert(month, Arc::clone(&key));
        Ok(Some(key))
    }

    /// Opens what was sealed in a month for a place; `None` when the key of that month was destroyed.
    pub(super) fn open(
        &self,
        db: &Db<'_>,
        month: Month,
        place: &str,
        sealed: &[u8],
    ) -> Result<Option<Private<Vec<u8>>>, Fault> {
        let Some(key) = self.key(db, month)? else { return Ok(None) };
        vault::open(&key, place, sealed).map(Some).map_err(Fault::lasting)
    }

    /// The key that signs for the history.
    pub(super) fn signing(&self, db: &Db<'_>) -> Result<Arc<SigningKey>, Fault> {
        if let Some(key) = self.signing.get() {
            return Ok(Arc::clone(key));
        }
        let gone = || Fault::lasting("the store has no key to sign with; a gateway that starts on it makes one");
        let secret = secret(db, &*self.keys.current()?, &Use::Signatures.name())?.ok_or_else(gone)?;
        Ok(Arc::clone(self.signing.get_or_init(|| Arc::new(SigningKey::from_secret(&secret)))))
    }

    /// Since when there is a key that signs; it stays as long as the store does.
    pub(super) fn signs_since(db: &Db<'_>) -> Result<Option<Timestamp>, Fault> {
        let sql = "SELECT made_at FROM secret WHERE name = ?1";
        db.one(sql, values![Use::Signatures.name()], |row| row.get(0).map(Timestamp::from_millis))
    }

    /// The pseudonyms of some people, each once; `None` where the key has not been needed yet.
    pub(super) fn pseudonyms_at_hand(&self, people: &[PersonId]) -> Option<Vec<Pseudonym>> {
        let key = self.pseudonyms.get()?;
        let all: BTreeSet<_> = people.iter().filter_map(|one| key.pseudonym(one.system(), one.number())).collect();
        Some(all.into_iter().collect())
    }

    /// The pseudonym of a person; `None` where the number is empty.
    pub(super) fn pseudonym(&self, db: &Db<'_>, person: &PersonId) -> Result<Option<Pseudonym>, Fault> {
        if let Some(key) = self.pseudonyms.get() {
            return Ok(key.pseudonym(person.system(), person.number()));
        }
        let gone = || Fault::lasting("the store has no key for pseudonyms; a gateway that starts on it makes one");
        let secret = secret(db, &*self.keys.current()?, &Use::Pseudonyms.name())?.ok_or_else(gone)?;
        let key = self.pseudonyms.get_or_init(|| PseudonymKey::from_secret(&secret));
        Ok(key.pseudonym(person.system(), person.number()))
    }
}

/// What keys there are for.
fn names(db: &Db<'_>) -> Result<Vec<String>, Fault> {
    db.all("SELECT name FROM secret ORDER BY name", &[], |row| row.get(0))
}

fn try_all(db: &Db<'_>, keys: &KeyFile, names: &[String]) -> Result<(), Fault> {
    names.iter().try_for_each(|name| secret(db, keys, name).map(|_| ()))
}

/// Makes a key. It may be used when this is committed.
fn make(db: &Db<'_>, keys: &KeyFile, for_what: Use, now: Timestamp) -> Result<(), Fault> {
    let name = for_what.name();
    let wrapped = keys.wrap(&Secret::generate(), &name);
    let sql = "INSERT INTO secret (name, wrapped, made_at) VALUES (?1, ?2, ?3)";
    db.execute(sql, values![&name, &wrapped[..], now.as_millis()])?;
    let why = format!("a key for {name} was made, wrapped by {}", keys.in_use());
    let facts = match for_what {
        Use::Content(month) => Particulars::default().with("key", "content").with("month", month),
        Use::Pseudonyms => Particulars::default().with("key", "pseudonyms"),
        Use::Signatures => Particulars::default().with("key", "signatures"),
    };
    Happened::in_the_log(now, What::Keyed, &why).saying(facts).add(db).map(|_| ())
}

/// A key; `None` when it was destroyed, or never made.
fn secret(db: &Db<'_>, keys: &KeyFile, name: &str) -> Result<Option<Secret>, Fault> {
    let sql = "SELECT wrapped FROM secret WHERE name = ?1";
    let wrapped: Option<Vec<u8>> = db.one(sql, values![name], |row| row.get(0))?.flatten();
    let unwrapped = wrapped.map(|wrapped| keys.unwrap(&wrapped, name)).transpose();
    unwrapped.map_err(|why| Fault::lasting(format!("the key for {name} cannot be used: {why}")))
}
