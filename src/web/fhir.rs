//! `GET /fhir/metadata` and the definitions that it names: what the FHIR door takes, for people and programs. Nothing here is about a person.

use super::ParcelReader;
use crate::domain::Timestamp;
use crate::translation::conformance::{Operation, capability, find, search};
use crate::translation::forms::is_bundle;
use crate::transports::fhir::{ParcelId, bytes, refused, resource};
use crate::transports::http::{Problem, ProblemKind, Tokens};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Response, header};
use axum::{Router, routing::get};
use bytes::Bytes;
use percent_encoding::percent_decode_str;
use std::sync::Arc;

/// What the server says of itself, and what it gives out.
pub struct FhirServer {
    /// Where a partner fetches what it was notified of.
    pub parcels: Arc<dyn ParcelReader>,
    /// Who may ask.
    pub tokens: Arc<Tokens>,
    /// Since when it is what it is: its start.
    pub since: Timestamp,
    /// Whether it is reached with TLS.
    pub is_encrypted: bool,
}

/// The one operation there is.
const PROCESS_MESSAGE: Operation<'static> = Operation {
    name: "process-message",
    definition: "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message",
};

/// The routes.
pub fn router(server: FhirServer) -> Router {
    Router::new()
        .route("/fhir/metadata", get(metadata))
        .route("/fhir/Bundle/{id}", get(parcel))
        .route("/fhir/{kind}", get(all_of))
        .route("/fhir/{kind}/{id}", get(one))
        .with_state(Arc::new(server))
}

async fn metadata(State(server): State<Arc<FhirServer>>, headers: HeaderMap) -> Response<Body> {
    let scheme = if server.is_encrypted { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let base = format!("{scheme}://{host}/fhir");
    resource(200, &capability(env!("CARGO_PKG_VERSION"), &base, &server.since.to_string(), &[PROCESS_MESSAGE]))
}

/// All definitions of a type, or with `?url=` the one that has it. What else may be asked is refused: a filter that is passed over
/// would answer another question.
async fn all_of(Path(kind): Path<String>, request: Request) -> Response<Body> {
    let url = match request.uri().query().unwrap_or_default() {
        "" => None,
        query => match query.strip_prefix("url=").filter(|url| !url.contains('&')) {
            Some(url) => Some(percent_decode_str(url).decode_utf8_lossy().into_owned()),
            None => return refused(Problem::new(ProblemKind::QueryUnknown), request.headers()),
        },
    };
    match search(&kind, url.as_deref()) {
        Some(bundle) => resource(200, &bundle),
        None => refused(Problem::new(ProblemKind::NoSuchPath), request.headers()),
    }
}

/// A message that the asker was notified of. To everybody else it is as if there were none.
async fn parcel(State(server): State<Arc<FhirServer>>, Path(id): Path<String>, headers: HeaderMap) -> Response<Body> {
    match fetched(&server, &id, &headers).await {
        Ok(bundle) => bytes(bundle),
        Err(problem) => refused(problem, &headers),
    }
}

async fn fetched(server: &FhirServer, id: &str, headers: &HeaderMap) -> Result<Bytes, Problem> {
    let asker = server.tokens.partner(headers)?;
    let unknown = || Problem::new(ProblemKind::MessageUnknown);
    let id = ParcelId::parse(id).ok_or_else(unknown)?;
    let found = server.parcels.parcel(id, asker).await.map_err(|fault| {
        tracing::error!(partner = %asker, fault = fault.inner(), "a parcel could not be given out");
        Problem::from(&fault)
    })?;
    found.filter(|bytes| is_bundle(bytes)).ok_or_else(unknown)
}

async fn one(Path((kind, id)): Path<(String, String)>, headers: HeaderMap) -> Response<Body> {
    match find(&kind, &id) {
        Some(found) => resource(200, found),
        None => refused(Problem::new(ProblemKind::NoSuchPath), &headers),
    }
}
