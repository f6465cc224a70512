//! The two homes that a store can have, and connections to the one that it has.

use super::checkpoint::Checkpointer;
use super::connection::{Connection, Db};
use super::postgres::Role;
use super::server::Server;
use super::session::apart;
use crate::domain::Fault;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Connections that are kept open for reading.
const IDLE_READERS: usize = 4;
/// Connections to a server that read at a time. Whoever comes then waits; a server has a hundred of them for everybody.
const SERVER_READERS: usize = 8;

/// Which database holds the store.
#[derive(Clone, Default, Debug)]
pub enum Home {
    /// SQLite, in a file of the data folder.
    #[default]
    Embedded,
    /// PostgreSQL.
    Postgres(Arc<Server>),
}

/// Where a store is, exactly.
#[derive(Clone)]
pub enum Place {
    /// In this file.
    File(PathBuf),
    /// In this database.
    Server(Arc<Server>),
}

impl Place {
    /// The place of a store in a data folder.
    pub fn of(folder: &Path, home: &Home) -> Self {
        match home {
            Home::Embedded => Self::File(folder.join("bindeledd.db")),
            Home::Postgres(server) => Self::Server(Arc::clone(server)),
        }
    }

    /// A connection to write for the gateway, made ready by `prepare`. A file may not grow beyond `max_bytes`.
    pub fn writer(
        &self,
        max_bytes: Option<u64>,
        prepare: impl FnOnce(&Db<'_>) -> Result<(), Fault> + Send,
    ) -> Result<Connection, Fault> {
        let open = || {
            let connection = match self {
                Self::File(path) => Connection::writer(path, max_bytes)?,
                Self::Server(server) => Connection::to_server(server, Role::Gateway)?,
            };
            prepare(&connection.db()).map(|()| connection)
        };
        if let Self::File(_) = self { open() } else { apart(open) }
    }

    /// A connection to write beside the gateway, where `check` has nothing against it; `None` where there is no store yet.
    pub fn beside(&self, check: impl FnOnce(&Db<'_>) -> Result<(), Fault> + Send) -> Result<Option<Connection>, Fault> {
        let checked = |connection: Connection| check(&connection.db()).map(|()| Some(connection));
        match self {
            Self::File(path) if !path.is_file() => Ok(None),
            Self::File(path) => Connection::beside(path).and_then(checked),
            Self::Server(server) => apart(|| {
                let connection = Connection::to_server(server, Role::Beside)?;
                if connection.db().has_table("migration")? { checked(connection) } else { Ok(None) }
            }),
        }
    }

    /// A connection to read.
    pub fn reader(&self) -> Result<Connection, Fault> {
        match self {
            Self::File(path) => Connection::reader(path),
            Self::Server(server) => Connection::to_server(server, Role::Reader),
        }
    }

    /// What folds the write-ahead log of a file.
    fn checkpointer(&self) -> Result<Option<Checkpointer>, Fault> {
        match self {
            Self::File(path) => Checkpointer::start(path).map(Some),
            Self::Server(_) => Ok(None),
        }
    }
}

/// Connections that read.
pub struct Pool {
    place: Place,
    idle: Mutex<Vec<Connection>>,
    /// How many more may be open.
    free: Semaphore,
    _checkpointer: Option<Checkpointer>,
}

impl Pool {
    /// Readers of a place, for who only looks.
    pub fn of(place: Place) -> Self {
        Self { place, idle: Mutex::default(), free: Semaphore::new(SERVER_READERS), _checkpointer: None }
    }

    /// Readers of the gateway itself, which also has the file kept small.
    pub fn of_gateway(place: Place) -> Result<Self, Fault> {
        let checkpointer = place.checkpointer()?;
        Ok(Self { _checkpointer: checkpointer, ..Self::of(place) })
    }

    /// Runs a query: where the caller is, if the database is embedded and answers at once; else on a thread that may wait.
    pub async fn read<T, F>(self: &Arc<Self>, query: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Db<'_>) -> Result<T, Fault> + Send + 'static,
    {
        if let Place::File(_) = self.place {
            return self.read_here(query);
        }
        let _place_taken = self.free.acquire().await.map_err(Fault::lasting)?;
        let pool = Arc::clone(self);
        let read = tokio::task::spawn_blocking(move || pool.read_here(query));
        read.await.map_err(|_| Fault::lasting("a question to the store broke down; this is a defect of the gateway"))?
    }

    fn read_here<T>(&self, query: impl FnOnce(&Db<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        let reader = match self.idle_reader() {
            Some(reader) => reader,
            None => self.place.reader().map_err(|fault| self.of_a_store_that_was_there(fault))?,
        };
        let result = query(&reader.db());
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS && reader.lives() {
            idle.push(reader);
        }
        result
    }

    /// The latest that is still connected; those that are not are dropped, outside of the lock.
    fn idle_reader(&self) -> Option<Connection> {
        let next = || self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        std::iter::from_fn(next).find(Connection::lives)
    }

    fn of_a_store_that_was_there(&self, fault: Fault) -> Fault {
        if let Place::Server(_) = self.place { fault.that_may_pass() } else { fault }
    }

    /// What the store takes on disk, in bytes: a file and its write-ahead log, or all of the database.
    pub async fn disk_bytes(self: &Arc<Self>) -> Result<u64, Fault> {
        if let Place::File(path) = &self.place {
            let length = |path: &Path| std::fs::metadata(path).map_or(0, |metadata| metadata.len());
            return Ok(length(path) + length(&path.with_extension("db-wal")));
        }
        let bytes = self.read(|db| db.server_bytes()).await?;
        Ok(bytes.map_or(0, i64::unsigned_abs))
    }
}
