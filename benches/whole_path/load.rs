//! The senders: each has one connection, sends a message, waits for the 202, sends the next.

use crate::gateway::{GatewayProcess, TOKEN};
use crate::letters::{GP, HOSPITAL, Letter};
use bindeledd::domain::new_uuid;
use bindeledd::gateway::MachineChance;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

pub struct Load {
    address: SocketAddr,
    size: usize,
    connections: usize,
}

impl Load {
    pub fn new(gateway: &GatewayProcess, size: usize, connections: usize) -> Self {
        Self { address: gateway.address, size, connections }
    }

    /// Sends for a time; the time from request to answer of each message, shortest first.
    pub async fn send_for(self, time: Duration) -> Vec<Duration> {
        let until = Instant::now() + time;
        self.send_while(move || Instant::now() < until).await
    }

    pub async fn send_count(self, count: usize) {
        let left = Arc::new(AtomicUsize::new(count));
        self.send_while(move || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok()).await;
    }

    async fn send_while(self, more: impl Fn() -> bool + Clone + Send + 'static) -> Vec<Duration> {
        let senders: Vec<_> =
            (0..self.connections).map(|_| tokio::spawn(send(self.address, self.size, more.clone()))).collect();
        let mut latencies = Vec::new();
        for sender in senders {
            latencies.extend(sender.await.expect("ran"));
        }
        latencies.sort_unstable();
        latencies
    }
}

async fn send(address: SocketAddr, size: usize, more: impl Fn() -> bool) -> Vec<Duration> {
    let stream = TcpStream::connect(address).await.expect("connects");
    stream.set_nodelay(true).expect("sets");
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("speaks HTTP");
    tokio::spawn(connection);
    let template = template(size);
    let chance = MachineChance::default();
    let mut latencies = Vec::new();
    while more() {
        let body = template.replacen(PLACEHOLDER, &new_uuid(&chance), 1);
        let request = Request::post("/messages")
            .header("host", "bench")
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("content-type", "application/xml")
            .body(Full::new(Bytes::from(body)))
            .expect("a request");
        let started = Instant::now();
        let response = sender.send_request(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::ACCEPTED);
        let receipt = response.into_body().collect().await.expect("its body").to_bytes();
        latencies.push(started.elapsed());
        // A message that is refused takes a shorter way.
        let is_accepted = receipt.windows(ACCEPTED.len()).any(|part| part == ACCEPTED);
        assert!(is_accepted, "{}", String::from_utf8_lossy(&receipt));
    }
    latencies
}

const ACCEPTED: &[u8] = b"\"state\":\"accepted\"";
const PLACEHOLDER: &str = "00000000-0000-4000-8000-000000000000";

/// A message of this size that the rules accept, made of elements as a real one is, not of one long text.
fn template(size: usize) -> String {
    const UNIT_END: &str = "</po:TilknyttetEnhet>";
    let message = Letter::new(PLACEHOLDER, HOSPITAL, GP).xml();
    let start = message.find("<po:TilknyttetEnhet>").expect("a unit, of which there may be any number");
    let end = message.find(UNIT_END).expect("it ends") + UNIT_END.len();
    let units = message[start..end].repeat(size.saturating_sub(message.len()) / (end - start));
    format!("{}{units}{}", &message[..end], &message[end..])
}
