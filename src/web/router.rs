//! All routes together, and an answer for everything that none of them knows.

use super::{FhirServer, MessageReader, Vitals, fhir, health, messages, validate};
use crate::schema::SchemaSet;
use crate::transports::Counters;
use crate::transports::fhir::refused;
use crate::transports::http::{InOptions, Problem, ProblemKind, Tokens, explanation_page};
use crate::xml::Limits;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request};
use axum::http::Response;
use axum::response::IntoResponse;
use axum::{Router, routing::get};
use std::sync::Arc;

/// What the routes work with.
pub struct Parts {
    /// The route that takes messages in, from `transports::http::router`.
    pub arrivals: Router,
    /// Where the state of messages can be read.
    pub reader: Arc<dyn MessageReader>,
    /// Who may ask.
    pub tokens: Arc<Tokens>,
    /// What the gateway knows of itself.
    pub vitals: Arc<dyn Vitals>,
    /// What is counted.
    pub counters: Arc<Counters>,
    /// What the FHIR door says of itself.
    pub fhir: FhirServer,
    /// Bounds of `POST /validate`, when it is open, and of what is in a message; and by which schemas it is judged.
    pub validate: Option<(InOptions, Limits, Arc<SchemaSet>)>,
}

/// Everything that is served.
pub fn router(parts: Parts) -> Router {
    let judge = parts.validate.map(|(options, limits, schemas)| validate::router(options, limits, schemas));
    parts
        .arrivals
        .merge(judge.unwrap_or_default())
        .merge(messages::router(parts.reader, parts.tokens))
        .merge(fhir::router(parts.fhir))
        .merge(health::router(parts.vitals, parts.counters))
        .route("/problems/{name}", get(explain))
        .method_not_allowed_fallback(async |request: Request| nothing_there(&request, ProblemKind::NoSuchMethod))
        .fallback(async |request: Request| nothing_there(&request, ProblemKind::NoSuchPath))
}

/// Told as each half of the interface tells everything.
fn nothing_there(request: &Request, kind: ProblemKind) -> Response<Body> {
    let problem = Problem::new(kind);
    if request.uri().path().starts_with("/fhir") { refused(problem, request.headers()) } else { problem.into_response() }
}

async fn explain(name: Result<Path<String>, PathRejection>) -> Response<Body> {
    let page = name.ok().and_then(|Path(name)| explanation_page(&name));
    page.unwrap_or_else(|| Problem::new(ProblemKind::NoSuchPath).into_response())
}
