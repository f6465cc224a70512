//! `GET /fhir/metadata` and the definitions that it names: what the FHIR door takes, for people and programs. Nothing here is about a person.

use crate::domain::Timestamp;
use crate::translation::conformance::{Operation, capability, find, search};
use crate::transports::fhir::{refused, resource};
use crate::transports::http::{Problem, ProblemKind};
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Response, header};
use axum::{Router, routing::get};
use percent_encoding::percent_decode_str;
use std::sync::Arc;

/// What the server says of itself.
#[derive(Clone, Debug)]
pub struct FhirServer {
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

async fn one(Path((kind, id)): Path<(String, String)>, headers: HeaderMap) -> Response<Body> {
    match find(&kind, &id) {
        Some(found) => resource(200, found),
        None => refused(Problem::new(ProblemKind::NoSuchPath), &headers),
    }
}
