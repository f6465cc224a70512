//! The way out: one message published, and what the broker said of it.

use super::link::Link;
use super::properties::{code, of_parcel, short};
use super::trouble::classify;
use super::wire::Wire;
use super::{OutOptions, To};
use crate::delivery::{DeliveryFailure, Evidence};
use crate::domain::Fault;
use crate::transports::{BoxFuture, Outbound as Out, Shipment};

/// A place on a broker that a partner takes from.
pub struct Outbound {
    link: Link,
    shown: String,
    to: To,
}

impl Outbound {
    /// Makes ready; connects to nobody yet.
    pub fn new(options: OutOptions) -> Result<Self, Fault> {
        let OutOptions { broker, to, create } = options;
        let to_make = match &to {
            To::Queue(queue) if create => short(queue),
            To::Queue(_) | To::Exchange { .. } => None,
        };
        let shown = broker.address.shown();
        Ok(Self { link: Link::new(Wire::new(broker)?, to_make), shown, to })
    }

    /// The default exchange, which has no name, leads to the queue that is called like the key (AMQP 0-9-1, 3.1.3.1).
    fn place<'a>(&'a self, shipment: &'a Shipment) -> (&'a str, &'a str) {
        match &self.to {
            To::Queue(queue) => ("", queue),
            To::Exchange { name, routing_key: Some(key) } => (name, key),
            To::Exchange { name, routing_key: None } => (name, code(shipment).unwrap_or_default()),
        }
    }
}

impl Out for Outbound {
    fn hand_over<'a>(&'a self, shipment: &'a Shipment) -> BoxFuture<'a, Result<Evidence, DeliveryFailure>> {
        Box::pin(async move {
            let (exchange, key) = self.place(shipment);
            let end = self.link.publish(exchange, key, &shipment.bytes, of_parcel(shipment)).await;
            classify(end, &self.shown)
        })
    }

    fn tells_what_it_belongs_to(&self) -> bool {
        true
    }
}
