//! Requests to other people's servers over HTTP(S): the address, the connection, and what the end of a request means.
//!
//! It knows no message and no partner; `transports::http` and `fhir_edge` send with it.

mod address;
mod classify;
mod connection;

pub use address::{OutOptions, Target};
pub use classify::{End, classify, of_status};
pub use connection::{Connection, throw_away};
