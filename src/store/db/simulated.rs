//! A disk that outlives the process that is simulated.

use super::connection::{Connection, Db};
use super::postgres::Role;
use super::server::Server;
use super::session::apart;
use crate::domain::Fault;
use std::sync::{Arc, Mutex, PoisonError};

/// A disk of a simulation.
#[derive(Clone)]
pub enum SimulatedDisk {
    /// A database in memory.
    Memory(Arc<Mutex<rusqlite::Connection>>),
    /// A database on a server, and the process's connection to it.
    Server(Arc<Mutex<Connection>>),
}

impl From<Arc<Mutex<rusqlite::Connection>>> for SimulatedDisk {
    fn from(memory: Arc<Mutex<rusqlite::Connection>>) -> Self {
        Self::Memory(memory)
    }
}

impl SimulatedDisk {
    /// A new process on a server.
    pub fn on(server: &Arc<Server>) -> Result<Self, Fault> {
        let connection = Connection::to_server(server, Role::Beside)?;
        Ok(Self::Server(Arc::new(Mutex::new(connection))))
    }

    /// Lends it.
    pub fn lend<T: Send>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, Fault> + Send) -> Result<T, Fault> {
        match self {
            Self::Memory(memory) => work(&Db::of_simulated(&memory.lock().unwrap_or_else(PoisonError::into_inner))),
            Self::Server(connection) => apart(|| {
                let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                connection.wake()?;
                work(&connection.db())
            }),
        }
    }
}
