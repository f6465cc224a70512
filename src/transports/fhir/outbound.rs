//! The way out: one POST, as over plain HTTP. What the server answers is read: a message that comes back at once is handed on.

use super::notice::notice;
use super::{Delivers, OutOptions};
use crate::delivery::{AnswerAtOnce, DeliveryFailure, Evidence};
use crate::domain::{Fault, Private};
use crate::fhir_edge::FhirServer;
use crate::transports::{BoxFuture, Outbound as Out, Shipment, http};
use std::time::Duration;

/// The gateway cuts an attempt earlier than this where the partner's file says so; without an end it must not be.
const ANSWER_WITHIN: Duration = Duration::from_secs(600);

/// A partner's FHIR endpoint.
pub struct Outbound {
    server: FhirServer,
    delivers: Delivers,
}

impl Outbound {
    /// Makes ready; connects to nobody yet.
    pub fn new(options: &OutOptions) -> Result<Self, Fault> {
        Ok(Self { server: FhirServer::new(&options.base, ANSWER_WITHIN)?, delivers: options.delivers })
    }
}

impl Out for Outbound {
    fn hand_over<'a>(&'a self, shipment: &'a Shipment) -> BoxFuture<'a, Result<Evidence, DeliveryFailure>> {
        Box::pin(async move {
            let (bytes, beside) = (shipment.bytes.clone(), http::beside(shipment));
            let answer = match self.delivers {
                Delivers::Message => self.server.post_message(bytes, beside).await,
                Delivers::Transaction => self.server.post_transaction(bytes, beside).await,
                Delivers::Notification => self.server.post_transaction(notice(shipment), beside).await,
            };
            let at_once = answer.message.map(|message| AnswerAtOnce(Private::new(message.expose().to_vec())));
            answer.outcome.map(|evidence| Evidence { answer: at_once, ..evidence })
        })
    }
}
