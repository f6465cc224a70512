//! The bounds of the listener: slow heads, too many connections, an end that drains.

use super::{PATIENCE, begin_post, read_to_end, start, start_with};
use bindeledd::transports::http::InOptions;
use bindeledd::web::ServerLimits;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const SHORT: Duration = Duration::from_millis(30);

#[tokio::test]
async fn a_connection_that_says_nothing_or_never_ends_its_head_is_closed() {
    let limits = ServerLimits { head_time: SHORT, ..ServerLimits::default() };
    let here = start_with(InOptions::default(), limits, None).await;
    for begun in ["", "GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow:"] {
        let mut stream = here.connect().await;
        stream.write_all(begun.as_bytes()).await.unwrap();
        let answer = read_to_end(&mut stream).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let here = start().await;
    let many = (0..1000).map(|n| format!("x-{n}: 1\r\n")).collect::<String>();
    let long = format!("x: {}\r\n", "1".repeat(200_000));
    for headers in [many, long] {
        let mut stream = here.connect().await;
        // It may close before all is written.
        let _ = stream.write_all(format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{headers}\r\n").as_bytes()).await;
        let answer = read_to_end(&mut stream).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
    }
}

#[tokio::test]
async fn one_connection_too_many_waits_until_another_ends() {
    let limits = ServerLimits { connections: 1, ..ServerLimits::default() };
    let here = start_with(InOptions::default(), limits, None).await;
    let mut first = here.connect().await;
    let request = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    first.write_all(request).await.unwrap();
    assert!(first.read_u8().await.is_ok(), "the first is served");
    let mut second = here.connect().await;
    second.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let waits = tokio::time::timeout(SHORT, second.read_u8()).await;
    assert!(waits.is_err(), "the second is not");
    drop(first);
    assert!(read_to_end(&mut second).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn stopping_ends_idle_connections_at_once_and_refuses_new_ones() {
    let limits = ServerLimits { drain_time: PATIENCE, head_time: PATIENCE, ..ServerLimits::default() };
    let here = start_with(InOptions::default(), limits, None).await;
    let mut used = here.connect().await;
    used.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    assert!(used.read_u8().await.is_ok());
    let mut unused = here.connect().await;
    here.stopper.stop();
    tokio::time::timeout(PATIENCE / 2, here.serving).await.expect("nobody is waited for").unwrap().unwrap();
    assert!(tokio::net::TcpStream::connect(here.address).await.is_err());
    read_to_end(&mut used).await;
    read_to_end(&mut unused).await;
}

#[tokio::test]
async fn a_request_that_takes_longer_than_draining_is_cut() {
    let limits = ServerLimits { drain_time: SHORT, ..ServerLimits::default() };
    let here = start_with(InOptions::default(), limits, None).await;
    here.book.hold_answers();
    let mut stream = here.connect().await;
    begin_post(&mut stream, 4, "<a/>").await;
    here.book.asked_at_least(1).await;
    here.stopper.stop();
    tokio::time::timeout(PATIENCE, here.serving).await.expect("it ends").unwrap().unwrap();
    assert_eq!(read_to_end(&mut stream).await, "", "cut without an answer: the peer will ask again");
}
