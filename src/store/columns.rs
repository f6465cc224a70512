//! Between our types and the columns of the database; nothing else knows both.

use super::db::Row;
use crate::domain::{Address, Fault, HerId, Level, PartnerName, Role, Timestamp};

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

/// The words by which `message_open` and `message_ended_badly` know their states. SQLite uses an index over some states only where the
/// statement repeats its words.
pub(super) const OPEN: &str = "state IN ('received', 'held')";
/// See [`OPEN`].
pub(super) const ENDED_BADLY: &str = "state IN ('refused', 'duplicate')";

/// Reads an address from three neighbouring columns: organisation, party, level.
pub(super) fn address(row: &Row<'_>, first: usize) -> Result<Address, Fault> {
    let her_id = |column| row.get::<Option<i64>>(column).map(|n| n.and_then(|n| u32::try_from(n).ok()).and_then(HerId::new));
    let level: Option<String> = row.get(first + 2)?;
    Ok(Address {
        organisation: her_id(first)?,
        party: her_id(first + 1)?,
        level: level.map_or(Level::Organisation, |word| level_of(&word)),
    })
}

pub(super) fn role(row: &Row<'_>, column: usize) -> Result<Role, Fault> {
    let word: String = row.get(column)?;
    Ok(if word == Role::Copy.as_str() { Role::Copy } else { Role::Primary })
}

pub(super) fn time(row: &Row<'_>, column: usize) -> Result<Timestamp, Fault> {
    row.get(column).map(Timestamp::from_millis)
}

pub(super) fn maybe_time(row: &Row<'_>, column: usize) -> Result<Option<Timestamp>, Fault> {
    Ok(row.get::<Option<i64>>(column)?.map(Timestamp::from_millis))
}

/// A value that the store's own CHECKs make sure of, read back.
pub(super) fn known<T>(value: Option<T>, column: usize) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::lasting(format!("column {column} of an answer holds a word that this release does not know")))
}

pub(super) fn partner(row: &Row<'_>, column: usize) -> Result<PartnerName, Fault> {
    let name: String = row.get(column)?;
    known(PartnerName::parse(&name), column)
}
