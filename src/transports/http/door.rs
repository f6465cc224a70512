//! A way in over HTTP: who brings it, within which bounds, and how it is answered. `POST /messages` and the FHIR door are such doors;
//! what makes them different stands in their [`Manners`].

use super::intake::{Intake, Media};
use super::problem::Problem;
use super::{InOptions, Tokens};
use crate::domain::PartnerName;
use crate::transports::{Answer, Arrival, Arrivals, Counters, Inbox, Receipt, Reception};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response};
use bytes::Bytes;
use std::sync::Arc;

/// How one door differs from another.
pub struct Manners {
    /// The name of the transport.
    pub via: &'static str,
    /// What a body must be.
    pub media: Media,
    /// Where its arrivals are counted.
    pub counted: fn(&Counters) -> &Arrivals,
    /// Whether what stands in the query may be asked.
    pub query: fn(&str) -> Result<(), Problem>,
    /// The answer to what we have.
    pub accepted: fn(&Receipt, &HeaderMap) -> Response<Body>,
    /// The answer to everything else.
    pub refused: fn(Problem, &HeaderMap) -> Response<Body>,
}

/// A door with what it needs.
pub struct Door {
    inbox: Arc<dyn Inbox>,
    tokens: Arc<Tokens>,
    counters: Arc<Counters>,
    intake: Intake,
    manners: &'static Manners,
}

impl Door {
    /// An open door.
    pub fn new(
        inbox: Arc<dyn Inbox>,
        tokens: Arc<Tokens>,
        options: InOptions,
        counters: Arc<Counters>,
        manners: &'static Manners,
    ) -> Arc<Self> {
        Arc::new(Self { inbox, tokens, counters, intake: Intake::of(manners.media, options), manners })
    }

    async fn receive(&self, head: &Parts, body: &mut Body) -> Result<Receipt, Problem> {
        let partner = self.tokens.partner(&head.headers)?;
        let via = self.manners.via;
        let refused = |problem: Problem| {
            tracing::info!(%partner, problem = problem.kind.name(), "an arrival by {via} was not received");
            problem
        };
        (self.manners.query)(head.uri.query().unwrap_or_default()).map_err(refused)?;
        let taken = self.intake.take(head, body).await.map_err(refused)?;
        self.ask(taken.bytes().clone(), partner).await
    }

    async fn ask(&self, bytes: Bytes, partner: &PartnerName) -> Result<Receipt, Problem> {
        let via = self.manners.via;
        match self.inbox.receive(Arrival { bytes, partner: partner.clone(), via }).await {
            Ok(Reception::Receipt(receipt)) => Ok(receipt),
            Ok(Reception::TurnedAway(turned_away)) => Err(turned_away.into()),
            Err(fault) => {
                tracing::error!(%partner, fault = fault.inner(), "an arrival by {via} could not be received");
                Err(Problem::from(&fault))
            }
        }
    }
}

/// Takes a request in and answers it.
pub async fn answer(State(door): State<Arc<Door>>, request: Request) -> Response<Body> {
    let (head, mut body) = request.into_parts();
    let (manners, arrivals) = (door.manners, (door.manners.counted)(&door.counters));
    match door.receive(&head, &mut body).await {
        Ok(receipt) => {
            arrivals.add(if receipt.repeated { Answer::Repeated } else { Answer::Receipt });
            (manners.accepted)(&receipt, &head.headers)
        }
        Err(problem) => {
            arrivals.add(problem.kind.counts_as());
            door.intake.drain(&head, &mut body).await;
            (manners.refused)(problem, &head.headers)
        }
    }
}
