//! A FHIR server that messages and transactions are handed to: one POST each, no redirects.
//!
//! The bytes go out as they are. fhir-sdk's own client would send what its model made of them, by a second HTTP stack
//! (docs/decisions/015-fhir-sdk-at-the-edge.md).

use super::answer::Answer;
use crate::domain::Fault;
use crate::https::{Connection, End, OutOptions, classify};
use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::Uri;
use hyper::body::Incoming;
use hyper::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use std::time::Duration;
use tokio::time::timeout;

/// `[base]/$process-message`, which takes a message (FHIR R4, messageheader-operation-process-message).
const PROCESS_MESSAGE: &str = "$process-message";
const FHIR_JSON: HeaderValue = HeaderValue::from_static("application/fhir+json; fhirVersion=4.0");
const PREFER: HeaderName = HeaderName::from_static("prefer");
/// The answer to a transaction need not repeat what we have sent.
const RETURN_MINIMAL: HeaderValue = HeaderValue::from_static("return=minimal");
/// An answer that is longer is not read; its status counts.
const ANSWER_BODY_BYTES: usize = 4 * 1024 * 1024;
/// An answer whose body takes longer is not read; its status counts.
const ANSWER_BODY_TIME: Duration = Duration::from_secs(10);

/// One server.
pub struct FhirServer {
    connection: Connection,
    base: Uri,
    process_message: Uri,
    answer_within: Duration,
}

impl FhirServer {
    /// The target of the options is the server's base URL. `answer_within` is for the head of an answer, from the beginning.
    /// Connects to nobody yet.
    pub fn new(options: &OutOptions, answer_within: Duration) -> Result<Self, Fault> {
        let base = options.target.uri().clone();
        let process_message = options.target.below(PROCESS_MESSAGE).uri().clone();
        Ok(Self { base, process_message, connection: Connection::new(options)?, answer_within })
    }

    /// Hands a message over: POST `[base]/$process-message`. `beside` are further headers.
    pub async fn post_message(&self, bundle: Bytes, beside: HeaderMap) -> Answer {
        self.post(&self.process_message, bundle, beside).await
    }

    /// Hands a transaction over: POST `[base]`. `beside` are further headers.
    pub async fn post_transaction(&self, bundle: Bytes, mut beside: HeaderMap) -> Answer {
        beside.insert(PREFER, RETURN_MINIMAL);
        self.post(&self.base, bundle, beside).await
    }

    async fn post(&self, to: &Uri, bundle: Bytes, mut headers: HeaderMap) -> Answer {
        headers.insert(CONTENT_TYPE, FHIR_JSON);
        headers.insert(ACCEPT, FHIR_JSON);
        headers.insert(USER_AGENT, HeaderValue::from_static("bindeledd"));
        let from = self.connection.target().shown();
        let request = self.connection.post(to.clone(), headers, bundle);
        match timeout(self.answer_within, self.connection.send(request)).await {
            Err(_) => Answer::none(classify(End::NoAnswer("no answer came in time"), from)),
            Ok(Err(end)) => Answer::none(classify(end, from)),
            Ok(Ok(response)) => {
                let status = response.status().as_u16();
                match body(response.into_body()).await {
                    Some(body) => Answer::read(status, body, from),
                    None => Answer::none(classify(End::Status(status), from)),
                }
            }
        }
    }
}

async fn body(body: Incoming) -> Option<Bytes> {
    let reading = Limited::new(body, ANSWER_BODY_BYTES).collect();
    Some(timeout(ANSWER_BODY_TIME, reading).await.ok()?.ok()?.to_bytes())
}
