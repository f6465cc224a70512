//! Step 3: the way out. It keeps what it is given, and fails when it is told to.

use super::Options;
use crate::delivery::{Cause, DeliveryFailure, Evidence};
use crate::transports::{BoxFuture, Outbound as Out, Shipment};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A receiver in memory.
pub struct Outbound {
    options: Options,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    kept: Vec<Shipment>,
    failures: VecDeque<DeliveryFailure>,
}

impl Outbound {
    /// An empty one.
    pub fn new(options: Options) -> Self {
        Self { options, inside: Mutex::default() }
    }

    /// The next attempt fails so; when called several times, the next ones do, in that order.
    pub fn fail_next(&self, failure: DeliveryFailure) {
        self.inside().failures.push_back(failure);
    }

    /// What it was given, in that order, repetitions included.
    pub fn kept(&self) -> Vec<Shipment> {
        self.inside().kept.clone()
    }

    /// One attempt. All the deciding of a transport is in such a function: outcome of the wire in, one of four words out.
    fn take(&self, shipment: &Shipment) -> Result<Evidence, DeliveryFailure> {
        let mut inside = self.inside();
        if shipment.bytes.len() > self.options.max_message_bytes {
            // It will be as large the next time.
            return Err(DeliveryFailure::Permanent(Cause::new("larger than the receiver takes")));
        }
        if inside.kept.len() >= self.options.kept_parcels {
            return Err(DeliveryFailure::Temporary(Cause::new("the receiver is full")));
        }
        if let Some(failure) = inside.failures.pop_front() {
            // "Unknown" means that it may have arrived, so here it has.
            if matches!(failure, DeliveryFailure::Unknown(_)) {
                inside.kept.push(shipment.clone());
            }
            return Err(failure);
        }
        inside.kept.push(shipment.clone());
        Ok(Evidence::new(Cause::new(format!("kept as number {}", inside.kept.len()))))
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Out for Outbound {
    fn hand_over<'a>(&'a self, shipment: &'a Shipment) -> BoxFuture<'a, Result<Evidence, DeliveryFailure>> {
        Box::pin(async move { self.take(shipment) })
    }
}
