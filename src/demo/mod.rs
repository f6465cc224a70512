//! A fictive municipality around a real gateway.

use crate::domain::Fault;
use std::path::PathBuf;

/// How to play.
#[derive(Debug)]
pub struct Options {
    /// End when everything has been played.
    pub once: bool,
    /// Keep configuration and data here.
    pub keep: Option<PathBuf>,
    /// Without pauses.
    pub fast: bool,
}

/// How it ended.
#[derive(Debug)]
pub enum Ended {
    /// Everything came as expected.
    Good,
    /// Something did not.
    Surprised,
}

/// Plays.
pub async fn run(options: Options) -> Result<Ended, Fault> {
    Err(Fault::lasting(format!("the demo is on its way ({options:?})")))
}
