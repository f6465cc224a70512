//! The promise: over AMQP nothing is lost and nothing is said too early, whatever happens to the broker, to the wire, to the queues or
//! to us. The broker is a real one, of the tests' own.

#![expect(clippy::unwrap_used, reason = "in a test, what is not there is a failure")]

#[path = "../support/peer.rs"]
mod peer;
#[path = "../support/plain_http.rs"]
#[expect(dead_code, reason = "only the readiness is asked")]
mod plain_http;
#[path = "../support/process.rs"]
#[expect(dead_code, reason = "its log is read in other tests")]
mod process;
#[path = "../support/proxy.rs"]
#[expect(dead_code, reason = "the wire is cut in another way in another test")]
mod proxy;
#[path = "../support/rabbitmq.rs"]
mod rabbitmq;

mod inbound;
mod outbound;
mod permissions;
mod service;

use std::time::Duration;

/// Nothing here takes minutes; what takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// Waits for something, but not for ever.
async fn soon<T>(what: &str, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| panic!("{what}: not in time"))
}
