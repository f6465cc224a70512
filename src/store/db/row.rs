//! What a database answers: rows, and what stands in their columns.

use super::value::{Kind, Value};
use crate::domain::Fault;
use rusqlite::types::ValueRef;
use std::borrow::Cow;
use tokio_postgres::types::Type;

/// One row of an answer.
pub struct Row<'r>(Answer<'r>);

/// As each home gives it.
#[derive(Clone, Copy)]
enum Answer<'r> {
    Embedded(&'r rusqlite::Row<'r>),
    Server(&'r tokio_postgres::Row),
}

/// One column of a row. It may be the content of a message, so it cannot be formatted.
pub enum Cell<'r> {
    /// Nothing.
    Null,
    /// A number; of a condition, whether it holds.
    Int(i64),
    /// A text.
    Text(&'r str),
    /// Bytes.
    Bytes(&'r [u8]),
}

/// What can stand in a column.
pub trait FromCell: Sized {
    /// In words.
    const WHAT: &'static str;

    /// The value; `None` where the column holds something else.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

impl<'r> Row<'r> {
    pub(super) fn of(row: &'r rusqlite::Row<'r>) -> Self {
        Self(Answer::Embedded(row))
    }

    pub(super) fn of_server(row: &'r tokio_postgres::Row) -> Self {
        Self(Answer::Server(row))
    }

    /// What stands in a column, counted from 0.
    pub fn get<T: FromCell>(&self, column: usize) -> Result<T, Fault> {
        let cell = self.look(column)?;
        cell.and_then(T::from_cell).ok_or_else(|| Fault::lasting(format!("column {column} of an answer is not {}", T::WHAT)))
    }

    /// The same, whatever it is.
    pub fn cell(&self, column: usize) -> Result<Cell<'r>, Fault> {
        self.look(column)?
            .ok_or_else(|| Fault::lasting(format!("column {column} of an answer holds what no column may hold")))
    }

    /// `None` where the column holds something that nobody asks for.
    fn look(&self, column: usize) -> Result<Option<Cell<'r>>, Fault> {
        match self.0 {
            Answer::Embedded(row) => embedded(row, column),
            Answer::Server(row) => server(row, column),
        }
    }
}

fn embedded<'r>(row: &'r rusqlite::Row<'r>, column: usize) -> Result<Option<Cell<'r>>, Fault> {
    Ok(match row.get_ref(column).map_err(Fault::lasting)? {
        ValueRef::Null => Some(Cell::Null),
        ValueRef::Integer(number) => Some(Cell::Int(number)),
        ValueRef::Text(text) => std::str::from_utf8(text).ok().map(Cell::Text),
        ValueRef::Blob(bytes) => Some(Cell::Bytes(bytes)),
        ValueRef::Real(_) => None,
    })
}

fn server(row: &tokio_postgres::Row, column: usize) -> Result<Option<Cell<'_>>, Fault> {
    let missing = || Fault::lasting(format!("an answer has no column {column}"));
    let kind = row.columns().get(column).ok_or_else(missing)?.type_();
    let cell = match *kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(column).map(|number| number.map(Cell::Int)),
        Type::INT4 => row.try_get::<_, Option<i32>>(column).map(|number| number.map(|number| Cell::Int(number.into()))),
        Type::BOOL => row.try_get::<_, Option<bool>>(column).map(|holds| holds.map(|holds| Cell::Int(holds.into()))),
        Type::TEXT => row.try_get::<_, Option<&str>>(column).map(|text| text.map(Cell::Text)),
        Type::BYTEA => row.try_get::<_, Option<&[u8]>>(column).map(|bytes| bytes.map(Cell::Bytes)),
        _ => return Ok(None),
    };
    Ok(Some(cell.map_err(Fault::lasting)?.unwrap_or(Cell::Null)))
}

impl<'r> Cell<'r> {
    /// To be written into a column of this kind, which has to be known where it is nothing.
    pub fn value(self, kind: Kind) -> Value<'r> {
        match (self, kind) {
            (Self::Int(number), _) => Value::Int(Some(number)),
            (Self::Text(text), _) => Value::Text(Some(Cow::Borrowed(text))),
            (Self::Bytes(bytes), _) => Value::Bytes(Some(bytes)),
            (Self::Null, Kind::Int) => Value::Int(None),
            (Self::Null, Kind::Text) => Value::Text(None),
            (Self::Null, Kind::Bytes) => Value::Bytes(None),
        }
    }
}

impl<T: FromCell> FromCell for Option<T> {
    const WHAT: &'static str = T::WHAT;

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

impl FromCell for i64 {
    const WHAT: &'static str = "a number";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Int(number) = cell { Some(number) } else { None }
    }
}

impl FromCell for u32 {
    const WHAT: &'static str = "a number of 32 bits without a sign";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell).and_then(|number| Self::try_from(number).ok())
    }
}

impl FromCell for bool {
    const WHAT: &'static str = "a condition";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        i64::from_cell(cell).map(|number| number != 0)
    }
}

impl FromCell for String {
    const WHAT: &'static str = "a text";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Text(text) = cell { Some(text.to_owned()) } else { None }
    }
}

impl FromCell for Vec<u8> {
    const WHAT: &'static str = "bytes";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Bytes(bytes) = cell { Some(bytes.to_owned()) } else { None }
    }
}

impl FromCell for [u8; 16] {
    const WHAT: &'static str = "a pseudonym of 16 bytes";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Bytes(bytes) = cell { bytes.try_into().ok() } else { None }
    }
}

impl FromCell for [u8; 32] {
    const WHAT: &'static str = "a digest of 32 bytes";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Bytes(bytes) = cell { bytes.try_into().ok() } else { None }
    }
}
