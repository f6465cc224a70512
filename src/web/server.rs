//! The listening: a bounded number of connections, each with a bounded head and a bounded patience, and an end that drains.

use super::tls::Tls;
use crate::domain::Fault;
use crate::transports::Stop;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

/// The bounds of the listener.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServerLimits {
    /// Connections at a time; more wait to be accepted.
    pub connections: usize,
    /// Header lines of a request.
    pub headers: usize,
    /// The head of a request, and what is read of a body at a time, in bytes.
    pub buffer_bytes: usize,
    /// How long the head of a request may take; an idle connection is closed after as long.
    pub head_time: Duration,
    /// How long a TLS handshake may take.
    pub handshake_time: Duration,
    /// How long requests under way may take when stopping is wished.
    pub drain_time: Duration,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            connections: 1024,
            headers: 64,
            buffer_bytes: 64 * 1024,
            head_time: Duration::from_secs(15),
            handshake_time: Duration::from_secs(10),
            drain_time: Duration::from_secs(10),
        }
    }
}

/// How long we leave the listener alone when it cannot accept, for instance because all file handles are in use.
const PAUSE_AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(100);

/// Serves until stopping is wished and what is under way is answered, or `drain_time` is over.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<Tls>,
    mut stop: Stop,
    limits: ServerLimits,
) -> Result<(), Fault> {
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = stop.wished() => break,
            accepted = accept(&listener, &places) => accepted,
        };
        reap(&mut connections);
        match accepted {
            Ok((stream, place)) => {
                let (router, watcher) = (router.clone(), graceful.watcher());
                let connection = Connection { router, watcher, limits: limits.clone(), stop: stop.clone(), _place: place };
                connections.spawn(connection.run(stream, tls.clone()));
            }
            Err(error) => {
                tracing::warn!(error = ?error.kind(), "a connection could not be accepted");
                tokio::time::sleep(PAUSE_AFTER_FAILED_ACCEPT).await;
            }
        }
    }
    // From here on the port refuses, so that a load balancer turns to another at once.
    drop(listener);
    if tokio::time::timeout(limits.drain_time, graceful.shutdown()).await.is_err() {
        tracing::warn!(connections = connections.len(), "connections were cut because they did not end in time");
    }
    connections.shutdown().await;
    Ok(())
}

/// Takes a place first: while there is none, connections wait with the operating system instead of with us.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> std::io::Result<(TcpStream, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.map_err(std::io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    Ok((stream, place))
}

/// Forgets connections that have ended.
fn reap(connections: &mut JoinSet<()>) {
    while let Some(ended) = connections.try_join_next() {
        if ended.is_err_and(|error| error.is_panic()) {
            tracing::error!("the answer to a request broke off; its connection was closed without an answer");
        }
    }
}

struct Connection {
    router: Router,
    watcher: Watcher,
    limits: ServerLimits,
    stop: Stop,
    _place: OwnedSemaphorePermit,
}

impl Connection {
    async fn run(mut self, stream: TcpStream, tls: Option<Tls>) {
        // Answers are small and complete: waiting for more to send with them gains nothing.
        let _ = stream.set_nodelay(true);
        let Some(Tls(acceptor)) = tls else { return self.answer(stream).await };
        let handshake = tokio::select! {
            // Nothing has been asked yet, so nobody is owed an answer.
            () = self.stop.wished() => return,
            handshake = tokio::time::timeout(self.limits.handshake_time, acceptor.accept(stream)) => handshake,
        };
        match handshake {
            Ok(Ok(stream)) => self.answer(stream).await,
            Ok(Err(error)) => tracing::debug!(error = ?error.kind(), "a TLS handshake failed"),
            Err(_) => tracing::debug!("a TLS handshake took too long"),
        }
    }

    async fn answer(self, stream: impl AsyncRead + AsyncWrite + Unpin + 'static) {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(self.limits.head_time)
            .max_headers(self.limits.headers)
            .max_buf_size(self.limits.buffer_bytes.max(LEAST_BUFFER_BYTES));
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(self.router));
        if let Err(error) = self.watcher.watch(connection).await {
            tracing::debug!(time_out = error.is_timeout(), parse = error.is_parse(), "a connection ended early");
        }
    }
}

/// hyper takes no smaller one.
const LEAST_BUFFER_BYTES: usize = 8192;
