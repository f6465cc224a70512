//! The way out: one POST, one status. It never follows a redirect and never looks into the answer.

use crate::delivery::{DeliveryFailure, Evidence};
use crate::domain::Fault;
use crate::https::{Connection, End, OutOptions, classify, throw_away};
use crate::transports::{BoxFuture, Outbound as Out, Shipment};
use bytes::Bytes;
use http_body_util::Full;
use hyper::Request;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};

const TRACKING_ID: HeaderName = HeaderName::from_static("bindeledd-tracking-id");
const MESSAGE_ID: HeaderName = HeaderName::from_static("bindeledd-message-id");
const ATTEMPT: HeaderName = HeaderName::from_static("bindeledd-attempt");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A partner's address.
pub struct Outbound(Connection);

impl Outbound {
    /// Makes ready; connects to nobody yet.
    pub fn new(options: &OutOptions) -> Result<Self, Fault> {
        Connection::new(options).map(Self)
    }

    fn request(&self, shipment: &Shipment) -> Request<Full<Bytes>> {
        self.0.post(self.0.target().uri().clone(), headers(shipment), shipment.bytes.clone())
    }
}

impl Out for Outbound {
    fn hand_over<'a>(&'a self, shipment: &'a Shipment) -> BoxFuture<'a, Result<Evidence, DeliveryFailure>> {
        Box::pin(async move {
            let end = match self.0.send(self.request(shipment)).await {
                Ok(response) => {
                    let status = response.status().as_u16();
                    throw_away(response.into_body()).await;
                    End::Status(status)
                }
                Err(end) => end,
            };
            classify(end, self.0.target().shown())
        })
    }
}

/// What goes beside the bytes. The MsgId only if it is a UUID: headers end up in the logs of proxies.
fn headers(shipment: &Shipment) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_static("bindeledd"));
    headers.insert(CONTENT_TYPE, content_type(&shipment.bytes));
    headers.extend(beside(shipment));
    headers
}

/// What goes beside the bytes by whatever kind of HTTP.
pub fn beside(shipment: &Shipment) -> HeaderMap {
    let mut headers = HeaderMap::new();
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

/// A charset parameter overrides the XML declaration (RFC 7303, 3), so it is only given where they agree.
fn content_type(bytes: &[u8]) -> HeaderValue {
    HeaderValue::from_static(if is_utf8(bytes) { "application/xml; charset=utf-8" } else { "application/xml" })
}

fn is_utf8(bytes: &[u8]) -> bool {
    const DECLARATION_MAX_BYTES: usize = 256;
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_MAX_BYTES)]).to_ascii_lowercase();
    let declaration = start.split_once("?>").map_or("", |(declaration, _)| declaration);
    let declares_another = declaration.contains("encoding") && !declaration.contains("utf-8");
    !declares_another && std::str::from_utf8(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DeliveryId, MsgId, Private, Seeded, TrackingId};
    use crate::https::Target;
    use hyper::header::AUTHORIZATION;

    fn shipment(msg_id: &str, bytes: &'static [u8]) -> Shipment {
        Shipment {
            delivery: DeliveryId(7),
            tracking: TrackingId::new(&Seeded::new(1)),
            msg_id: MsgId::new(msg_id),
            message_type: "LOG_INNLAGT".into(),
            receiver: None,
            belongs_to: None,
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
