//! Indexes are set aside while rows come, and made when all are there: one that is kept up row by row costs more with every row that is
//! there already, one that is made at the end is sorted once. What makes them again is durable before they go.

use super::super::db::{Db, values};
use crate::domain::Fault;

/// The table that says what makes those again that were set aside. It is there as long as a store moves in.
pub(super) const ASIDE: &str = "index_aside";

/// Sets them aside, unless an earlier run did. Those of keys stay: rows are found by them on the way.
pub(super) fn set_aside(db: &Db<'_>) -> Result<(), Fault> {
    if db.has_table(ASIDE)? {
        return Ok(());
    }
    let transaction = db.transaction()?;
    db.batch("CREATE TABLE index_aside (name text PRIMARY KEY, made_by text NOT NULL)")?;
    for (name, made_by) in db.indexes()? {
        db.execute("INSERT INTO index_aside VALUES (?1, ?2)", values![&name, made_by])?;
        db.batch(&format!("DROP INDEX {name}"))?;
    }
    transaction.commit()
}

/// Makes those again that are still aside, each in a transaction; `told` hears the name of each, and how many are left.
pub(super) fn make_again(db: &Db<'_>, mut told: impl FnMut(String, usize) -> Result<(), Fault>) -> Result<(), Fault> {
    let sql = "SELECT name, made_by FROM index_aside ORDER BY name";
    let aside = db.all(sql, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
    let all = aside.len();
    for (at, (name, made_by)) in aside.into_iter().enumerate() {
        let transaction = db.transaction()?;
        db.take_time()?;
        db.batch(&made_by).map_err(|fault| fault.within(format!("the index {name} could not be made")))?;
        db.execute("DELETE FROM index_aside WHERE name = ?1", values![&name])?;
        transaction.commit()?;
        told(name, all - at - 1)?;
    }
    Ok(())
}

/// There is nothing more to make.
pub(super) fn end(db: &Db<'_>) -> Result<(), Fault> {
    db.batch("DROP TABLE index_aside")
}
