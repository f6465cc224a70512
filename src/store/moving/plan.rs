//! Which tables are copied, and in which order: what the databases themselves say.

use super::super::db::{Db, Table};
use super::super::marks::MOVING_IN;
use super::super::months;
use super::indexes::ASIDE;
use crate::domain::Fault;

/// What each database says of its own schema, and of a move.
const OWN: [&str; 3] = ["migration", MOVING_IN, ASIDE];

/// Makes the tables of each month of one in the other.
pub(super) fn make_months(from: &Db<'_>, to: &Db<'_>) -> Result<(), Fault> {
    for name in from.table_names()? {
        if let Some(month) = months::of(&name) {
            months::make(to, month)?;
        }
    }
    Ok(())
}

/// The tables to copy, each behind those that its rows refer to. Both sides must have the same: whatever is in one and not in the other
/// would be lost, or made up.
pub(super) fn tables(from: &Db<'_>, to: &Db<'_>) -> Result<Vec<Table>, Fault> {
    let of = |db: &Db<'_>| db.tables().map(|tables| tables.into_iter().filter(|table| !OWN.contains(&table.name.as_str())));
    let (ours, theirs) = (of(from)?.collect::<Vec<_>>(), of(to)?.collect::<Vec<_>>());
    if let Some(difference) = difference(&ours, &theirs) {
        return Err(Fault::lasting(format!("{difference}; this release cannot move such a store")));
    }
    in_order(theirs)
}

/// The first thing in which they differ. The order of columns is none.
pub(super) fn difference(ours: &[Table], theirs: &[Table]) -> Option<String> {
    let has = |tables: &[Table], name: &str| tables.iter().any(|table| table.name == name);
    if let Some(table) = ours.iter().find(|table| !has(theirs, &table.name)) {
        return Some(format!("the table {} has no place where it is to go", table.name));
    }
    if let Some(table) = theirs.iter().find(|table| !has(ours, &table.name)) {
        return Some(format!("the table {} is nowhere where it should come from", table.name));
    }
    let form = |table: &Table| {
        let mut columns = table.columns.clone();
        columns.sort();
        let key: Vec<_> = table.key.iter().map(|at| table.columns[*at].name.clone()).collect();
        (table.name.clone(), columns, key)
    };
    let differs = |(one, other): &(&Table, &Table)| form(one) != form(other);
    let found = ours.iter().zip(theirs).find(differs);
    found.map(|(table, _)| format!("the table {} has other columns, or another key, on each side", table.name))
}

fn in_order(tables: Vec<Table>) -> Result<Vec<Table>, Fault> {
    let (mut left, mut ordered) = (tables, Vec::<Table>::new());
    while !left.is_empty() {
        let stands = |name: &String, of: &Table| *name == of.name || ordered.iter().any(|table| table.name == *name);
        let (ready, waiting): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|table| table.refers_to.iter().all(|name| stands(name, table)));
        if ready.is_empty() {
            return Err(Fault::lasting("tables refer to each other in a ring"));
        }
        ordered.extend(ready);
        left = waiting;
    }
    Ok(ordered)
}
