//! The way in: `POST /fhir/$process-message`, and `POST /fhir` for clients that cannot call operations. Both take a message Bundle.

use super::outcome::{accepted, refused};
use crate::domain::PartnerName;
use crate::transports::http::{InOptions, Intake, Media, Problem, ProblemKind, Tokens};
use crate::transports::{Answer, Arrival, Counters, FHIR, Inbox, Receipt, Reception};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::http::request::Parts;
use axum::{Router, routing::post};
use std::sync::Arc;

struct Door {
    inbox: Arc<dyn Inbox>,
    tokens: Arc<Tokens>,
    counters: Arc<Counters>,
    intake: Intake,
}

/// The routes that take Bundles in.
pub fn router(inbox: Arc<dyn Inbox>, tokens: Arc<Tokens>, options: InOptions, counters: Arc<Counters>) -> Router {
    let door = Door { inbox, tokens, counters, intake: Intake::of(Media::FhirJson, options) };
    Router::new()
        .route("/fhir/$process-message", post(answer))
        .route("/fhir", post(answer))
        .route("/fhir/", post(answer))
        .with_state(Arc::new(door))
}

async fn answer(State(door): State<Arc<Door>>, request: Request) -> Response<Body> {
    let (head, mut body) = request.into_parts();
    match door.receive(&head, &mut body).await {
        Ok(receipt) => {
            door.counters.fhir.add(if receipt.repeated { Answer::Repeated } else { Answer::Receipt });
            accepted(&receipt, &head.headers)
        }
        Err(problem) => {
            door.counters.fhir.add(problem.kind.counts_as());
            door.intake.drain(&head, &mut body).await;
            refused(problem, &head.headers)
        }
    }
}

impl Door {
    async fn receive(&self, head: &Parts, body: &mut Body) -> Result<Receipt, Problem> {
        let partner = self.tokens.partner(&head.headers)?;
        let refused = |problem: Problem| {
            tracing::info!(%partner, problem = problem.kind.name(), "a Bundle was not received");
            problem
        };
        is_answered_later(head.uri.query().unwrap_or_default()).map_err(refused)?;
        let taken = self.intake.take(head, body).await.map_err(refused)?;
        self.ask(taken.bytes().clone(), partner).await
    }

    async fn ask(&self, bytes: bytes::Bytes, partner: &PartnerName) -> Result<Receipt, Problem> {
        match self.inbox.receive(Arrival { bytes, partner: partner.clone(), via: FHIR }).await {
            Ok(Reception::Receipt(receipt)) => Ok(receipt),
            Ok(Reception::TurnedAway(turned_away)) => Err(turned_away.into()),
            Err(fault) => {
                tracing::error!(%partner, fault = fault.inner(), "a Bundle could not be received");
                Err(Problem::from(&fault))
            }
        }
    }
}

/// `async` may be said either way: the answer of the receiver always comes later, by the partner's own way. A `response-url` of the
/// request's own would be a way that nobody has agreed on, so it is refused.
fn is_answered_later(query: &str) -> Result<(), Problem> {
    let known = |pair: &str| matches!(pair, "async=true" | "async=false");
    match query.split('&').filter(|pair| !pair.is_empty()).all(known) {
        true => Ok(()),
        false => Err(Problem::new(ProblemKind::QueryUnknown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_the_answer_is_taken_from_the_configuration_only() {
        assert!(is_answered_later("").is_ok() && is_answered_later("async=true").is_ok());
        let refused = is_answered_later("async=true&response-url=https://elsewhere.example/");
        assert_eq!(refused.err().map(|problem| problem.kind), Some(ProblemKind::QueryUnknown));
    }
}
