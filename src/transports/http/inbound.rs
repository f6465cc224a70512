//! The way in: `POST /messages`. Every answer to it is made here; what it looks like stands in `document.rs`.

use super::body::{self, Room};
use super::document::accepted;
use super::problem::{Problem, ProblemKind};
use super::{InOptions, Tokens};
use crate::domain::PartnerName;
use crate::transports::{Answer, Arrival, Counters, HTTP, Inbox, Receipt, Reception};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response, header};
use axum::response::IntoResponse;
use axum::{Router, routing::post};
use std::sync::Arc;
use tokio::sync::Semaphore;

struct Door {
    inbox: Arc<dyn Inbox>,
    tokens: Arc<Tokens>,
    options: InOptions,
    counters: Arc<Counters>,
    room: Room,
    places: Semaphore,
}

/// The route that takes messages in. What no route knows is for whoever serves it to answer.
pub fn router(inbox: Arc<dyn Inbox>, tokens: Arc<Tokens>, options: InOptions, counters: Arc<Counters>) -> Router {
    let (room, places) = (Room::new(&options), Semaphore::new(options.requests_at_once));
    let door = Door { inbox, tokens, options, counters, room, places };
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
            // Who waits for "100 Continue" gets the refusal instead, and keeps the body.
            if !head.headers.contains_key(header::EXPECT) {
                body::drain(&mut body, &door.options).await;
            }
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
        content_type_is_xml(&head.headers).map_err(refused)?;
        let _place = self.places.try_acquire().map_err(|_| refused(Problem::new(ProblemKind::TooBusy)))?;
        let held = body::read(body, announced(&head.headers), &self.options, &self.room).await.map_err(refused)?;
        if held.bytes.is_empty() {
            return Err(refused(Problem::new(ProblemKind::MessageEmpty)));
        }
        self.ask(held.bytes.clone(), partner).await
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

/// `application/xml` or `text/xml`. Which encoding it is, the bytes decide; a charset that contradicts both is refused.
fn content_type_is_xml(headers: &HeaderMap) -> Result<(), Problem> {
    if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(Problem::new(ProblemKind::ContentEncoded));
    }
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let is_xml = ["application/xml", "text/xml"].iter().any(|xml| essence.eq_ignore_ascii_case(xml));
    if is_xml && parts.all(is_harmless_parameter) { Ok(()) } else { Err(Problem::new(ProblemKind::ContentTypeNotXml)) }
}

fn is_harmless_parameter(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return true };
    let value = value.trim().trim_matches('"');
    !name.trim().eq_ignore_ascii_case("charset")
        || ["utf-8", "iso-8859-1"].iter().any(|charset| value.eq_ignore_ascii_case(charset))
}

/// What Content-Length says; hyper has made sure that it is a number and stands there once.
fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(name: header::HeaderName, value: &str) -> bool {
        let mut headers = HeaderMap::from_iter([(header::CONTENT_TYPE, "text/xml".parse().unwrap())]);
        headers.insert(name, value.parse().unwrap());
        content_type_is_xml(&headers).is_ok()
    }

    #[test]
    fn xml_in_the_two_encodings_is_taken_however_it_is_declared() {
        for value in [
            "application/xml",
            "text/xml",
            "Application/XML; charset=UTF-8",
            "text/xml;charset=\"iso-8859-1\"",
            "application/xml; profile=x; charset=utf-8;",
        ] {
            assert!(is_taken(header::CONTENT_TYPE, value), "{value}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for value in
            ["", "application/json", "application/xml2", "text/xml; charset=utf-16", "text/plain", "application/soap+xml"]
        {
            assert!(!is_taken(header::CONTENT_TYPE, value), "{value}");
        }
        assert!(content_type_is_xml(&HeaderMap::new()).is_err(), "none at all");
        assert!(!is_taken(header::CONTENT_ENCODING, "gzip"));
        assert!(is_taken(header::CONTENT_ENCODING, "identity"));
    }
}
