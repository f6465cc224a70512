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
        response.into_body().collect().await.expect("its body");
        latencies.push(started.elapsed());
    }
    latencies
}

const PLACEHOLDER: &str = "00000000-0000-4000-8000-000000000000";

/// A message of this size, made of elements as a real one is, not of one long text.
fn template(size: usize) -> String {
    let event = "<TidsfestetHendelse xmlns=\"http://www.kith.no/xmlstds/po/poKomponent/2012-04-01\">\
                 <Hendelsekode V=\"1\" DN=\"Pasient innlagt\" S=\"2.16.578.1.12.4.1.1.9121\"/>\
                 <BeskrivelseAvHendelse>Innlagt til observasjon</BeskrivelseAvHendelse>\
                 <TidspunktForHendelse V=\"2026-03-02T10:00:00\"/><Anslag>false</Anslag></TidsfestetHendelse>";
    let empty = Letter::new(PLACEHOLDER, HOSPITAL, GP).xml();
    let events = event.repeat(size.saturating_sub(empty.len()) / event.len());
    empty.replace("</MeldingInnlagtPasient>", &format!("{events}</MeldingInnlagtPasient>"))
}
