//! The way in: `POST /messages`. Every answer to it is made here; what it looks like stands in `document.rs`.

use super::document::accepted;
use super::intake::Intake;
use super::problem::Problem;
use super::{InOptions, Tokens};
use crate::domain::PartnerName;
use crate::transports::{Answer, Arrival, Counters, HTTP, Inbox, Receipt, Reception};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use axum::{Router, routing::post};
use std::sync::Arc;

struct Door {
    inbox: Arc<dyn Inbox>,
    tokens: Arc<Tokens>,
    counters: Arc<Counters>,
    intake: Intake,
}

/// The route that takes messages in. What no route knows is for whoever serves it to answer.
pub fn router(inbox: Arc<dyn Inbox>, tokens: Arc<Tokens>, options: InOptions, counters: Arc<Counters>) -> Router {
    let door = Door { inbox, tokens, counters, intake: Intake::new(options) };
    Router::new().route("/messages", post(answer)).with_state(Arc::new(door))
}

async fn answer(State(door): State<Arc<Door>>, request: Request) -> Response<Body> {
    let (head, mut body) = request.into_parts();
    match door.receive(&head, &mut body).await {
        Ok(receipt) => {
            door.counters.http.add(if receipt.repeated { Answer::Repeated } else { Answer::Receipt });
            accepted(&receipt)
        }
        Err(problem) => {
            door.counters.http.add(problem.kind.counts_as());
            door.intake.drain(&head, &mut body).await;
            problem.into_response()
        }
    }
}

impl Door {
    async fn receive(&self, head: &Parts, body: &mut Body) -> Result<Receipt, Problem> {
        let partner = self.tokens.partner(&head.headers)?;
        let refused = |problem: Problem| {
            tracing::info!(%partner, problem = problem.kind.name(), "an arrival over HTTP was not received");
            problem
        };
        let taken = self.intake.take(head, body).await.map_err(refused)?;
        self.ask(taken.bytes().clone(), partner).await
    }

    async fn ask(&self, bytes: bytes::Bytes, partner: &PartnerName) -> Result<Receipt, Problem> {
        match self.inbox.receive(Arrival { bytes, partner: partner.clone(), via: HTTP }).await {
            Ok(Reception::Receipt(receipt)) => Ok(receipt),
            Ok(Reception::TurnedAway(turned_away)) => Err(turned_away.into()),
            Err(fault) => {
                tracing::error!(%partner, fault = fault.inner(), "an arrival over HTTP could not be received");
                Err(Problem::from(&fault))
            }
        }
    }
}
