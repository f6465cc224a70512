//! What a database answers: rows, and what stands in their columns.

use crate::domain::Fault;
use rusqlite::types::ValueRef;

/// One row of an answer.
pub struct Row<'r>(&'r rusqlite::Row<'r>);

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
        Self(row)
    }

    /// What stands in a column, counted from 0.
    pub fn get<T: FromCell>(&self, column: usize) -> Result<T, Fault> {
        let other = || Fault::lasting(format!("column {column} of an answer is not {}", T::WHAT));
        let cell = match self.0.get_ref(column).map_err(Fault::lasting)? {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Int(number),
            ValueRef::Text(text) => Cell::Text(std::str::from_utf8(text).map_err(|_| other())?),
            ValueRef::Blob(bytes) => Cell::Bytes(bytes),
            ValueRef::Real(_) => return Err(other()),
        };
        T::from_cell(cell).ok_or_else(other)
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

impl FromCell for [u8; 32] {
    const WHAT: &'static str = "a digest of 32 bytes";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        if let Cell::Bytes(bytes) = cell { bytes.try_into().ok() } else { None }
    }
}
