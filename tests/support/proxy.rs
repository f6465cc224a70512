//! A stretch of wire between a client and a server, which can be cut.

use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How the wire is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wire {
    /// Everything passes.
    Whole,
    /// Nobody gets a connection, and those that there are end.
    Cut,
    /// When the client has sent these bytes, it gets no more answers, and the connection ends.
    CutBehind(&'static [u8]),
}

/// The wire.
pub struct Proxy {
    /// Where the client's end is.
    pub address: SocketAddr,
    state: Arc<watch::Sender<Wire>>,
}

impl Proxy {
    /// A whole wire to a server.
    pub async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let state = Arc::new(watch::Sender::new(Wire::Whole));
        let states = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if *states.borrow() != Wire::Cut {
                    tokio::spawn(carry(client, server, states.subscribe()));
                }
            }
        });
        Self { address, state }
    }

    /// Changes the wire.
    pub fn set(&self, wire: Wire) {
        self.state.send_replace(wire);
    }
}

async fn carry(client: TcpStream, server: SocketAddr, mut state: watch::Receiver<Wire>) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let ((mut from_client, mut to_client), (mut from_server, mut to_server)) = (client.into_split(), server.into_split());
    let states = state.clone();
    let there = async {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(length @ 1..) = from_client.read(&mut buffer).await {
            let sent = &buffer[..length];
            let passed = to_server.write_all(sent).await;
            let is_behind = |last: &[u8]| sent.windows(last.len()).any(|window| window == last);
            let is_cut = matches!(*states.borrow(), Wire::CutBehind(last) if is_behind(last));
            if is_cut || passed.is_err() {
                return;
            }
        }
    };
    let back = async {
        tokio::io::copy(&mut from_server, &mut to_client).await.ok();
    };
    tokio::select! {
        biased;
        () = there => {}
        () = back => {}
        _ = state.wait_for(|wire| *wire == Wire::Cut) => {}
    }
}
