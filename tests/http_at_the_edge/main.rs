//! HTTP at the edge, over real sockets: what a peer is told for each thing that can be wrong, and what bounds hold.

#![expect(clippy::unwrap_used, reason = "in a test, whatever is not there is a failure")]

mod answers;
mod fhir;
mod listener;
mod outbound;
mod validate;

#[path = "../adapters/book.rs"]
mod book;

use bindeledd::domain::{DeliveryId, Fault, PartnerName, Seeded, Timestamp, TrackingId};
use bindeledd::rulebook::Finding;
use bindeledd::transports::fhir::ParcelId;
use bindeledd::transports::http::{self, FindingView, InOptions, TokenHash, Tokens};
use bindeledd::transports::{BoxFuture, Counters, Stopper};
use bindeledd::web::{
    AppRecView, DeliveryView, FhirServer, HistoryView, MessageReader, MessageView, ParcelReader, Parts, ServerLimits,
    Snapshot, Tls, Vitals, router, serve,
};
use book::Book;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{HeaderMap, Request};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Nothing here takes seconds; what takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// A gateway's HTTP side with an inbox that says what it is told to.
struct Here {
    address: SocketAddr,
    book: Arc<Book>,
    counters: Arc<Counters>,
    known: Arc<Known>,
    stopper: Stopper,
    serving: JoinHandle<Result<(), Fault>>,
}

async fn start() -> Here {
    start_with(InOptions::default(), ServerLimits::default(), None).await
}

async fn start_with(options: InOptions, limits: ServerLimits, tls: Option<Tls>) -> Here {
    let mut tokens = Tokens::default();
    for partner in ["gp", "hospital"] {
        tokens.add(TokenHash::of(&format!("{partner}-secret")), PartnerName::parse(partner).unwrap()).unwrap();
    }
    let (book, counters, tokens) = (Arc::new(Book::default()), Arc::new(Counters::default()), Arc::new(tokens));
    let known = Arc::new(Known { tracking: TrackingId::new(&Seeded::new(5)), ready: AtomicBool::new(true) });
    let routes = router(Parts {
        arrivals: http::router(book.clone(), tokens.clone(), options.clone(), counters.clone())
            .merge(bindeledd::transports::fhir::router(book.clone(), tokens.clone(), options, counters.clone())),
        fhir: FhirServer {
            parcels: known.clone(),
            tokens: tokens.clone(),
            since: Timestamp::from_millis(1_700_000_000_000),
            is_encrypted: false,
        },
        reader: known.clone(),
        tokens,
        vitals: known.clone(),
        counters: counters.clone(),
        validate: Some((InOptions::default(), bindeledd::xml::Limits::default(), bindeledd::messages::schemas::shipped())),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stopper, stop) = Stopper::new();
    let serving = tokio::spawn(serve(listener, routes, tls, stop, limits));
    Here { address, book, counters, known, stopper, serving }
}

/// One message that the partner `gp` may see, and a gateway that is ready or not.
struct Known {
    tracking: TrackingId,
    ready: AtomicBool,
}

impl MessageReader for Known {
    fn message<'a>(
        &'a self,
        tracking: TrackingId,
        asker: &'a PartnerName,
    ) -> BoxFuture<'a, Result<Option<MessageView>, Fault>> {
        let at = Timestamp::from_millis(1_700_000_000_000);
        let delivery = DeliveryView {
            receiver: Some("9000300/9000302".into()),
            role: "receiver".into(),
            partner: "hospital".into(),
            state: "rejected",
            attempts: 2,
            last_cause: Some("HTTP 503 from epj.example".into()),
            next_attempt_at: None,
            apprec: Some(AppRecView { status: "2".into(), errors: vec!["E21".into()] }),
        };
        let view = MessageView {
            tracking,
            state: "accepted",
            message_type: Some("DIALOG_NOTAT".into()),
            version: None,
            from: Some("9000200/9000201".into()),
            to: vec!["9000300/9000302".into()],
            received_at: at,
            findings: vec![FindingView::from(&Finding::new(&book::RULE)).with_consequence("warn".into())],
            deliveries: vec![delivery],
            history: vec![HistoryView { at, what: "received".into(), why: None }],
        };
        let may_see = tracking == self.tracking && asker.as_str() == "gp";
        Box::pin(async move { Ok(may_see.then_some(view)) })
    }
}

impl ParcelReader for Known {
    fn parcel<'a>(&'a self, id: ParcelId, asker: &'a PartnerName) -> BoxFuture<'a, Result<Option<Bytes>, Fault>> {
        let may_see = id.tracking == self.tracking && id.delivery == DeliveryId(17) && asker.as_str() == "gp";
        let bundle = Bytes::from_static(br#"{"resourceType":"Bundle","type":"message"}"#);
        Box::pin(async move { Ok(may_see.then_some(bundle)) })
    }
}

impl Vitals for Known {
    fn ready(&self) -> BoxFuture<'_, Result<(), Fault>> {
        let ready = self.ready.load(Ordering::Relaxed);
        Box::pin(async move { if ready { Ok(()) } else { Err(Fault::passing("stopping")) } })
    }

    fn snapshot(&self) -> BoxFuture<'_, Result<Snapshot, Fault>> {
        Box::pin(async { Ok(Snapshot { queue_depth: 3, ..Snapshot::default() }) })
    }
}

/// An answer as a peer sees it.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Here {
    /// Sends a request; headers as `name: value`.
    async fn ask(&self, method: &str, path: &str, headers: &[&str], body: impl Into<Bytes>) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        for header in headers {
            let (name, value) = header.split_once(": ").unwrap();
            request = request.header(name, value);
        }
        let client = Client::builder(TokioExecutor::new()).build_http();
        let asking = client.request(request.body(Full::new(body.into())).unwrap());
        let response = tokio::time::timeout(PATIENCE, asking).await.expect("it answers in time").expect("it answers");
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: head.status.as_u16(), headers: head.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// Brings a message as the partner `gp` should.
    async fn bring(&self, body: impl Into<Bytes>) -> Answer {
        self.ask("POST", "/messages", &[TOKEN, XML], body).await
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

const TOKEN: &str = "authorization: Bearer gp-secret";
const XML: &str = "content-type: application/xml";

/// Everything that comes over a connection until the other side closes it.
async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let reading = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut all)).await.expect("it closes in time");
    // A reset after the answer is an end too.
    let _ = reading;
    String::from_utf8(all).unwrap()
}

/// Writes the head of a POST that announces `length` bytes, and `body`, which may be fewer.
async fn begin_post(stream: &mut TcpStream, length: usize, body: &str) {
    let head = format!("POST /messages HTTP/1.1\r\nhost: x\r\n{TOKEN}\r\n{XML}\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(head.as_bytes()).await.unwrap();
}
