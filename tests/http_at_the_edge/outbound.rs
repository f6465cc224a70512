//! The way out against receivers that are gone, untrusted, or point elsewhere; and TLS from end to end.

use super::{PATIENCE, start, start_with};
use bindeledd::delivery::{DeliveryFailure, Evidence};
use bindeledd::domain::{DeliveryId, MsgId, Private, Seeded, TrackingId};
use bindeledd::transports::http::{InOptions, OutOptions, Outbound, Target};
use bindeledd::transports::{Outbound as _, Shipment};
use bindeledd::web::{ServerLimits, server_tls};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn shipment() -> Shipment {
    Shipment {
        delivery: DeliveryId(1),
        tracking: TrackingId::new(&Seeded::new(1)),
        msg_id: MsgId::new("b088a160-0698-11e8-b566-0800200c9a66"),
        message_type: "LOG_INNLAGT".into(),
        receiver: None,
        belongs_to: None,
        bytes: "<a/>".into(),
        attempt: 1,
    }
}

fn options(url: &str) -> OutOptions {
    let mut options = OutOptions::new(Target::parse(url, false).unwrap());
    options.bearer_token = Some(Private::new("gp-secret".into()));
    options
}

async fn hand_over(options: &OutOptions) -> Result<Evidence, DeliveryFailure> {
    let outbound = Outbound::new(options).unwrap();
    let shipment = shipment();
    tokio::time::timeout(PATIENCE, outbound.hand_over(&shipment)).await.expect("it ends")
}

fn temporary(outcome: Result<Evidence, DeliveryFailure>) -> String {
    match outcome {
        Err(DeliveryFailure::Temporary(cause)) => cause.to_string(),
        other => panic!("{other:?}"),
    }
}

fn pem(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http_at_the_edge/tls").join(name)
}

#[tokio::test]
async fn one_gateway_can_hand_over_to_another() {
    let here = start().await;
    let evidence = hand_over(&options(&format!("http://{}/messages", here.address))).await.unwrap();
    assert_eq!(evidence.proof.to_string(), format!("HTTP 202 from {}", here.address));
    assert_eq!(here.book.taken()[0].bytes, "<a/>");
}

#[tokio::test]
async fn a_host_that_refuses_or_has_no_address_is_a_temporary_failure() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refused = temporary(hand_over(&options(&format!("http://{address}/in"))).await);
    assert!(refused.contains("refused"), "{refused}");
    temporary(hand_over(&options("https://no-such-host.invalid/in")).await);
}

#[tokio::test]
async fn parcels_go_over_tls_to_a_partner_with_an_authority_of_its_own() {
    let tls = server_tls(&pem("localhost.pem"), &pem("localhost.key")).unwrap();
    let here = start_with(InOptions::default(), ServerLimits::default(), Some(tls)).await;
    let mut options = options(&format!("https://localhost:{}/messages", here.address.port()));
    let untrusted = temporary(hand_over(&options).await);
    assert!(untrusted.contains("is the certificate valid and trusted?"), "{untrusted}");
    assert_eq!(here.book.asked(), 0, "nothing goes to a stranger");
    options.ca_file = Some(pem("ca.pem"));
    hand_over(&options).await.unwrap();
    assert_eq!(here.book.taken()[0].bytes, "<a/>");
}

#[tokio::test]
async fn a_listener_without_tls_behind_an_https_address_is_a_temporary_failure() {
    let here = start().await;
    temporary(hand_over(&options(&format!("https://localhost:{}/messages", here.address.port()))).await);
}

#[test]
fn files_that_are_no_certificates_or_keys_are_named() {
    for (chain, key) in [
        ("README.md", "localhost.key"),
        ("localhost.pem", "ca.pem"),
        ("none.pem", "localhost.key"),
        ("ca.pem", "localhost.key"),
    ] {
        let fault = server_tls(&pem(chain), &pem(key)).err().unwrap();
        assert!(fault.inner().contains("cannot be used"), "{}", fault.inner());
    }
}

/// A receiver that says one thing to everybody, byte for byte, and counts who came.
async fn says(answer: &'static str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/in", listener.local_addr().unwrap());
    let came = Arc::new(AtomicUsize::new(0));
    let counter = came.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (url, came)
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (elsewhere, visitors) = says("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let answer = format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: {elsewhere}\r\ncontent-length: 0\r\n\r\n");
    let (url, _) = says(answer.leak()).await;
    assert!(matches!(hand_over(&options(&url)).await, Err(DeliveryFailure::Permanent(_))));
    assert_eq!(visitors.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_answer_that_is_no_http_or_ends_in_its_head_leaves_the_outcome_unknown() {
    for answer in ["", "HTTP/1.1 20", "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 999999 what\r\n\r\n"] {
        let (url, _) = says(answer).await;
        let outcome = hand_over(&options(&url)).await;
        assert!(matches!(outcome, Err(DeliveryFailure::Unknown(_))), "{answer:?}: {outcome:?}");
    }
}

#[tokio::test]
async fn the_status_counts_even_when_the_body_of_the_answer_never_ends() {
    let (url, _) = says("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\nhalf").await;
    assert!(hand_over(&options(&url)).await.is_ok());
}
