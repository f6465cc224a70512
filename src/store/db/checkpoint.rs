//! Folds the write-ahead log into the database, on a thread of its own, so that no sender waits for it.
//!
//! The bulk is copied beside the writer, which goes on meanwhile; only the little that was added in that time is folded under the
//! writer's lock, after which the log begins anew. Nothing depends on it for correctness: what is in the log is durable.

use super::sqlite::OrFault;
use crate::domain::Fault;
use rusqlite::Connection;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;
use tracing::warn;

/// How often the log is folded.
const FOLD: Duration = Duration::from_secs(1);
/// The log begins anew when it has this many pages: 32 MiB. Its file keeps its size, so that a sync need not write that too.
const BEGIN_ANEW_PAGES: i64 = 8192;

/// Ends the thread when it is dropped.
pub struct Checkpointer(#[expect(dead_code, reason = "its end is the sign to stop")] SyncSender<()>);

impl Checkpointer {
    /// Starts the thread.
    pub fn start(path: &Path) -> Result<Self, Fault> {
        let connection = Connection::open(path).or_fault()?;
        connection
            .execute_batch("PRAGMA busy_timeout = 1000; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")
            .or_fault()?;
        let (alive, stopped) = sync_channel(0);
        let run = move || fold_until_stopped(&connection, &stopped);
        std::thread::Builder::new().name("store-checkpoint".into()).spawn(run).map_err(Fault::lasting)?;
        Ok(Self(alive))
    }
}

fn fold_until_stopped(connection: &Connection, stopped: &Receiver<()>) {
    while stopped.recv_timeout(FOLD) == Err(RecvTimeoutError::Timeout) {
        let folded = checkpoint(connection, "PASSIVE").and_then(|pages| match pages >= BEGIN_ANEW_PAGES {
            true => checkpoint(connection, "RESTART"),
            false => Ok(pages),
        });
        if let Err(fault) = folded {
            warn!(fault = fault.inner(), "the write-ahead log could not be folded; it will be tried again");
        }
    }
}

/// The pages in the log.
fn checkpoint(connection: &Connection, mode: &str) -> Result<i64, Fault> {
    connection.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| row.get(1)).or_fault()
}
