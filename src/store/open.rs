//! Opens the store: one writer, a few readers, and a lock that keeps a second gateway out.

use super::clear_content;
use super::content::Sealer;
use super::db::{Checkpointer, Connection, Db, SimulatedDisk};
use super::migrate::{MIGRATIONS, migrate};
use super::safe::{Keys, Safe};
use super::writer::{CrashPlan, Writer};
use crate::domain::{Fault, Month, Timestamp};
use crate::vault::KeyFile;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, PoisonError};

/// How to open a store.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// The folder that holds it; made if it is not there.
    pub folder: PathBuf,
    /// Refuse to write more than this many bytes of database; `None` for as much as the disk takes.
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
    readers: Arc<Readers>,
}

struct Readers {
    idle: Mutex<Vec<Connection>>,
    path: Option<PathBuf>,
    /// The simulation reads through its only connection.
    shared: Option<SimulatedDisk>,
    _checkpointer: Option<Checkpointer>,
    _lock: Option<File>,
}

/// Connections that are kept open for reading.
const IDLE_READERS: usize = 4;

impl Store {
    /// Opens or creates the store, brings its schema up to date and locks it against a second gateway.
    pub fn open(options: &StoreOptions, now: Timestamp) -> Result<Self, Fault> {
        let shown = options.folder.display();
        std::fs::create_dir_all(&options.folder)
            .map_err(|e| Fault::lasting(format!("cannot make the data folder {shown}: {e}")))?;
        let lock = lock(&options.folder.join("bindeledd.lock"))?;
        let path = options.folder.join("bindeledd.db");
        let connection = Connection::writer(&path, options.max_bytes)?;
        let safe = Safe::new(Keys::File(options.keys.clone()));
        migrate(&connection.db(), MIGRATIONS, now)?;
        safe.prepare(&connection.db(), now)?;
        clear_content::seal_all(&connection.db(), &safe, now)?;
        let checkpointer = Some(Checkpointer::start(&path)?);
        let readers = Readers {
            idle: Mutex::default(),
            path: Some(path),
            shared: None,
            _checkpointer: checkpointer,
            _lock: Some(lock),
        };
        Ok(Self::of(Writer::start(connection)?, safe, readers))
    }

    fn of(writer: Writer, safe: Safe, readers: Readers) -> Self {
        Self { writer, safe: Arc::new(safe), under: Arc::default(), readers: Arc::new(readers) }
    }

    /// True when there is a store in a folder.
    pub fn is_in(folder: &Path) -> bool {
        folder.join("bindeledd.db").is_file()
    }

    /// Opens the store of a running or stopped gateway to look at it; writing through this handle goes in beside the gateway's
    /// own writer, one short transaction at a time.
    pub fn open_beside(folder: &Path, keys: &Path) -> Result<Self, Fault> {
        let path = folder.join("bindeledd.db");
        let connection = Connection::beside(&path)?;
        let readers = Readers { idle: Mutex::default(), path: Some(path), shared: None, _checkpointer: None, _lock: None };
        Ok(Self::of(Writer::start(connection)?, Safe::new(Keys::File(keys.to_path_buf())), readers))
    }

    /// A store on a connection of the simulation's own, which dies where the plan says.
    pub fn simulated(
        disk: SimulatedDisk,
        keys: Arc<KeyFile>,
        crash: Arc<dyn CrashPlan>,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let safe = Safe::new(Keys::Held(keys));
        {
            let connection = disk.lock().unwrap_or_else(PoisonError::into_inner);
            migrate(&Db::of_simulated(&connection), MIGRATIONS, now)?;
            safe.prepare(&Db::of_simulated(&connection), now)?;
        }
        let readers = Readers {
            idle: Mutex::default(),
            path: None,
            shared: Some(Arc::clone(&disk)),
            _checkpointer: None,
            _lock: None,
        };
        Ok(Self::of(Writer::Inline { disk, crash }, safe, readers))
    }

    /// Runs a query on a reader, where the caller is: the embedded database answers at once.
    pub(super) async fn read<T, F>(&self, query: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Db<'_>) -> Result<T, Fault> + Send + 'static,
    {
        if let Some(shared) = &self.readers.shared {
            return query(&Db::of_simulated(&shared.lock().unwrap_or_else(PoisonError::into_inner)));
        }
        let reader = match self.readers.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            Some(reader) => reader,
            None => self.readers.open()?,
        };
        let result = query(&reader.db());
        let mut idle = self.readers.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS {
            idle.push(reader);
        }
        result
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

    /// What the database takes on disk, in bytes: the file and its write-ahead log.
    pub fn disk_bytes(&self) -> u64 {
        let Some(path) = &self.readers.path else { return 0 };
        let length = |path: &Path| std::fs::metadata(path).map_or(0, |metadata| metadata.len());
        length(path) + length(&path.with_extension("db-wal"))
    }

    /// Writes nothing, durably: proves that the store can be written.
    pub async fn prove_writable(&self) -> Result<(), Fault> {
        let touch = "UPDATE migration SET applied_at = applied_at WHERE number = 1";
        self.writer.write(move |db| db.execute(touch, &[]).map(|_| ())).await
    }
}

impl Readers {
    fn open(&self) -> Result<Connection, Fault> {
        let path = self.path.as_ref().ok_or_else(|| Fault::lasting("a store without a path"))?;
        Connection::reader(path)
    }
}

/// The lock is the operating system's, so it is gone with the process, however that ends.
fn lock(path: &Path) -> Result<File, Fault> {
    let shown = path.display();
    let file = File::options().create(true).truncate(false).write(true).open(path);
    let file = file.map_err(|error| Fault::lasting(format!("cannot open {shown}: {error}")))?;
    file.try_lock()
        .map_err(|error| Fault::lasting(format!("another gateway is using this data folder ({shown}): {error}")))?;
    Ok(file)
}
