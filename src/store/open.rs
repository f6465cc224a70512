//! Opens the store: one writer, a few readers, and a lock that keeps a second gateway out.

use super::checkpoint::{self, Checkpointer};
use super::columns::OrFault;
use super::migrate::{MIGRATIONS, migrate};
use super::writer::{CrashPlan, Writer};
use crate::domain::{Fault, Timestamp};
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How to open a store.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// The folder that holds it; made if it is not there.
    pub folder: PathBuf,
    /// Refuse to write more than this many bytes of database; `None` for as much as the disk takes.
    pub max_bytes: Option<u64>,
}

/// The store. A handle; clones share it.
#[derive(Clone)]
pub struct Store {
    pub(super) writer: Writer,
    readers: Arc<Readers>,
}

struct Readers {
    idle: Mutex<Vec<Connection>>,
    path: Option<PathBuf>,
    /// The simulation reads through its only connection.
    shared: Option<Arc<Mutex<Connection>>>,
    _checkpointer: Option<Checkpointer>,
    _lock: Option<File>,
}

/// Connections that are kept open for reading.
const IDLE_READERS: usize = 4;
/// Pages of the database, in bytes. Every commit writes whole pages, mostly of indexes, so small pages write less.
const PAGE_BYTES: u32 = 4096;
/// Pages in the write-ahead log before the writer itself folds it: 256 MiB. The checkpoint thread sees to it long before.
const CHECKPOINT_PAGES: u32 = 65536;
/// Page cache of the writer, in KiB.
const WRITER_CACHE_KIB: u32 = 8192;
/// Page cache of a reader, in KiB.
const READER_CACHE_KIB: u32 = 1024;

impl Store {
    /// Opens or creates the store, brings its schema up to date and locks it against a second gateway.
    pub fn open(options: &StoreOptions, now: Timestamp) -> Result<Self, Fault> {
        let shown = options.folder.display();
        std::fs::create_dir_all(&options.folder)
            .map_err(|e| Fault::lasting(format!("cannot make the data folder {shown}: {e}")))?;
        let lock = lock(&options.folder.join("bindeledd.lock"))?;
        let path = options.folder.join("bindeledd.db");
        let mut connection = Connection::open(&path).or_fault()?;
        prepare_writer(&connection, options.max_bytes)?;
        migrate(&mut connection, MIGRATIONS, now)?;
        let checkpointer = Some(checkpoint::start(&path)?);
        let readers = Readers {
            idle: Mutex::default(),
            path: Some(path),
            shared: None,
            _checkpointer: checkpointer,
            _lock: Some(lock),
        };
        Ok(Self { writer: Writer::start(connection)?, readers: Arc::new(readers) })
    }

    /// True when there is a store in a folder.
    pub fn is_in(folder: &Path) -> bool {
        folder.join("bindeledd.db").is_file()
    }

    /// Opens the store of a running or stopped gateway to look at it; writing through this handle goes in beside the gateway's
    /// own writer, one short transaction at a time.
    pub fn open_beside(folder: &Path) -> Result<Self, Fault> {
        let path = folder.join("bindeledd.db");
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let shown = path.display();
        let open = || Connection::open_with_flags(&path, flags);
        let connection = open().map_err(|error| Fault::lasting(format!("cannot open the store {shown}: {error}")))?;
        prepare_writer(&connection, None)?;
        let readers =
            Readers { idle: Mutex::default(), path: Some(path.clone()), shared: None, _checkpointer: None, _lock: None };
        Ok(Self { writer: Writer::start(connection)?, readers: Arc::new(readers) })
    }

    /// A store on a connection of the simulation's own, which dies where the plan says.
    pub fn simulated(connection: Arc<Mutex<Connection>>, crash: Arc<dyn CrashPlan>, now: Timestamp) -> Result<Self, Fault> {
        migrate(&mut connection.lock().unwrap_or_else(PoisonError::into_inner), MIGRATIONS, now)?;
        let readers = Readers {
            idle: Mutex::default(),
            path: None,
            shared: Some(Arc::clone(&connection)),
            _checkpointer: None,
            _lock: None,
        };
        Ok(Self { writer: Writer::Inline { connection, crash }, readers: Arc::new(readers) })
    }

    /// Runs a query on a reader. Short ones only; long ones belong on a thread for blocking work.
    pub(super) fn read<T>(&self, query: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        if let Some(shared) = &self.readers.shared {
            return query(&shared.lock().unwrap_or_else(PoisonError::into_inner));
        }
        let reader = match self.readers.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            Some(reader) => reader,
            None => self.readers.open()?,
        };
        let result = query(&reader);
        let mut idle = self.readers.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS {
            idle.push(reader);
        }
        result
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
        self.writer.write(move |c| c.execute(touch, []).or_fault().map(|_| ())).await
    }
}

impl Readers {
    fn open(&self) -> Result<Connection, Fault> {
        let path = self.path.as_ref().ok_or_else(|| Fault::lasting("a store without a path"))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(path, flags).or_fault()?;
        reader.execute_batch(&format!("PRAGMA busy_timeout = 5000; PRAGMA cache_size = -{READER_CACHE_KIB}")).or_fault()?;
        plan_once(&reader)?;
        reader.set_prepared_statement_cache_capacity(64);
        Ok(reader)
    }
}

/// `synchronous = FULL` is what makes a commit in write-ahead mode survive a power cut; it must be set on every connection.
fn prepare_writer(connection: &Connection, max_bytes: Option<u64>) -> Result<(), Fault> {
    let pages =
        max_bytes.map_or_else(String::new, |bytes| format!("PRAGMA max_page_count = {};", bytes / u64::from(PAGE_BYTES)));
    connection
        .execute_batch(&format!(
            "PRAGMA page_size = {PAGE_BYTES};
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA busy_timeout = 5000;
             PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES};
             PRAGMA journal_size_limit = {};
             PRAGMA cache_size = -{WRITER_CACHE_KIB};
             {pages}",
            CHECKPOINT_PAGES * PAGE_BYTES
        ))
        .or_fault()?;
    plan_once(connection)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Without this, SQLite parses and plans a statement anew whenever a parameter changes that might decide whether a partial index
/// serves, which is at nearly every call.
fn plan_once(connection: &Connection) -> Result<(), Fault> {
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).or_fault().map(|_| ())
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
