//! Keeps deliveries going: claims what is due for partners with free slots, and tries each on a task of its own. A partner that
//! is slow or down fills its own slots and nobody else's.

use super::Gateway;
use crate::delivery::{Cause, DeliveryFailure, Evidence};
use crate::domain::{DeliveryId, Fault, PartnerName, Timestamp};
use crate::store::Claimed;
use crate::transports::Stop;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;
use tracing::error;

/// However few hints there are, the queue is looked at this often.
const LOOK: Duration = Duration::from_secs(1);
/// Longer than any attempt may take: then its lease ends.
const LEASE_MARGIN: Duration = Duration::from_secs(30);
/// The pause before what could not be stored is tried again.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// Attempts under way, for each partner.
#[derive(Default)]
struct InFlight(Mutex<HashMap<PartnerName, HashSet<DeliveryId>>>);

impl InFlight {
    fn count(&self, partner: &PartnerName) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(partner).map_or(0, HashSet::len)
    }

    fn add(&self, partner: &PartnerName, delivery: DeliveryId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(partner.clone()).or_default().insert(delivery);
    }

    fn remove(&self, partner: &PartnerName, delivery: DeliveryId) {
        if let Some(of_it) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get_mut(partner) {
            of_it.remove(&delivery);
        }
    }

    fn has(&self, partner: &PartnerName, delivery: DeliveryId) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(partner).is_some_and(|of_it| of_it.contains(&delivery))
    }
}

/// One attempt under way. However its task ends, the slot is free again.
struct Slot {
    in_flight: Arc<InFlight>,
    partner: PartnerName,
    delivery: DeliveryId,
}

impl Slot {
    fn take(in_flight: &Arc<InFlight>, partner: &PartnerName, delivery: DeliveryId) -> Self {
        in_flight.add(partner, delivery);
        Self { in_flight: Arc::clone(in_flight), partner: partner.clone(), delivery }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.in_flight.remove(&self.partner, self.delivery);
    }
}

/// Runs until stopping is wished, then lets the attempts under way come to their end.
pub(super) async fn dispatch(gateway: Arc<Gateway>, mut stop: Stop) {
    let in_flight = Arc::new(InFlight::default());
    let mut attempts = JoinSet::new();
    let mut look_at_all = tokio::time::interval(LOOK);
    let mut is_unsure = false;
    while !stop.is_wished() {
        if is_unsure {
            is_unsure = give_back_unheard_of(&gateway, &in_flight).await.is_err();
        }
        match claim(&gateway, &in_flight).await {
            Ok(claimed) => claimed.into_iter().for_each(|claimed| {
                let slot = Slot::take(&in_flight, &claimed.partner, claimed.delivery);
                attempts.spawn(attempt(Arc::clone(&gateway), claimed, slot, stop.clone()));
            }),
            Err(fault) => {
                // A database that went away may have made it last all the same.
                is_unsure = true;
                error!(fault = fault.inner(), "the queue could not be read; it will be looked at again");
            }
        }
        while attempts.try_join_next().is_some() {}
        tokio::select! {
            () = gateway.wake.hinted() => {}
            () = until(&gateway, gateway.wake.next_at()) => {}
            _ = look_at_all.tick() => gateway.wake.now(gateway.setup.connections.keys()),
            () = stop.wished() => {}
        }
    }
    while attempts.join_next().await.is_some() {}
}

/// What is claimed in the store and by nobody here was claimed when we did not hear of it: nothing was tried, and it is due.
async fn give_back_unheard_of(gateway: &Gateway, in_flight: &InFlight) -> Result<(), Fault> {
    gateway.give_back(|open| !in_flight.has(&open.partner, open.delivery)).await
}

/// Waits until the clock shows this time.
async fn until(gateway: &Gateway, at: Option<Timestamp>) {
    match at {
        Some(at) => tokio::time::sleep(at.since(gateway.clock.now())).await,
        None => std::future::pending().await,
    }
}

async fn claim(gateway: &Gateway, in_flight: &InFlight) -> Result<Vec<Claimed>, Fault> {
    let now = gateway.clock.now();
    let mut slots = Vec::new();
    let mut longest = Duration::ZERO;
    for partner in gateway.wake.take(now) {
        let Some(connection) = gateway.setup.connections.get(&partner) else { continue };
        let free = connection.in_flight.saturating_sub(in_flight.count(&partner));
        // A partner without a free slot is woken when one gets free.
        if free > 0 {
            longest = longest.max(connection.attempt_timeout);
            slots.push((partner, free));
        }
    }
    if slots.is_empty() {
        return Ok(Vec::new());
    }
    let lease_until = now.plus(longest + LEASE_MARGIN);
    let partners: Vec<_> = slots.iter().map(|(partner, _)| partner.clone()).collect();
    match gateway.store.claim(slots, gateway.owner.clone(), now, lease_until).await {
        Ok((claimed, due)) => {
            due.iter().filter(|(_, at)| *at > now).for_each(|(partner, at)| gateway.wake.at(partner, *at));
            Ok(claimed)
        }
        Err(fault) => {
            // The hints are used up; give them back for later.
            partners.iter().for_each(|partner| gateway.wake.at(partner, now.plus(STORE_PAUSE)));
            Err(fault)
        }
    }
}

async fn attempt(gateway: Arc<Gateway>, claimed: Claimed, slot: Slot, mut stop: Stop) {
    let result = hand_over(&gateway, &claimed).await;
    gateway.counters.attempts.add(&result);
    // What came of it must be written down, however long the store cannot take it; only a stop ends the wait, and then the
    // attempt stays open in the store and counts as unknown after the start.
    while let Err(fault) = gateway.conclude(&claimed, &result).await {
        error!(delivery.id = %claimed.delivery, fault = fault.inner(), "the end of an attempt could not be stored yet");
        tokio::select! {
            () = tokio::time::sleep(STORE_PAUSE) => {}
            () = stop.wished() => break,
        }
    }
    drop(slot);
    gateway.wake.now([&claimed.partner]);
}

async fn hand_over(gateway: &Gateway, claimed: &Claimed) -> Result<Evidence, DeliveryFailure> {
    let Some(connection) = gateway.setup.connections.get(&claimed.partner) else {
        return Err(DeliveryFailure::Temporary(Cause::new("the partner is not in the configuration")));
    };
    let shipment = Gateway::shipment(claimed)?;
    let shipment = if connection.outbound.tells_what_it_belongs_to() { gateway.placed(shipment) } else { shipment };
    match tokio::time::timeout(connection.attempt_timeout, connection.outbound.hand_over(&shipment)).await {
        Ok(result) => result,
        Err(_) => {
            let seconds = connection.attempt_timeout.as_secs_f32();
            Err(DeliveryFailure::Unknown(Cause::new(format!("no answer within {seconds} s"))))
        }
    }
}
