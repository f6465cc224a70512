//! What a place for heads can do.

use crate::domain::Fault;
use crate::transports::BoxFuture;

/// A place for heads.
pub trait Anchor: Send + Sync {
    /// What it is called in the gateway's own log.
    fn name(&self) -> String;

    /// Puts a head down: a signed note, whole. The same one may come again.
    fn put_down<'a>(&'a self, note: &'a str) -> BoxFuture<'a, Result<(), Fault>>;
}
