//! Says whether the history is what was written.

use super::chain::{self, Verified};
use super::{Head, Store};
use crate::domain::Fault;

impl Store {
    /// Reads the whole history, and says where it is not what was written. `noted` is a head that somebody has kept elsewhere:
    /// without one, a history that was cut off at its end, or written anew from some line on, looks whole.
    pub async fn verify_history(&self, noted: Option<Head>) -> Result<Verified, Fault> {
        self.read(move |db| chain::verify(db, noted)).await
    }
}
