//! Places where others keep the signed heads of the log. Whoever has one can tell afterwards whether what came before it was changed,
//! also if that was done by somebody with the database, the program and the key (docs/decisions/019).

mod anchor;
mod file;
mod http;
mod options;

pub use anchor::Anchor;
pub use options::Options;
