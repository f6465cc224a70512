//! The way in: `POST /fhir/$process-message`, and `POST /fhir` for clients that cannot call operations. Both take a message Bundle.

use super::outcome::{accepted, refused};
use crate::transports::http::{Door, InOptions, Manners, Media, Problem, ProblemKind, Tokens, answer};
use crate::transports::{Counters, FHIR, Inbox};
use axum::{Router, routing::post};
use std::sync::Arc;

static MANNERS: Manners = Manners {
    via: FHIR,
    media: Media::FhirJson,
    counted: |counters| &counters.fhir,
    query: is_answered_later,
    accepted,
    refused,
};

/// The routes that take Bundles in.
pub fn router(inbox: Arc<dyn Inbox>, tokens: Arc<Tokens>, options: InOptions, counters: Arc<Counters>) -> Router {
    let door = Door::new(inbox, tokens, options, counters, &MANNERS);
    Router::new()
        .route("/fhir/$process-message", post(answer))
        .route("/fhir", post(answer))
        .route("/fhir/", post(answer))
        .with_state(door)
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
