//! Is it alive, can it work, and how is it doing: `/healthz`, `/readyz`, `/metrics`.

use super::metrics::{Snapshot, render};
use crate::domain::Fault;
use crate::transports::http::{Problem, ProblemKind};
use crate::transports::{BoxFuture, Counters};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, header};
use axum::response::IntoResponse;
use axum::{Router, routing::get};
use std::sync::Arc;

/// What the gateway knows of itself.
pub trait Vitals: Send + Sync {
    /// An error when no new work can be taken: the store cannot be used, or we are starting or stopping.
    fn ready(&self) -> BoxFuture<'_, Result<(), Fault>>;
    /// The numbers of this moment.
    fn snapshot(&self) -> BoxFuture<'_, Result<Snapshot, Fault>>;
}

/// The three pages. They show numbers only, but to everybody who can reach the port.
pub fn router(vitals: Arc<dyn Vitals>, counters: Arc<Counters>) -> Router {
    Router::new()
        .route("/healthz", get(async || plain("text/plain; charset=utf-8", "alive\n".into())))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state((vitals, counters))
}

type Known = (Arc<dyn Vitals>, Arc<Counters>);

async fn ready(State((vitals, _)): State<Known>) -> Response<Body> {
    match vitals.ready().await {
        Ok(()) => plain("text/plain; charset=utf-8", "ready\n".into()),
        Err(fault) => {
            tracing::warn!(fault = fault.inner(), "not ready");
            Problem::new(ProblemKind::NotReady).into_response()
        }
    }
}

async fn metrics(State((vitals, counters)): State<Known>) -> Response<Body> {
    match vitals.snapshot().await {
        Ok(snapshot) => plain("text/plain; version=0.0.4; charset=utf-8", render(&snapshot, &counters)),
        Err(fault) => {
            tracing::error!(fault = fault.inner(), "the numbers could not be read");
            Problem::from(&fault).into_response()
        }
    }
}

fn plain(content_type: &'static str, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
