//! The gateway's HTTP interface as a partner's programmer meets it.

use super::cast::System;
use crate::domain::Fault;
use crate::translation::forms::is_bundle;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, LOCATION};
use hyper::{Method, Request, StatusCode};
use hyper_util::client::legacy::{Client as Http, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde::Deserialize;
use std::net::SocketAddr;
use std::time::Duration;

/// The gateway answers in milliseconds; longer than this is trouble.
const ANSWER_TIME: Duration = Duration::from_secs(10);
const ANSWER_BYTES_MAX: usize = 1 << 20;

/// `GET /messages/{id}`, as much of it as the demo shows.
#[derive(Deserialize, Debug)]
pub struct State {
    pub state: String,
    pub findings: Vec<Finding>,
    pub deliveries: Vec<Delivery>,
    pub history: Vec<Entry>,
}

/// What a rule found.
#[derive(Deserialize, Debug)]
pub struct Finding {
    pub rule: String,
    pub message: Words,
}

/// One text in several languages.
#[derive(Deserialize, Debug)]
pub struct Words {
    pub en: String,
}

/// What became of the message at one receiver.
#[derive(Deserialize, Debug)]
pub struct Delivery {
    pub partner: String,
    pub state: String,
    pub attempts: u32,
    pub last_cause: Option<String>,
}

/// One line of the history.
#[derive(Deserialize, Debug)]
pub struct Entry {
    pub what: String,
    pub why: Option<String>,
}

#[derive(Deserialize)]
struct Receipt {
    tracking: String,
}

/// A client of the gateway.
#[derive(Clone)]
pub struct Client {
    http: Http<HttpConnector, Full<Bytes>>,
    gateway: SocketAddr,
}

impl Client {
    /// Connects to nobody yet.
    pub fn new(gateway: SocketAddr) -> Self {
        Self { http: Http::builder(TokioExecutor::new()).build_http(), gateway }
    }

    /// `POST /messages`, or for a Bundle `POST /fhir/$process-message`; answers the tracking id of the receipt.
    pub async fn send(&self, system: &System, message: Bytes) -> Result<String, Fault> {
        if is_bundle(&message) {
            return self.send_bundle(system, message).await;
        }
        let request = Request::post(format!("http://{}/messages", self.gateway)).header(CONTENT_TYPE, "application/xml");
        let receipt: Receipt = self.ask(request, system, message, StatusCode::ACCEPTED).await?;
        Ok(receipt.tracking)
    }

    /// `GET /messages/{id}`.
    pub async fn state(&self, system: &System, tracking: &str) -> Result<State, Fault> {
        let request = Request::builder().method(Method::GET).uri(format!("http://{}/messages/{tracking}", self.gateway));
        self.ask(request, system, Bytes::new(), StatusCode::OK).await
    }

    /// The answer is an OperationOutcome; the tracking id stands at the end of the address where the state can be read.
    async fn send_bundle(&self, system: &System, bundle: Bytes) -> Result<String, Fault> {
        let url = format!("http://{}/fhir/$process-message", self.gateway);
        let request = Request::post(url).header(CONTENT_TYPE, "application/fhir+json");
        let (headers, _) = self.exchange(request, system, bundle, StatusCode::ACCEPTED).await?;
        let place = headers.get(LOCATION).and_then(|place| place.to_str().ok());
        let tracking = place.and_then(|place| place.strip_prefix("/messages/")).map(str::to_owned);
        tracking.ok_or_else(|| Fault::lasting(format!("{}: the gateway did not say where the state is", system.title)))
    }

    async fn ask<T: for<'d> Deserialize<'d>>(
        &self,
        request: hyper::http::request::Builder,
        system: &System,
        body: Bytes,
        expected: StatusCode,
    ) -> Result<T, Fault> {
        let (_, answer) = self.exchange(request, system, body, expected).await?;
        let not_as_said = |_| format!("{}: the answer of the gateway is not what its pages say", system.title);
        serde_json::from_slice(&answer).map_err(not_as_said).map_err(Fault::lasting)
    }

    async fn exchange(
        &self,
        request: hyper::http::request::Builder,
        system: &System,
        body: Bytes,
        expected: StatusCode,
    ) -> Result<(HeaderMap, Bytes), Fault> {
        let trouble = |what: String| Fault::lasting(format!("{}: {what}", system.title));
        let request = request.header(AUTHORIZATION, format!("Bearer {}", system.token()));
        let request = request.body(Full::new(body)).map_err(|_| trouble("the request cannot be written".into()))?;
        let asking = async {
            let response = self.http.request(request).await.map_err(|_| "the gateway did not answer")?;
            let (head, body) = response.into_parts();
            let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
            Ok((head.status, head.headers, body.map_err(|_| "the answer of the gateway broke off")?.to_bytes()))
        };
        let in_time = tokio::time::timeout(ANSWER_TIME, asking).await.unwrap_or(Err("the gateway took too long to answer"));
        let (status, headers, answer) = in_time.map_err(|what: &str| trouble(what.into()))?;
        if status != expected {
            return Err(trouble(format!("the gateway answered {status} where the script has {expected}")));
        }
        Ok((headers, answer))
    }
}
