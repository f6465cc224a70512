//! The HTTP transport in the conformance suite: real requests over the loopback interface.

use super::book::Book;
use super::{Failing, PATIENCE, Running, Saw, WayIn, WayOut};
use axum::Router;
use bindeledd::domain::PartnerName;
use bindeledd::transports::http::{self, InOptions, OutOptions, Outbound, Target, TokenHash, Tokens};
use bindeledd::transports::{BoxFuture, Counters, Inbox, Stopper};
use bindeledd::web::{ServerLimits, serve};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{HeaderMap, Request, Response};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// Makes the routes of a door.
pub type Routes = fn(Arc<dyn Inbox>, Arc<Tokens>, InOptions, Arc<Counters>) -> Router;

/// How one door over HTTP differs from another.
pub struct Manners {
    pub router: Routes,
    pub path: &'static str,
    pub content_type: &'static str,
    /// What a peer reads in the answer to what was taken.
    pub receipt: fn(&HeaderMap, &str) -> Saw,
}

struct In {
    url: String,
    manners: &'static Manners,
    client: Client<HttpConnector, Full<Bytes>>,
    running: Running,
}

static MANNERS: Manners = Manners {
    router: http::router,
    path: "/messages",
    content_type: "application/xml",
    receipt: |_, told| {
        let receipt: serde_json::Value = serde_json::from_str(told).unwrap();
        Saw::Receipt { tracking: receipt["tracking"].as_str().unwrap().into(), repeated: receipt["repeated"].as_bool() }
    },
};

pub fn open_in(book: Arc<Book>, limit: usize) -> BoxFuture<'static, Arc<dyn WayIn>> {
    open(book, limit, &MANNERS)
}

/// Opens a door with these manners, and a client of it.
pub fn open(book: Arc<Book>, limit: usize, manners: &'static Manners) -> BoxFuture<'static, Arc<dyn WayIn>> {
    Box::pin(async move {
        let mut tokens = Tokens::default();
        tokens.add(TokenHash::of("secret"), PartnerName::parse("gp").unwrap()).unwrap();
        let options = InOptions { max_message_bytes: limit, ..InOptions::default() };
        let router = (manners.router)(book, Arc::new(tokens), options, Arc::new(Counters::default()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}{}", listener.local_addr().unwrap(), manners.path);
        let (stopper, stop) = Stopper::new();
        let task = tokio::spawn(async move { serve(listener, router, None, stop, ServerLimits::default()).await.unwrap() });
        let client = Client::builder(TokioExecutor::new()).build_http();
        Arc::new(In { url, manners, client, running: Running::new(stopper, task) }) as Arc<dyn WayIn>
    })
}

impl WayIn for In {
    fn bring(&self, bytes: Bytes) -> BoxFuture<'_, Saw> {
        Box::pin(async move {
            let request = Request::post(&self.url)
                .header("authorization", "Bearer secret")
                .header("content-type", self.manners.content_type)
                .body(Full::new(bytes))
                .unwrap();
            let answered = tokio::time::timeout(PATIENCE, self.client.request(request)).await.expect("it answers in time");
            let Ok(response) = answered else { return Saw::NotYet };
            let (head, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            let told = String::from_utf8(body.to_vec()).unwrap();
            match head.status.as_u16() {
                202 => (self.manners.receipt)(&head.headers, &told),
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

pub struct Out {
    pub outbound: Box<dyn bindeledd::transports::Outbound>,
    pub far_end: Arc<FarEnd>,
}

#[derive(Default)]
pub struct FarEnd {
    got: Mutex<Vec<Bytes>>,
    failing: Mutex<Option<Failing>>,
}

impl FarEnd {
    async fn answer(&self, request: Request<hyper::body::Incoming>) -> Result<Response<Full<Bytes>>, &'static str> {
        let bytes = request.into_body().collect().await.map_err(|_| "cut")?.to_bytes();
        let failing = *self.failing.lock().unwrap();
        let mut response = Response::new(Full::new(Bytes::from_static(b"an answer that nobody reads: 01815000274")));
        *response.status_mut() = match failing {
            None => hyper::StatusCode::OK,
            Some(Failing::Temporary) => hyper::StatusCode::SERVICE_UNAVAILABLE,
            Some(Failing::Permanent) => hyper::StatusCode::NOT_FOUND,
            // The connection is closed without an answer.
            Some(Failing::Unknown) => return Err("gone"),
        };
        if failing.is_none() {
            self.got.lock().unwrap().push(bytes);
        }
        Ok(response)
    }
}

/// A receiver that listens until the test is over.
pub async fn listen(far_end: Arc<FarEnd>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let far_end = far_end.clone();
            let service = hyper::service::service_fn(move |request| {
                let far_end = far_end.clone();
                async move { far_end.answer(request).await }
            });
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    address
}

pub fn open_out() -> BoxFuture<'static, Arc<dyn WayOut>> {
    Box::pin(async {
        let far_end = Arc::new(FarEnd::default());
        let address = listen(far_end.clone()).await;
        let target = Target::parse(&format!("http://{address}/in"), false).unwrap();
        let outbound = Box::new(Outbound::new(&OutOptions::new(target)).unwrap());
        Arc::new(Out { outbound, far_end }) as Arc<dyn WayOut>
    })
}

impl WayOut for Out {
    fn outbound(&self) -> &dyn bindeledd::transports::Outbound {
        &*self.outbound
    }

    fn got(&self) -> Vec<Bytes> {
        self.far_end.got.lock().unwrap().clone()
    }

    fn fail(&self, how: Failing) -> bool {
        *self.far_end.failing.lock().unwrap() = Some(how);
        true
    }

    fn mend(&self) {
        *self.far_end.failing.lock().unwrap() = None;
    }
}
