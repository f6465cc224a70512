//! Between our types and the columns of the database; nothing else knows both.

use crate::domain::{Address, Fault, HerId, Level, PartnerName, Role, Timestamp};
use rusqlite::Row;

/// Any trouble of the database, sorted by what can be done about it. Its texts hold SQL and paths, never values.
pub(super) fn fault(error: &rusqlite::Error) -> Fault {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
            Fault::storage_full(error)
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::OutOfMemory) => Fault::passing(error),
        _ => Fault::lasting(error),
    }
}

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

pub(super) fn level_word(level: Level) -> &'static str {
    match level {
        Level::Organisation => "organisation",
        Level::Service => "service",
        Level::Person => "person",
    }
}

fn level_of(word: &str) -> Level {
    match word {
        "service" => Level::Service,
        "person" => Level::Person,
        _ => Level::Organisation,
    }
}

pub(super) fn her_id_column(her_id: Option<HerId>) -> Option<i64> {
    her_id.map(|her_id| i64::from(her_id.number()))
}

/// Reads an address from three neighbouring columns: organisation, party, level.
pub(super) fn address(row: &Row<'_>, first: usize) -> rusqlite::Result<Address> {
    let her_id =
        |column| row.get::<_, Option<i64>>(column).map(|n| n.and_then(|n| u32::try_from(n).ok()).and_then(HerId::new));
    let level: Option<String> = row.get(first + 2)?;
    Ok(Address {
        organisation: her_id(first)?,
        party: her_id(first + 1)?,
        level: level.map_or(Level::Organisation, |word| level_of(&word)),
    })
}

pub(super) fn role(row: &Row<'_>, column: usize) -> rusqlite::Result<Role> {
    let word: String = row.get(column)?;
    Ok(if word == Role::Copy.as_str() { Role::Copy } else { Role::Primary })
}

pub(super) fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    row.get(column).map(Timestamp::from_millis)
}

pub(super) fn maybe_time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(Timestamp::from_millis))
}

/// A value that the store's own CHECKs make sure of, read back.
pub(super) fn known<T>(value: Option<T>, column: usize) -> rusqlite::Result<T> {
    value.ok_or(rusqlite::Error::InvalidColumnType(column, "word".into(), rusqlite::types::Type::Text))
}

pub(super) fn partner(row: &Row<'_>, column: usize) -> rusqlite::Result<PartnerName> {
    let name: String = row.get(column)?;
    known(PartnerName::parse(&name), column)
}
