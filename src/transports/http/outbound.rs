//! The way out: one POST, one status. It never follows a redirect and never looks into the answer.

use super::classify::{End, classify};
use super::{OutOptions, Target, tls};
use crate::delivery::{DeliveryFailure, Evidence};
use crate::domain::Fault;
use crate::translation::forms::is_bundle;
use crate::transports::{BoxFuture, Outbound as Out, Shipment};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use hyper::{Method, Request, body::Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, Error, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::io::ErrorKind;
use std::time::Duration;

const TRACKING_ID: HeaderName = HeaderName::from_static("bindeledd-tracking-id");
const MESSAGE_ID: HeaderName = HeaderName::from_static("bindeledd-message-id");
const ATTEMPT: HeaderName = HeaderName::from_static("bindeledd-attempt");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What a Bundle is declared as, and its answer asked for.
const FHIR_JSON: &str = "application/fhir+json; fhirVersion=4.0";
/// An idle connection is kept for so long …
const IDLE_CONNECTION_KEPT: Duration = Duration::from_secs(30);
/// … and at most so many of them.
const IDLE_CONNECTIONS_MAX: usize = 8;
/// So much of an answer's body is read, only to be able to use the connection again.
const ANSWER_BODY_READ_BYTES: usize = 64 * 1024;
/// And for so long; the status has said what there is to say.
const ANSWER_BODY_READ_TIME: Duration = Duration::from_secs(2);

/// A partner's address.
pub struct Outbound {
    target: Target,
    authorization: Option<HeaderValue>,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Outbound {
    /// Makes ready; connects to nobody yet.
    pub fn new(options: &OutOptions) -> Result<Self, Fault> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(options.connect_timeout));
        let tls = HttpsConnectorBuilder::new().with_tls_config(tls::client(options)?);
        let connector = tls.https_or_http().enable_http1().wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_CONNECTION_KEPT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .build(connector);
        Ok(Self { target: options.target.clone(), authorization: authorization(options)?, client })
    }

    fn request(&self, shipment: &Shipment) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(shipment.bytes.clone()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.target.uri().clone();
        *request.headers_mut() = headers(shipment);
        if let Some(authorization) = &self.authorization {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
        }
        request
    }
}

impl Out for Outbound {
    fn hand_over<'a>(&'a self, shipment: &'a Shipment) -> BoxFuture<'a, Result<Evidence, DeliveryFailure>> {
        Box::pin(async move {
            let end = match self.client.request(self.request(shipment)).await {
                Ok(response) => {
                    let status = response.status().as_u16();
                    throw_away(response.into_body()).await;
                    End::Status(status)
                }
                Err(error) => end_of(&error),
            };
            classify(end, self.target.shown())
        })
    }
}

fn authorization(options: &OutOptions) -> Result<Option<HeaderValue>, Fault> {
    let Some(token) = &options.bearer_token else { return Ok(None) };
    let value = HeaderValue::from_str(&format!("Bearer {}", token.expose().trim()));
    let mut value = value.map_err(|_| Fault::lasting("a bearer token holds a character that no header can hold"))?;
    value.set_sensitive(true);
    Ok(Some(value))
}

/// What goes beside the bytes. The MsgId only if it is a UUID: headers end up in the logs of proxies.
fn headers(shipment: &Shipment) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_static("bindeledd"));
    headers.insert(CONTENT_TYPE, content_type(&shipment.bytes));
    if is_bundle(&shipment.bytes) {
        headers.insert(ACCEPT, HeaderValue::from_static(FHIR_JSON));
    }
    headers.insert(ATTEMPT, shipment.attempt.into());
    let mut insert = |name: HeaderName, value: &str| {
        // Ids are letters, digits and hyphens; a header that could not be made is left out.
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    let tracking = shipment.tracking.to_string();
    insert(TRACKING_ID, &tracking);
    if shipment.msg_id.is_uuid() {
        insert(MESSAGE_ID, shipment.msg_id.as_written());
        insert(IDEMPOTENCY_KEY, shipment.msg_id.as_written());
    } else {
        insert(IDEMPOTENCY_KEY, &format!("{tracking}-{}", shipment.delivery));
    }
    headers
}

/// A Bundle is JSON of FHIR R4. Of XML a charset parameter overrides the declaration (RFC 7303, 3), so it is only given where they
/// agree.
fn content_type(bytes: &[u8]) -> HeaderValue {
    if is_bundle(bytes) {
        return HeaderValue::from_static(FHIR_JSON);
    }
    HeaderValue::from_static(if is_utf8(bytes) { "application/xml; charset=utf-8" } else { "application/xml" })
}

