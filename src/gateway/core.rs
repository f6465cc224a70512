//! What every step works with.

use super::{Setup, Wake};
use crate::domain::{Chance, Clock};
use crate::store::Store;
use crate::transports::Counters;
use std::sync::Arc;

/// The gateway: its store, its setup, its clock and dice.
pub struct Gateway {
    /// The message log and the queue.
    pub store: Store,
    /// Who is ours, where things go, how to reach them.
    pub setup: Setup,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The dice.
    pub chance: Arc<dyn Chance>,
    /// Hints for the dispatcher.
    pub wake: Wake,
    /// What is counted.
    pub counters: Arc<Counters>,
    /// The name of this process in leases; a new one for each start.
    pub owner: String,
}

impl Gateway {
    /// Joins the parts.
    pub fn new(store: Store, setup: Setup, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>, counters: Arc<Counters>) -> Self {
        let owner = format!("{:016x}", chance.next_u64());
        Self { store, setup, clock, chance, wake: Wake::default(), counters, owner }
    }
}
