//! A notification without content: that there is a message, and where it can be fetched. It is the Bundle of the R4 backport of
//! subscriptions (hl7.fhir.uv.subscriptions-backport), content level id-only.

use crate::domain::{DeliveryId, TrackingId};
use crate::fhir::{Json, Object, array};
use crate::translation::mapping::BASE;
use crate::transports::Shipment;
use bytes::Bytes;

/// The name under which a parcel can be fetched: `K7QP2-MFX9T-17`. Nothing of a person is in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParcelId {
    /// The message that it comes from.
    pub tracking: TrackingId,
    /// The delivery.
    pub delivery: DeliveryId,
}

impl std::fmt::Display for ParcelId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.tracking, self.delivery)
    }
}

impl ParcelId {
    /// The parcel with this name.
    pub fn parse(text: &str) -> Option<Self> {
        let (tracking, delivery) = text.rsplit_once('-')?;
        Some(Self { tracking: TrackingId::parse(tracking).ok()?, delivery: DeliveryId(delivery.parse().ok()?) })
    }
}

const STATUS: &str = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-subscription-status-r4";

/// The notification of a parcel. Every try says the same.
pub(super) fn notice(shipment: &Shipment) -> Bytes {
    let parcel = ParcelId { tracking: shipment.tracking, delivery: shipment.delivery };
    let focus = format!("Bundle/{parcel}");
    let event = Object::new().with("name", "notification-event").with(
        "part",
        array([
            Object::new().with("name", "event-number").with("valueString", "1"),
            Object::new().with("name", "focus").with("valueReference", Object::new().with("reference", focus.clone())),
        ]),
    );
    let subscription = Object::new().with("display", "Bindeledd");
    let status = Object::resource("Parameters").with("meta", Object::new().with("profile", vec![STATUS.into()])).with(
        "parameter",
        array([
            Object::new().with("name", "subscription").with("valueReference", subscription),
            Object::new().with("name", "topic").with("valueCanonical", format!("{BASE}/SubscriptionTopic/message-received")),
            Object::new().with("name", "status").with("valueCode", "active"),
            Object::new().with("name", "type").with("valueCode", "event-notification"),
            event,
        ]),
    );
    let request = |url: String| Object::new().with("method", "GET").with("url", url);
    let found = || Object::new().with("status", "200");
    let entries = [
        Object::new()
            .with("fullUrl", "urn:uuid:3c2f6c9e-0f4e-4d0e-9a8f-8e6a4b7c1d20")
            .with("resource", status)
            .with("request", request("Subscription/bindeledd/$status".into()))
            .with("response", found()),
        Object::new().with("fullUrl", format!("{BASE}/{focus}")).with("request", request(focus)).with("response", found()),
    ];
    let bundle = Object::resource("Bundle").with("type", "history").with("entry", array(entries));
    Json::from(bundle).into_compact().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{MsgId, Seeded};
    use crate::fhir::{Limits, judge, read};

    #[test]
    fn a_notice_is_valid_says_where_the_message_is_and_nothing_else_of_it() {
        let shipment = Shipment {
            delivery: DeliveryId(17),
            tracking: TrackingId::new(&Seeded::new(1)),
            msg_id: MsgId::new("a-msg-id"),
            message_type: "LOG_DOD".into(),
            receiver: None,
            belongs_to: None,
            bytes: Bytes::from_static(b"{\"content\":1}"),
            attempt: 2,
        };
        let bytes = notice(&shipment);
        let bundle = read(&bytes, &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
        let issues: Vec<String> = judge(&bundle).iter().map(|issue| format!("{} {:?}", issue.path, issue.kind)).collect();
        assert_eq!(issues, [""; 0]);
        let text = bundle.compact();
        assert!(!text.contains("LOG_DOD") && !text.contains("a-msg-id") && !text.contains("content\":"), "{text}");
        let parcel = ParcelId { tracking: shipment.tracking, delivery: shipment.delivery };
        assert!(text.contains(&format!("Bundle/{parcel}")));
        assert_eq!(ParcelId::parse(&parcel.to_string()), Some(parcel));
        assert!(ParcelId::parse("K7QP2-MFX9T").is_none() && ParcelId::parse("x").is_none());
    }
}
