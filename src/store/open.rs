//! Opens the store: one writer, a few readers, and a lock that keeps a second gateway out.

use super::clear_content;
use super::content::Sealer;
use super::db::{Db, Home, Place, Pool, SimulatedDisk};
use super::marks;
use super::migrate::{MIGRATIONS, migrate};
use super::safe::{Keys, Safe};
use super::writer::{CrashPlan, Writer};
use crate::domain::{Fault, Month, Timestamp};
use crate::vault::KeyFile;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

/// How to open a store.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// The data folder; made if it is not there.
    pub folder: PathBuf,
    /// The database: in that folder, or elsewhere.
    pub home: Home,
    /// Refuse to write more than this many bytes of a database in the folder; `None` for as much as the disk takes.
    pub max_bytes: Option<u64>,
    /// The file with the keys; made with the store if neither is there. Not in `folder`, or a copy of that holds both.
    pub keys: PathBuf,
}

/// The store. A handle; clones share it.
#[derive(Clone)]
pub struct Store {
    pub(super) writer: Writer,
    pub(super) safe: Arc<Safe>,
    /// The number of the line that says under which configuration and rules this process works; 0 until there is one.
    pub(super) under: Arc<AtomicI64>,
    readers: Readers,
    _lock: Option<Arc<File>>,
}

#[derive(Clone)]
enum Readers {
    Pool(Arc<Pool>),
    /// The simulation reads through its only connection.
    Shared(SimulatedDisk),
}

impl Store {
    /// Opens or creates the store, brings its schema up to date and locks it against a second gateway.
    pub fn open(options: &StoreOptions, now: Timestamp) -> Result<Self, Fault> {
        let shown = options.folder.display();
        std::fs::create_dir_all(&options.folder)
            .map_err(|e| Fault::lasting(format!("cannot make the data folder {shown}: {e}")))?;
        let lock = lock(&options.folder.join("bindeledd.lock"))?;
        let place = Place::of(&options.folder, &options.home);
        let safe = Safe::new(Keys::File(options.keys.clone()));
        let connection = place.writer(options.max_bytes, |db| {
            marks::may_be_used(db)?;
            is_not_beside_another(options, db)?;
            migrate(db, MIGRATIONS, now)?;
            safe.prepare(db, now)?;
            clear_content::seal_all(db, &safe, now)
        })?;
        let readers = Readers::Pool(Arc::new(Pool::of_gateway(place)?));
        Ok(Self::of(Writer::start(connection)?, safe, readers, Some(lock)))
    }

    fn of(writer: Writer, safe: Safe, readers: Readers, lock: Option<File>) -> Self {
        Self { writer, safe: Arc::new(safe), under: Arc::default(), readers, _lock: lock.map(Arc::new) }
    }

    /// Opens the store of a running or stopped gateway to look at it; writing through this handle goes in beside the gateway's
    /// own writer, one short transaction at a time. `None` where no gateway has made one yet.
    pub fn open_beside(options: &StoreOptions) -> Result<Option<Self>, Fault> {
        let place = Place::of(&options.folder, &options.home);
        let Some(connection) = place.beside(marks::may_be_used)? else { return Ok(None) };
        let readers = Readers::Pool(Arc::new(Pool::of(place)));
        let safe = Safe::new(Keys::File(options.keys.clone()));
        Ok(Some(Self::of(Writer::start(connection)?, safe, readers, None)))
    }

    /// A store on a connection of the simulation's own, which dies where the plan says.
    pub fn simulated(
        disk: impl Into<SimulatedDisk>,
        keys: Arc<KeyFile>,
        crash: Arc<dyn CrashPlan>,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let (disk, safe) = (disk.into(), Safe::new(Keys::Held(keys)));
        disk.lend(|db| migrate(db, MIGRATIONS, now).and_then(|()| safe.prepare(db, now)))?;
        let readers = Readers::Shared(disk.clone());
        Ok(Self::of(Writer::Inline { disk, crash }, safe, readers, None))
    }

    /// Runs a query on a reader.
    pub(super) async fn read<T, F>(&self, query: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Db<'_>) -> Result<T, Fault> + Send + 'static,
    {
        match &self.readers {
            Readers::Pool(pool) => pool.read(query).await,
            Readers::Shared(disk) => disk.lend(query),
        }
    }

    /// What seals what is written in the month of a moment. Its key is durable before anything is sealed with it.
    pub(super) async fn sealer(&self, at: Timestamp) -> Result<Sealer, Fault> {
        let month = Month::of(at);
        if let Some(key) = self.safe.at_hand(month) {
            return Ok(Sealer { month, key });
        }
        let safe = Arc::clone(&self.safe);
        self.writer.write(move |db| safe.begin(db, month, at)).await?;
        let safe = Arc::clone(&self.safe);
        let gone = || Fault::lasting(format!("the key for the content of {month} was destroyed, and it is that month"));
        let key = self.read(move |db| safe.key(db, month)).await?.ok_or_else(gone)?;
        Ok(Sealer { month, key })
    }

    /// How many commits there have been since the start.
    pub fn commits(&self) -> u64 {
        self.writer.commits_and_writes().0
    }

    /// How many writes shared them.
    pub fn writes(&self) -> u64 {
        self.writer.commits_and_writes().1
    }

    /// What the database takes on disk, in bytes.
    pub async fn disk_bytes(&self) -> Result<u64, Fault> {
        match &self.readers {
            Readers::Pool(pool) => pool.disk_bytes().await,
            Readers::Shared(_) => Ok(0),
        }
    }

    /// Writes nothing, durably: proves that the store can be written.
    pub async fn prove_writable(&self) -> Result<(), Fault> {
        let touch = "UPDATE migration SET applied_at = applied_at WHERE number = 1";
        self.writer.write(move |db| db.execute(touch, &[]).map(|_| ())).await
    }
}

/// Whoever names a server in the configuration before the store has moved there must not begin with an empty one.
fn is_not_beside_another(options: &StoreOptions, db: &Db<'_>) -> Result<(), Fault> {
    let Home::Postgres(server) = &options.home else { return Ok(()) };
    let file = options.folder.join("bindeledd.db");
    if !file.is_file() || db.has_table("migration")? {
        return Ok(());
    }
    Err(Fault::lasting(format!(
        "{server} is empty, and there is a store in {}. Run `bindeledd store move` to move it there; or take that file away",
        file.display()
    )))
}

/// The lock is the operating system's, so it is gone with the process, however that ends.
pub(super) fn lock(path: &Path) -> Result<File, Fault> {
    let shown = path.display();
    let file = File::options().create(true).truncate(false).write(true).open(path);
    let file = file.map_err(|error| Fault::lasting(format!("cannot open {shown}: {error}")))?;
    file.try_lock().map_err(|error| {
        Fault::lasting(format!("another gateway is using this data folder ({shown}), or its store is being moved: {error}"))
    })?;
    Ok(file)
}
