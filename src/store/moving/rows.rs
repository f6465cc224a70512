//! The rows of a table in the order of its primary key, on either home.

use super::super::db::{Cell, Db, Kind, Row, Table, Value};
use crate::domain::{Digest, Fault};
use aws_lc_rs::digest::{Context, SHA256};

/// Rows between two times that it is told how many were read.
const TOLD_EVERY: i64 = 100_000;

/// Where a row stands. It may be a pseudonym, so it cannot be formatted.
pub(super) struct Key(Vec<Part>);

enum Part {
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// What the rows of a table come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Sum {
    pub(super) rows: i64,
    /// Over all values in order, each with its kind and its length.
    pub(super) digest: Digest,
}

/// The columns of the key as an order: by bytes everywhere, whatever order the language of a server would have.
fn order(db: &Db<'_>, table: &Table, direction: &str) -> String {
    let by_bytes = |kind| if kind == Kind::Text { db.of_home("", " COLLATE \"C\"") } else { "" };
    let column = |at: &usize| format!("{}{}{direction}", table.columns[*at].name, by_bytes(table.columns[*at].kind));
    table.key.iter().map(column).collect::<Vec<_>>().join(", ")
}

/// How many there are.
pub(super) fn count(db: &Db<'_>, table: &Table) -> Result<i64, Fault> {
    let sql = format!("SELECT count(*) FROM {}", table.name);
    db.one(&sql, &[], |row| row.get(0)).map(Option::unwrap_or_default)
}

/// Where the last one stands.
pub(super) fn last(db: &Db<'_>, table: &Table) -> Result<Option<Key>, Fault> {
    let names: Vec<&str> = table.key.iter().map(|at| table.columns[*at].name.as_str()).collect();
    let sql = format!("SELECT {} FROM {} ORDER BY {} LIMIT 1", names.join(", "), table.name, order(db, table, " DESC"));
    let part = |row: &Row<'_>, at| match row.cell(at)? {
        Cell::Int(number) => Ok(Part::Int(number)),
        Cell::Text(text) => Ok(Part::Text(text.to_owned())),
        Cell::Bytes(bytes) => Ok(Part::Bytes(bytes.to_owned())),
        Cell::Null => Err(Fault::lasting(format!("a row of the table {} has no key", table.name))),
    };
    db.one(&sql, &[], |row| (0..names.len()).map(|at| part(row, at)).collect::<Result<_, _>>().map(Key))
}

/// Shows rows behind one, or from the first on; at most `limit` of them, and none any more when `row` says that it is enough.
pub(super) fn behind(
    db: &Db<'_>,
    table: &Table,
    key: Option<&Key>,
    limit: i64,
    mut row: impl FnMut(&Row<'_>) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    let parts = key.map_or(&[][..], |key| &key.0);
    let mut values: Vec<Value<'_>> = parts.iter().map(Part::value).collect();
    let places = |from: usize, to: usize| (from..=to).map(|at| format!("?{at}")).collect::<Vec<_>>().join(", ");
    let behind = match parts.len() {
        0 => String::new(),
        parts => {
            let names: Vec<&str> = table.key.iter().map(|at| table.columns[*at].name.as_str()).collect();
            format!(" WHERE ({}) > ({})", names.join(", "), places(1, parts))
        }
    };
    values.push(Value::from(limit));
    let sql = format!(
        "SELECT {} FROM {}{behind} ORDER BY {} LIMIT {}",
        table.column_names(),
        table.name,
        order(db, table, ""),
        places(values.len(), values.len())
    );
    db.find(&sql, &values, |next| row(next).map(|is_enough| is_enough.then_some(()))).map(|_| ())
}

/// What all of them come to; `told` hears now and then how many were read.
pub(super) fn sum(db: &Db<'_>, table: &Table, mut told: impl FnMut(i64) -> Result<(), Fault>) -> Result<Sum, Fault> {
    let (mut rows, mut context, mut text) = (0, Context::new(&SHA256), Vec::new());
    let sql = format!("SELECT {} FROM {} ORDER BY {}", table.column_names(), table.name, order(db, table, ""));
    db.each(&sql, &[], |row| {
        text.clear();
        for at in 0..table.columns.len() {
            write(&mut text, &row.cell(at)?);
        }
        context.update(&text);
        rows += 1;
        if rows % TOLD_EVERY == 0 { told(rows) } else { Ok(()) }
    })?;
    let mut digest = Digest::ZERO;
    digest.0.copy_from_slice(context.finish().as_ref());
    Ok(Sum { rows, digest })
}

/// So that no two rows look alike that are not.
fn write(text: &mut Vec<u8>, cell: &Cell<'_>) {
    let mut of = |kind: u8, bytes: &[u8]| {
        text.push(kind);
        text.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
        text.extend_from_slice(bytes);
    };
    match cell {
        Cell::Null => of(0, &[]),
        Cell::Int(number) => of(1, &number.to_be_bytes()),
        Cell::Text(words) => of(2, words.as_bytes()),
        Cell::Bytes(bytes) => of(3, bytes),
    }
}

/// How much of a row there is to send.
pub(super) fn bytes(cell: &Cell<'_>) -> usize {
    match cell {
        Cell::Null | Cell::Int(_) => 8,
        Cell::Text(words) => words.len(),
        Cell::Bytes(bytes) => bytes.len(),
    }
}

impl Part {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Int(number) => Value::from(*number),
            Self::Text(words) => Value::from(words),
            Self::Bytes(bytes) => Value::from(&bytes[..]),
        }
    }
}
