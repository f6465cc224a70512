//! Connections to one address: kept for a while, without redirects.

use super::classify::End;
use super::{OutOptions, Target};
use crate::domain::Fault;
use crate::trust;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, Uri, body::Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, Error, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::io::ErrorKind;
use std::time::Duration;

/// An idle connection is kept for so long …
const IDLE_CONNECTION_KEPT: Duration = Duration::from_secs(30);
/// … and at most so many of them.
const IDLE_CONNECTIONS_MAX: usize = 8;
/// So much of an answer's body is read, only to be able to use the connection again.
const ANSWER_BODY_READ_BYTES: usize = 64 * 1024;
/// And for so long; the status has said what there is to say.
const ANSWER_BODY_READ_TIME: Duration = Duration::from_secs(2);

/// The way to one address.
pub struct Connection {
    target: Target,
    authorization: Option<HeaderValue>,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Connection {
    /// Makes ready; connects to nobody yet.
    pub fn new(options: &OutOptions) -> Result<Self, Fault> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(options.connect_timeout));
        let trusted = match options.target.is_encrypted() {
            true => trust::authorities(options.ca_file.as_deref())?,
            false => trust::nobody()?,
        };
        let tls = HttpsConnectorBuilder::new().with_tls_config(trusted);
        let connector = tls.https_or_http().enable_http1().wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_CONNECTION_KEPT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .build(connector);
        Ok(Self { target: options.target.clone(), authorization: authorization(options)?, client })
    }

    /// The address.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// A POST with our token, to the address or to a place below it.
    pub fn post(&self, to: Uri, headers: HeaderMap, body: Bytes) -> Request<Full<Bytes>> {
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = to;
        *request.headers_mut() = headers;
        if let Some(authorization) = &self.authorization {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
        }
        request
    }

    /// Sends it once. Without an answer, the error says where it ended.
    pub async fn send(&self, request: Request<Full<Bytes>>) -> Result<Response<Incoming>, End> {
        self.client.request(request).await.map_err(|error| end_of(&error))
    }
}

fn authorization(options: &OutOptions) -> Result<Option<HeaderValue>, Fault> {
    let Some(token) = &options.bearer_token else { return Ok(None) };
    let value = HeaderValue::from_str(&format!("Bearer {}", token.expose().trim()));
    let mut value = value.map_err(|_| Fault::lasting("a bearer token holds a character that no header can hold"))?;
    value.set_sensitive(true);
    Ok(Some(value))
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

/// Reads a little of a body that nobody needs, so that the connection can be used again.
pub async fn throw_away(mut body: Incoming) {
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
