//! The embedded home: SQLite in a file of the data folder.

use super::row::Row;
use super::value::Value;
use crate::domain::Fault;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};
use std::path::Path;

/// Pages of the database, in bytes. Every commit writes whole pages, mostly of indexes, so small pages write less.
const PAGE_BYTES: u32 = 4096;
/// Pages in the write-ahead log before the writer itself folds it: 256 MiB. The checkpoint thread sees to it long before.
const CHECKPOINT_PAGES: u32 = 65536;
/// Page cache of the writer, in KiB.
const WRITER_CACHE_KIB: u32 = 8192;
/// Page cache of a reader, in KiB.
const READER_CACHE_KIB: u32 = 1024;

/// Shorthand for results of the database.
pub(super) trait OrFault<T> {
    /// The value, or the trouble as a fault.
    fn or_fault(self) -> Result<T, Fault>;
}

impl<T> OrFault<T> for rusqlite::Result<T> {
    fn or_fault(self) -> Result<T, Fault> {
        self.map_err(|error| fault(&error))
    }
}

/// Any trouble of the database, sorted by what can be done about it. Its texts hold SQL and paths, never values.
fn fault(error: &rusqlite::Error) -> Fault {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
            Fault::storage_full(error)
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::OutOfMemory) => Fault::passing(error),
        _ => Fault::lasting(error),
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Int(Some(number)) => ValueRef::Integer(*number),
            Self::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(Some(bytes)) => ValueRef::Blob(bytes),
            Self::Int(None) | Self::Text(None) | Self::Bytes(None) => ValueRef::Null,
        }))
    }
}

/// Opens the database to write to it, and creates it where there is none.
pub(super) fn open_writer(path: &Path, max_bytes: Option<u64>) -> Result<Connection, Fault> {
    let connection = Connection::open(path).or_fault()?;
    prepare_writer(&connection, max_bytes)?;
    Ok(connection)
}

/// Opens a database that is there, beside whoever else has it open.
pub(super) fn open_beside(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let shown = path.display();
    let connection = Connection::open_with_flags(path, flags)
        .map_err(|error| Fault::lasting(format!("cannot open the store {shown}: {error}")))?;
    prepare_writer(&connection, None)?;
    Ok(connection)
}

/// Opens the database to read from it.
pub(super) fn open_reader(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(path, flags).or_fault()?;
    batch(&reader, &format!("PRAGMA busy_timeout = 5000; PRAGMA cache_size = -{READER_CACHE_KIB}"))?;
    plan_once(&reader)?;
    reader.set_prepared_statement_cache_capacity(64);
    Ok(reader)
}

/// `synchronous = FULL` is what makes a commit in write-ahead mode survive a power cut; it must be set on every connection.
/// `temp_store = MEMORY`: what a savepoint would put back is kept in memory; it is needed for one job only, and in a file it is most of
/// all that is written.
fn prepare_writer(connection: &Connection, max_bytes: Option<u64>) -> Result<(), Fault> {
    let pages =
        max_bytes.map_or_else(String::new, |bytes| format!("PRAGMA max_page_count = {};", bytes / u64::from(PAGE_BYTES)));
    let settings = format!(
        "PRAGMA page_size = {PAGE_BYTES};
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA busy_timeout = 5000;
         PRAGMA temp_store = MEMORY;
         PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES};
         PRAGMA journal_size_limit = {};
         PRAGMA cache_size = -{WRITER_CACHE_KIB};
         {pages}",
        CHECKPOINT_PAGES * PAGE_BYTES
    );
    batch(connection, &settings)?;
    plan_once(connection)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Without this, SQLite parses and plans a statement anew whenever a parameter changes that might decide whether a partial index
/// serves, which is at nearly every call.
fn plan_once(connection: &Connection) -> Result<(), Fault> {
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).or_fault().map(|_| ())
}

/// Runs one statement. Answers how many rows it changed.
pub(super) fn execute(connection: &Connection, sql: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
    let changed = connection.prepare_cached(sql).and_then(|mut statement| statement.execute(params_from_iter(values)));
    changed.or_fault().map(|rows| rows as u64)
}

/// Runs an INSERT of one row. Answers its id; `None` where nothing was added.
pub(super) fn insert(connection: &Connection, sql: &str, values: &[Value<'_>]) -> Result<Option<i64>, Fault> {
    Ok((execute(connection, sql, values)? > 0).then(|| connection.last_insert_rowid()))
}

/// The first thing that `row` makes of a row; rows behind it are not read.
pub(super) fn find<T>(
    connection: &Connection,
    sql: &str,
    values: &[Value<'_>],
    mut row: impl FnMut(&Row<'_>) -> Result<Option<T>, Fault>,
) -> Result<Option<T>, Fault> {
    let mut statement = connection.prepare_cached(sql).or_fault()?;
    let mut rows = statement.query(params_from_iter(values)).or_fault()?;
    while let Some(next) = rows.next().or_fault()? {
        if let Some(found) = row(&Row::of(next))? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Runs statements without values, one after the other.
pub(super) fn batch(connection: &Connection, sql: &str) -> Result<(), Fault> {
    connection.execute_batch(sql).or_fault()
}
