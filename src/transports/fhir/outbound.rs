//! The way out: one POST, one status, as over plain HTTP. The bytes are a Bundle already.

use super::OutOptions;
use crate::delivery::{DeliveryFailure, Evidence};
use crate::domain::Fault;
use crate::transports::{BoxFuture, Outbound as Out, Shipment, http};

/// A partner's FHIR endpoint.
pub struct Outbound(http::Outbound);

impl Outbound {
    /// Makes ready; connects to nobody yet.
    pub fn new(options: &OutOptions) -> Result<Self, Fault> {
        let base = http::OutOptions { target: options.target(), ..options.base.clone() };
        Ok(Self(http::Outbound::new(&base)?))
    }
}

impl Out for Outbound {
    fn hand_over<'a>(&'a self, shipment: &'a Shipment) -> BoxFuture<'a, Result<Evidence, DeliveryFailure>> {
        self.0.hand_over(shipment)
    }
}
