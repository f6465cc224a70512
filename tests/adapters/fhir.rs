//! The FHIR transport in the conformance suite: real requests over the loopback interface, answered by OperationOutcomes.

use super::book::Book;
use super::http::{FarEnd, Out, listen};
use super::{PATIENCE, Running, Saw, WayIn, WayOut};
use bindeledd::domain::PartnerName;
use bindeledd::transports::fhir::{self, Delivers, OutOptions, Outbound};
use bindeledd::transports::http::{self, InOptions, Target, TokenHash, Tokens};
use bindeledd::transports::{BoxFuture, Counters, Stopper};
use bindeledd::web::{ServerLimits, serve};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use std::sync::Arc;
use tokio::net::TcpListener;

struct In {
    url: String,
    client: Client<HttpConnector, Full<Bytes>>,
    running: Running,
}

pub fn open_in(book: Arc<Book>, limit: usize) -> BoxFuture<'static, Arc<dyn WayIn>> {
    Box::pin(async move {
        let mut tokens = Tokens::default();
        tokens.add(TokenHash::of("secret"), PartnerName::parse("gp").unwrap()).unwrap();
        let options = InOptions { max_message_bytes: limit, ..InOptions::default() };
        let router = fhir::router(book, Arc::new(tokens), options, Arc::new(Counters::default()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/fhir/$process-message", listener.local_addr().unwrap());
        let (stopper, stop) = Stopper::new();
        let task = tokio::spawn(async move { serve(listener, router, None, stop, ServerLimits::default()).await.unwrap() });
        let client = Client::builder(TokioExecutor::new()).build_http();
        Arc::new(In { url, client, running: Running::new(stopper, task) }) as Arc<dyn WayIn>
    })
}

impl WayIn for In {
    fn bring(&self, bytes: Bytes) -> BoxFuture<'_, Saw> {
        Box::pin(async move {
            let request = Request::post(&self.url)
                .header("authorization", "Bearer secret")
                .header("content-type", "application/fhir+json")
                .body(Full::new(bytes))
                .unwrap();
            let answered = tokio::time::timeout(PATIENCE, self.client.request(request)).await.expect("it answers in time");
            let Ok(response) = answered else { return Saw::NotYet };
            let status = response.status().as_u16();
            let place = response.headers().get("location").map(|place| place.to_str().unwrap().to_string());
            let body = response.into_body().collect().await.unwrap().to_bytes();
            let told = String::from_utf8(body.to_vec()).unwrap();
            assert!(told.starts_with(r#"{"resourceType":"OperationOutcome""#), "{told}");
            match status {
                202 => Saw::Receipt { tracking: place.unwrap().replace("/messages/", ""), repeated: None },
                413 => Saw::TooLarge { told },
                400..=499 => Saw::TurnedAway { told },
                _ => Saw::NotYet,
            }
        })
    }

    fn running(&self) -> &Running {
        &self.running
    }
}

pub fn open_out() -> BoxFuture<'static, Arc<dyn WayOut>> {
    Box::pin(async {
        let far_end = Arc::new(FarEnd::default());
        let address = listen(far_end.clone()).await;
        let target = Target::parse(&format!("http://{address}/fhir"), false).unwrap();
        let base = http::OutOptions::new(target);
        let options = OutOptions { base, delivers: Delivers::Message, with_original: false };
        let outbound = Box::new(Outbound::new(&options).unwrap());
        Arc::new(Out { outbound, far_end }) as Arc<dyn WayOut>
    })
}
