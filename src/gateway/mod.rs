//! The shell: the same verbs as the pipeline, now with I/O.

mod setup;

pub use setup::{Connection, Setup};
