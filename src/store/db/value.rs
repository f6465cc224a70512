//! What is handed to a statement with its text.

use std::borrow::Cow;

/// One value. It has a type also when there is none: a database may want to know it before it sees a value. It may be the content of a
/// message, so it cannot be formatted.
pub enum Value<'v> {
    /// A number, an id, a time in milliseconds.
    Int(Option<i64>),
    /// A text.
    Text(Option<Cow<'v, str>>),
    /// Bytes.
    Bytes(Option<&'v [u8]>),
}

impl Value<'_> {
    /// What it is, also when there is none.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Int(_) => Kind::Int,
            Self::Text(_) => Kind::Text,
            Self::Bytes(_) => Kind::Bytes,
        }
    }
}

/// What can stand in a column, besides nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A number.
    Int,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

impl Kind {
    /// From what a database calls it; `None` for what the store never uses.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "INTEGER" | "bigint" => Some(Self::Int),
            "TEXT" | "text" => Some(Self::Text),
            "BLOB" | "bytea" => Some(Self::Bytes),
            _ => None,
        }
    }
}

/// The values of a statement, in order.
macro_rules! values {
    ($($value:expr),+ $(,)?) => { &[$($crate::store::db::Value::from($value)),+] };
}
pub(crate) use values;

macro_rules! from {
    ($($kind:ident: $from:ty, $into:expr;)+) => {$(
        impl<'v> From<$from> for Value<'v> {
            fn from(value: $from) -> Self {
                Self::$kind(Some($into(value)))
            }
        }
        impl<'v> From<Option<$from>> for Value<'v> {
            fn from(value: Option<$from>) -> Self {
                Self::$kind(value.map($into))
            }
        }
    )+};
}

from! {
    Int: i64, std::convert::identity;
    Int: u32, i64::from;
    Text: &'v str, Cow::Borrowed;
    Text: &'v String, |text: &'v String| Cow::Borrowed(text.as_str());
    Text: String, Cow::Owned;
    Bytes: &'v [u8], std::convert::identity;
}
