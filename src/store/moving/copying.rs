//! Copies a table, some rows in each transaction. How far it came is asked of the copy itself: nothing else can know better.

use super::super::db::{Db, Table, Value};
use super::rows::{self, Key};
use crate::domain::Fault;

/// How much goes into one transaction: so much may have to be sent again after a kill.
#[derive(Clone, Copy)]
pub(super) struct Portion {
    pub(super) rows: i64,
    pub(super) bytes: usize,
}

/// Copies what is not there yet; `told` hears after each transaction how many rows are.
pub(super) fn copy(
    from: &Db<'_>,
    to: &Db<'_>,
    table: &Table,
    portion: Portion,
    mut told: impl FnMut(i64) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut there = None;
    loop {
        let transaction = to.transaction()?;
        to.take_time()?;
        let before = match there {
            Some(before) => before,
            None => rows::count(to, table)?,
        };
        let last = rows::last(to, table)?;
        let more = to.add_rows(table, |pouring| {
            let mut bytes = 0;
            next(from, table, last.as_ref(), portion, |values, size| {
                bytes += size;
                pouring.row(values).map(|()| bytes >= portion.bytes)
            })
        });
        let more = more.map_err(|fault| fault.within(format!("the table {} could not be copied", table.name)))?;
        transaction.commit()?;
        let now = before + i64::try_from(more).unwrap_or(i64::MAX);
        if more > 0 || there.is_none() {
            told(now)?;
        }
        if more == 0 {
            return Ok(());
        }
        there = Some(now);
    }
}

/// Hands over rows behind one as values, each with how large it is.
fn next(
    from: &Db<'_>,
    table: &Table,
    last: Option<&Key>,
    portion: Portion,
    mut row: impl FnMut(&[Value<'_>], usize) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    rows::behind(from, table, last, portion.rows, |next| {
        let mut values = Vec::with_capacity(table.columns.len());
        let mut size = 0;
        for (at, column) in table.columns.iter().enumerate() {
            let cell = next.cell(at)?;
            size += rows::bytes(&cell);
            values.push(cell.value(column.kind));
        }
        row(&values, size)
    })
}
