//! Moves the store of a data folder into a database on a server, so that it can be killed anywhere and goes on where it was, and is not
//! called done before what came is proven to be what was there.

mod rows;
mod indexes;
mod copying;
mod plan;
mod proving;
mod whole;
#[cfg(test)]
mod tests;

pub use whole::{Came, Ended, Move, Step};
