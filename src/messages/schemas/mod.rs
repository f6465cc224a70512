//! What the schemas say about a message: the schemas of the project, and each problem as a finding of the rule book.

mod shipped;
mod names;
mod slip_words;
mod unfit_words;
mod words;
pub mod rules;
mod findings;

pub(super) use findings::findings;
pub use shipped::{FILES, shipped, with};
