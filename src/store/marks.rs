//! Marks on a database that no gateway may work on: a store that was moved elsewhere, and one that is not there as a whole yet.
//!
//! The first lies in the table `migration`, as a step of the schema that no release knows, so that releases from before there were moves
//! do not start on it either. The second is a table of its own, the first that a move makes and the last that it drops.

use super::db::{Db, values};
use crate::domain::{Fault, Timestamp};

/// The number of the step that is the mark of a store that was moved.
pub(super) const MOVED: i64 = 1_000_000;
/// The table that is there while a store moves in.
pub(super) const MOVING_IN: &str = "moving_in";

/// What is moving in.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct MovingIn {
    /// Which store: since when it has its key for signatures.
    pub(super) source: String,
    /// How far it had come when the move began; empty where the move has to begin anew.
    pub(super) state: String,
}

/// Says no where nobody may work.
pub(super) fn may_be_used(db: &Db<'_>) -> Result<(), Fault> {
    if let Some((name, at)) = moved(db)? {
        return Err(Fault::lasting(format!(
            "this store was {name} on {at}, and what is here is the past. Let `[store]` in bindeledd.toml name that database"
        )));
    }
    if moving_in(db)?.is_some() {
        return Err(Fault::lasting(
            "a store is moving into this database and has not come as a whole. Run `bindeledd store move` again: it goes on where it was",
        ));
    }
    Ok(())
}

/// To where a store was moved, and when.
pub(super) fn moved(db: &Db<'_>) -> Result<Option<(String, Timestamp)>, Fault> {
    if !db.has_table("migration")? {
        return Ok(None);
    }
    let sql = "SELECT name, applied_at FROM migration WHERE number = ?1";
    db.one(sql, values![MOVED], |row| Ok((row.get(0)?, Timestamp::from_millis(row.get(1)?))))
}

/// Marks a store as moved.
pub(super) fn mark_moved(db: &Db<'_>, to: &str, now: Timestamp) -> Result<(), Fault> {
    let row = values![MOVED, format!("moved to {to}"), now.as_millis(), MOVED];
    db.execute("INSERT INTO migration (number, name, applied_at, readable_from) VALUES (?1, ?2, ?3, ?4)", row).map(|_| ())
}

/// What is moving into a database.
pub(super) fn moving_in(db: &Db<'_>) -> Result<Option<MovingIn>, Fault> {
    if !db.has_table(MOVING_IN)? {
        return Ok(None);
    }
    let row =
        db.one("SELECT source, state FROM moving_in", &[], |row| Ok(MovingIn { source: row.get(0)?, state: row.get(1)? }))?;
    Ok(Some(row.unwrap_or(MovingIn { source: String::new(), state: String::new() })))
}

/// A store begins to move into an empty database.
pub(super) fn begin_moving_in(db: &Db<'_>, what: &MovingIn) -> Result<(), Fault> {
    db.batch("CREATE TABLE moving_in (source text NOT NULL, state text NOT NULL)")?;
    db.execute("INSERT INTO moving_in VALUES (?1, ?2)", values![&what.source, &what.state]).map(|_| ())
}

/// From where on it goes on now; an empty state has the move begin anew.
pub(super) fn set_state(db: &Db<'_>, state: &str) -> Result<(), Fault> {
    db.execute("UPDATE moving_in SET state = ?1", values![state]).map(|_| ())
}

/// It has come as a whole.
pub(super) fn end_moving_in(db: &Db<'_>) -> Result<(), Fault> {
    db.batch("DROP TABLE moving_in")
}
