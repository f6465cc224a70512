//! One way to ask a database and to tell it something, whichever it is. All SQL of the store goes through here.
//!
//! A statement is written once, with `?1` for the first value, in words that every home of the store understands. Where homes differ
//! all the same, the difference has a verb of its own on [`Db`].

mod value;
mod row;
mod trouble;
#[cfg(test)]
#[path = "../../../tests/support/postgres.rs"]
#[expect(dead_code, reason = "its server is killed in another test")]
mod test_server;
mod session;
mod server;
mod sqlite;
mod checkpoint;
mod postgres;
mod connection;
mod writing;
mod layout;
mod home;
mod simulated;

pub use connection::{Connection, Db};
pub use home::{Home, Place, Pool};
pub use layout::Table;
pub use row::{Cell, Row};
pub use server::{Server, UrlTrouble};
pub use simulated::SimulatedDisk;
pub(crate) use value::values;
pub use value::{Kind, Value};
