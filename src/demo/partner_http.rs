//! A partner that speaks HTTP: a small server that takes what the gateway posts, and posts its AppRecs back.

use super::bundles::{Opened, receipt};
use super::client::Client;
use super::desk::{Desk, What};
use crate::domain::{Fault, new_uuid};
use crate::translation::forms::is_bundle;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};

const PARCEL_BYTES_MAX: usize = 32 << 20;
const BACKLOG: u32 = 64;
/// AppRecs that wait to be sent.
const OUTBOX: usize = 64;

/// The partner's side of the line.
pub struct HttpPartner {
    pub desk: Desk,
    pub address: SocketAddr,
    door: Door,
}

enum Door {
    /// The port is taken and nobody listens: whoever connects is refused.
    Closed(TcpSocket),
    /// It answers.
    Open(JoinHandle<()>),
    /// While it changes from the one to the other.
    Between,
}

impl HttpPartner {
    /// Takes a free port, and refuses until it is opened.
    pub fn new(desk: Desk) -> Result<Self, Fault> {
        let socket = taken((Ipv4Addr::LOCALHOST, 0).into())?;
        let address = socket.local_addr().map_err(Fault::lasting)?;
        Ok(Self { desk, address, door: Door::Closed(socket) })
    }

    /// Begins to listen.
    pub fn open(&mut self, gateway: &Client) -> Result<(), Fault> {
        if let Door::Closed(socket) = std::mem::replace(&mut self.door, Door::Between) {
            let listener = socket.listen(BACKLOG).map_err(Fault::lasting)?;
            self.door = Door::Open(tokio::spawn(serve(listener, self.desk.clone(), gateway.clone())));
        }
        Ok(())
    }

    /// Lets go of all connections, and refuses new ones; the port stays its own.
    pub async fn close(&mut self) -> Result<(), Fault> {
        if let Door::Open(serving) = std::mem::replace(&mut self.door, Door::Between) {
            serving.abort();
            // It was told to stop; that it did is all there is to know.
            let _ = serving.await;
            self.door = Door::Closed(taken(self.address)?);
        }
        Ok(())
    }
}

/// A port that is bound and not listened to: nobody else gets it, and the operating system refuses every connection.
fn taken(address: SocketAddr) -> Result<TcpSocket, Fault> {
    let bind = || {
        let socket = TcpSocket::new_v4()?;
        // Connections that have just ended must not stand in the way.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        Ok(socket)
    };
    bind().map_err(|error: std::io::Error| Fault::lasting(format!("no port for a partner at {address}: {error}")))
}

/// Everything that this starts ends with it.
async fn serve(listener: TcpListener, desk: Desk, gateway: Client) {
    let (outbox, waiting) = mpsc::channel(OUTBOX);
    let mut tasks = JoinSet::new();
    tasks.spawn(send_apprecs(waiting, desk.clone(), gateway));
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        while tasks.try_join_next().is_some() {}
        let (desk, outbox) = (desk.clone(), outbox.clone());
        tasks.spawn(async move {
            let answer = service_fn(|request| answer(request, &desk, &outbox));
            // A connection that breaks is the gateway's to try again.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    desk: &Desk,
    outbox: &mpsc::Sender<Bytes>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = if request.method() != Method::POST || request.uri().path() != desk.system.door() {
        StatusCode::NOT_FOUND
    } else if let Ok(body) = Limited::new(request.into_body(), PARCEL_BYTES_MAX).collect().await {
        for apprec in open(desk, &body.to_bytes()).await {
            // It only fails when the system is going down.
            let _ = outbox.send(apprec).await;
        }
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    Ok(response)
}

/// Opens a parcel in either form; what comes back are the AppRecs to send.
async fn open(desk: &Desk, parcel: &[u8]) -> Vec<Bytes> {
    if !is_bundle(parcel) {
        return desk.open(parcel).await;
    }
    let Some(said) = Opened::read(parcel).and_then(|opened| opened.says()) else {
        desk.tell(What::Trouble("got a Bundle that cannot be read")).await;
        return Vec::new();
    };
    let answered = match &said {
        What::Message { msg_id, .. } => Some(msg_id.clone()),
        What::AppRec { .. } | What::Trouble(_) => None,
    };
    desk.tell(said).await;
    let answer = |msg_id| receipt(&msg_id, desk.system, &new_uuid(&*desk.chance), desk.clock.now());
    answered.map(answer).into_iter().collect()
}

/// AppRecs go out on their own: the gateway's POST is answered before the record system has looked at the message.
async fn send_apprecs(mut waiting: mpsc::Receiver<Bytes>, desk: Desk, gateway: Client) {
    while let Some(apprec) = waiting.recv().await {
        if gateway.send(desk.system, apprec).await.is_err() {
            desk.tell(What::Trouble("could not send an AppRec")).await;
        }
    }
}
