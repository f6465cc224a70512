//! An address to which heads are posted: a witness, a log server of another department, whatever keeps what it gets.

use super::Anchor;
use crate::delivery::DeliveryFailure;
use crate::domain::Fault;
use crate::https::{Connection, End, OutOptions, classify, throw_away};
use crate::transports::BoxFuture;
use bytes::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use std::time::Duration;

/// The longest that one attempt takes.
const ATTEMPT: Duration = Duration::from_secs(30);

/// One POST for each head, as text. Only an answer of 200 to 299 says that it is kept.
pub(super) struct Posted(Connection);

impl Posted {
    pub(super) fn new(options: &OutOptions) -> Result<Self, Fault> {
        Connection::new(options).map(Self)
    }

    async fn post(&self, note: &str) -> End {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static("bindeledd"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        let request = self.0.post(self.0.target().uri().clone(), headers, Bytes::from(note.to_owned()));
        match self.0.send(request).await {
            Ok(response) => {
                let status = response.status().as_u16();
                throw_away(response.into_body()).await;
                End::Status(status)
            }
            Err(end) => end,
        }
    }
}

impl Anchor for Posted {
    fn name(&self) -> String {
        self.0.target().shown().to_owned()
    }

    fn put_down<'a>(&'a self, note: &'a str) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            let end = tokio::time::timeout(ATTEMPT, self.post(note)).await;
            let end = end.unwrap_or(End::NoAnswer("no answer came in time"));
            let told = |failure: DeliveryFailure| Fault::passing(failure.cause().to_string());
            classify(end, self.0.target().shown()).map(|_| ()).map_err(told)
        })
    }
}
