//! The partner at the other end: takes messages and counts them, or is down.

use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;

pub struct Receiver {
    pub address: SocketAddr,
    taken: Arc<AtomicU64>,
}

impl Receiver {
    /// `up`: answers 200 when it has read the body; else 503.
    pub async fn start(up: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let taken = Arc::new(AtomicU64::new(0));
        let counter = taken.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let counter = counter.clone();
                let service = service_fn(move |request| answer(request, up, counter.clone()));
                tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Self { address, taken }
    }

    pub fn count(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    pub async fn wait_for(&self, count: u64) {
        while self.count() < count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    pub async fn wait_until_quiet(&self) {
        let mut before = u64::MAX;
        while before != self.count() {
            before = self.count();
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

async fn answer(request: Request<Incoming>, up: bool, taken: Arc<AtomicU64>) -> Result<Response<Empty<Bytes>>, Infallible> {
    let mut body = request.into_body();
    while let Some(frame) = body.frame().await {
        drop(frame);
    }
    taken.fetch_add(1, Ordering::Relaxed);
    let status = if up { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut response = Response::new(Empty::new());
    *response.status_mut() = status;
    Ok(response)
}
