//! The promise: what is handed to a FHIR server goes to the right place, byte for byte, once, and its end means what it means
//! on every other way out.

use bindeledd::delivery::DeliveryFailure;
use bindeledd::domain::Private;
use bindeledd::fhir_edge::{Answer, FhirServer, Told};
use bindeledd::https::{OutOptions, Target};
use bindeledd::trust::{certificates, private_key};
use bytes::Bytes;
use hyper::header::HeaderMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;

const PATIENCE: Duration = Duration::from_secs(20);
/// A number that no model keeps as it is written.
const BUNDLE: &str = "{ \"resourceType\":\"Bundle\", \"type\":\"message\", \"unknown\": 2.50 }";

/// Everything that was said to a server, one text for each request.
type Heard = Arc<Mutex<Vec<String>>>;

async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin, heard: Heard, says: String) {
    let mut text = Vec::new();
    let mut piece = [0; 4096];
    while !text.ends_with(BUNDLE.as_bytes()) {
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => break,
            Ok(read) => text.extend_from_slice(&piece[..read]),
        }
    }
    heard.lock().expect("nobody panics").push(String::from_utf8_lossy(&text).into_owned());
    let _ = stream.write_all(says.as_bytes()).await;
}

/// A server that says one thing to everybody.
async fn says(status: &str, body: &str) -> (String, Heard) {
    let text = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let heard = Heard::default();
    let book = heard.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, book.clone(), text.clone()));
        }
    });
    (format!("http://{address}/fhir/"), heard)
}

fn options(base: &str) -> OutOptions {
    let mut options = OutOptions::new(Target::parse(base, false).expect("an address"));
    options.bearer_token = Some(Private::new("fhir-secret".into()));
    options
}

fn server(base: &str) -> FhirServer {
    FhirServer::new(&options(base), PATIENCE).unwrap_or_else(|fault| panic!("{}", fault.inner()))
}

async fn message(base: &str) -> Answer {
    server(base).post_message(Bytes::from(BUNDLE), HeaderMap::new()).await
}

fn word(answer: &Answer) -> &'static str {
    answer.outcome.as_ref().map_or_else(DeliveryFailure::as_str, |_| "delivered")
}

#[tokio::test]
async fn a_message_is_posted_to_the_operation_as_it_is_with_our_token() {
    let (base, heard) = says("202 Accepted", "").await;
    for base in [base.as_str(), base.trim_end_matches('/')] {
        let mut beside = HeaderMap::new();
        beside.insert("bindeledd-attempt", 3.into());
        let answer = server(base).post_message(Bytes::from(BUNDLE), beside).await;
        assert_eq!(word(&answer), "delivered");
        let said = heard.lock().expect("nobody panics").pop().expect("a request");
        assert!(said.starts_with("POST /fhir/$process-message HTTP/1.1\r\n"), "{said}");
        let has = |header: &str| assert!(said.contains(&format!("\r\n{header}\r\n")), "{said}");
        has("content-type: application/fhir+json; fhirVersion=4.0");
        has("authorization: Bearer fhir-secret");
        has("bindeledd-attempt: 3");
        assert!(said.ends_with(BUNDLE), "{said}");
    }
}

#[tokio::test]
async fn a_transaction_is_posted_to_the_base() {
    let done = r#"{"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201 Created"}}]}"#;
    let (base, heard) = says("200 OK", done).await;
    let answer = server(&base).post_transaction(Bytes::from(BUNDLE), HeaderMap::new()).await;
    assert_eq!((word(&answer), answer.told), ("delivered", Some(Told::Statuses(vec![201]))));
    let said = heard.lock().expect("nobody panics").pop().expect("a request");
    assert!(said.starts_with("POST /fhir/ HTTP/1.1\r\n") && said.contains("prefer: return=minimal"), "{said}");
}

#[tokio::test]
async fn what_a_server_complains_of_is_in_the_cause_by_its_codes() {
    let outcome =
        r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required","diagnostics":"x"}]}"#;
    let (base, heard) = says("422 Unprocessable", outcome).await;
    let answer = message(&base).await;
    let Err(DeliveryFailure::Permanent(cause)) = &answer.outcome else { panic!("{:?}", answer.outcome) };
    assert!(cause.to_string().ends_with("(error required)"), "{cause}");
    assert_eq!(heard.lock().expect("nobody panics").len(), 1, "it tries once");
}

#[tokio::test]
async fn a_receipt_that_comes_back_in_the_same_breath_is_handed_on() {
    let receipt = r#"{"resourceType":"Bundle","type":"message","entry":[]}"#;
    let (base, _) = says("200 OK", r#"{"resourceType":"Bundle","type":"message"}"#).await;
    let answer = message(&base).await;
    assert!(answer.message.is_some_and(|message| receipt.starts_with(&String::from_utf8_lossy(message.expose())[..20])));
}

#[tokio::test]
async fn each_end_means_one_thing() {
    for (status, expected) in [
        ("200 OK", "delivered"),
        ("204 None", "delivered"),
        ("307 Elsewhere", "permanent"),
        ("401 Who", "permanent"),
        ("409 Conflict", "permanent"),
        ("429 Many", "temporary"),
        ("503 Later", "temporary"),
        ("504 Waited", "unknown"),
    ] {
        let (base, heard) = says(status, "").await;
        assert_eq!(word(&message(&base).await), expected, "{status}");
        assert_eq!(heard.lock().expect("nobody panics").len(), 1, "{status}: it tries once");
    }
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    assert_eq!(word(&message(&format!("http://{closed}/fhir")).await), "temporary");
}

#[tokio::test]
async fn without_an_answer_nobody_knows_whether_it_arrived() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}/fhir", listener.local_addr().expect("an address"));
    let silent = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        std::future::pending::<()>().await;
        drop(stream);
    });
    let server =
        FhirServer::new(&options(&base), Duration::from_millis(100)).unwrap_or_else(|fault| panic!("{}", fault.inner()));
    assert_eq!(word(&server.post_message(Bytes::from(BUNDLE), HeaderMap::new()).await), "unknown");
    silent.abort();
}

#[tokio::test]
async fn a_server_with_an_authority_of_its_own_is_trusted_when_it_is_named() {
    let pem = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http_at_the_edge/tls").join(name);
    let (chain, key) =
        (certificates(&pem("localhost.pem")).expect("a chain"), private_key(&pem("localhost.key")).expect("a key"));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let tls = builder.expect("versions").with_no_client_auth().with_single_cert(chain, key).expect("a certificate");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let heard = Heard::default();
    let book = heard.clone();
    tokio::spawn(async move {
        let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(tls));
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            let says = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_string();
            tokio::spawn(answer(stream, book.clone(), says));
        }
    });
    let mut options = options(&format!("https://localhost:{port}/fhir"));
    let server =
        |options: &OutOptions| FhirServer::new(options, PATIENCE).unwrap_or_else(|fault| panic!("{}", fault.inner()));
    let post = async |server: FhirServer| server.post_message(Bytes::from(BUNDLE), HeaderMap::new()).await;
    assert_eq!(word(&post(server(&options)).await), "temporary");
    assert!(heard.lock().expect("nobody panics").is_empty(), "nothing goes to a stranger");
    options.ca_file = Some(pem("ca.pem"));
    assert_eq!(word(&post(server(&options)).await), "delivered");
}