fn is_utf8(bytes: &[u8]) -> bool {
    const DECLARATION_MAX_BYTES: usize = 256;
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_MAX_BYTES)]).to_ascii_lowercase();
    let declaration = start.split_once("?>").map_or("", |(declaration, _)| declaration);
    let declares_another = declaration.contains("encoding") && !declaration.contains("utf-8");
    !declares_another && std::str::from_utf8(bytes).is_ok()
}

/// Where a request without an answer ended. The library's own text is not used: it may hold what the other side said.
fn end_of(error: &Error) -> End {
    if !error.is_connect() {
        return End::NoAnswer("the connection was lost before an answer came");
    }
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        if cause.is::<rustls::Error>() {
            return End::NotSent(TLS_TROUBLE);
        }
        let io = cause.downcast_ref::<std::io::Error>();
        if let Some(words) = io.and_then(|io| in_words(io.kind())) {
            return End::NotSent(words);
        }
        // An I/O error does not show what it was made of as its source.
        next = match io.and_then(std::io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    End::NotSent("no connection could be made")
}

/// Temporary like the rest: a certificate that has run out is renewed without anybody touching the message.
const TLS_TROUBLE: &str = "no TLS connection could be made; is the certificate valid and trusted?";

fn in_words(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::ConnectionRefused => Some("the connection was refused"),
        ErrorKind::TimedOut => Some("no connection could be made in time"),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Some("the host cannot be reached"),
        ErrorKind::ConnectionReset | ErrorKind::UnexpectedEof => Some("the connection was closed while it was being made"),
        _ => None,
    }
}

async fn throw_away(mut body: Incoming) {
    let reading = async {
        let mut read = 0;
        while let Some(Ok(frame)) = body.frame().await {
            read += frame.data_ref().map_or(0, Bytes::len);
            if read > ANSWER_BODY_READ_BYTES {
                break;
            }
        }
    };
    // Too slow or too much: the connection is closed instead of used again.
    let _ = tokio::time::timeout(ANSWER_BODY_READ_TIME, reading).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DeliveryId, MsgId, Private, Seeded, TrackingId};

    fn shipment(msg_id: &str, bytes: &'static [u8]) -> Shipment {
        Shipment {
            delivery: DeliveryId(7),
            tracking: TrackingId::new(&Seeded::new(1)),
            msg_id: MsgId::new(msg_id),
            message_type: "LOG_INNLAGT".into(),
            receiver: None,
            bytes: Bytes::from_static(bytes),
            attempt: 3,
        }
    }

    #[test]
    fn a_charset_is_only_claimed_when_the_bytes_and_the_declaration_agree() {
        let claims = |bytes: &'static [u8]| content_type(bytes).to_str().unwrap().contains("charset");
        assert!(claims("<?xml version='1.0' encoding='UTF-8'?><a>æ</a>".as_bytes()));
        assert!(claims("\u{feff}<a>æ</a>".as_bytes()));
        assert!(claims(b"<a encoding='x'/>"), "no declaration at all");
        assert!(!claims(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe6</a>"));
        assert!(!claims(b"<?xml version='1.0' encoding='ISO-8859-1'?><a>plain</a>"));
        assert!(!claims(b"<a>\xe6</a>"));
    }

    #[test]
    fn a_msgid_that_is_no_uuid_is_in_no_header() {
        let number = "01815000274";
        let headers = headers(&shipment(number, b"<a/>"));
        assert!(headers.values().all(|value| !value.to_str().unwrap().contains(number)));
        assert!(headers.contains_key(IDEMPOTENCY_KEY) && !headers.contains_key(MESSAGE_ID));
    }

    #[test]
    fn a_uuid_names_the_request_for_the_receiver() {
        let id = "b088a160-0698-11e8-b566-0800200c9a66";
        let headers = headers(&shipment(id, b"<a/>"));
        for name in [MESSAGE_ID, IDEMPOTENCY_KEY] {
            assert_eq!(headers[name], id);
        }
        assert_eq!(headers[ATTEMPT], "3");
    }

    #[test]
    fn a_token_is_not_shown_by_the_request() {
        let mut options = OutOptions::new(Target::parse("http://localhost:1/in", false).unwrap());
        options.bearer_token = Some(Private::new("s3cret\n".into()));
        let request = Outbound::new(&options).unwrap().request(&shipment("x", b"<a/>"));
        assert_eq!(request.headers()[AUTHORIZATION], "Bearer s3cret");
        assert!(!format!("{request:?}").contains("s3cret"));
    }
}
