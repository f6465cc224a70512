//! The disk of a simulation: a database in memory, or one on a server where the tests are to have theirs.

#[expect(dead_code, reason = "its server is killed in another test")]
#[path = "postgres.rs"]
pub mod postgres;

use bindeledd::store::{Home, SimulatedDisk};
use std::sync::{Arc, LockResult, Mutex, MutexGuard};

/// What outlives a process that is simulated.
pub enum Disk {
    Memory(Arc<Mutex<rusqlite::Connection>>),
    /// The name of the database.
    Server(String),
}

impl Disk {
    pub fn new() -> Self {
        match postgres::is_wanted() {
            false => Self::Memory(Arc::new(Mutex::new(rusqlite::Connection::open_in_memory().expect("memory")))),
            true => Self::Server(postgres::shared().fresh_database()),
        }
    }

    /// As a new process finds it.
    pub fn of_new_process(&self) -> SimulatedDisk {
        match self {
            Self::Memory(memory) => Arc::clone(memory).into(),
            Self::Server(database) => match postgres::shared().home(database) {
                Home::Postgres(server) => SimulatedDisk::on(&server).expect("connects"),
                Home::Embedded => unreachable!("a server is elsewhere"),
            },
        }
    }

    /// The texts that a question answers, without asking the gateway.
    pub fn texts(&self, sql: &str) -> Vec<String> {
        match self {
            Self::Memory(_) => {
                let memory = self.lock().expect("lock");
                let mut select = memory.prepare(sql).expect("SQL");
                select.query_map([], |row| row.get(0)).and_then(Iterator::collect).expect("reads")
            }
            Self::Server(database) => {
                let rows = postgres::shared().connect(database).query(sql, &[]).expect("reads");
                rows.iter().map(|row| row.get(0)).collect()
            }
        }
    }

    /// Some bytes as they are written in a question.
    pub fn literal(&self, bytes: &[u8]) -> String {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        match self {
            Self::Memory(_) => format!("x'{digits}'"),
            Self::Server(_) => format!("'\\x{digits}'::bytea"),
        }
    }

    /// The database in memory, for a test that always has it there.
    pub fn lock(&self) -> LockResult<MutexGuard<'_, rusqlite::Connection>> {
        match self {
            Self::Memory(memory) => memory.lock(),
            Self::Server(_) => panic!("this test reads a database in memory only: run it without BINDELEDD_TEST_STORE"),
        }
    }
}
