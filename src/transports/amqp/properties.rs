//! What stands beside the bytes of a parcel: ids and codes, nothing that belongs to a person.
//!
//! Properties end up in the management pages and traces of a broker. So an id of a sender's own making is only shown when it is a UUID,
//! and a type only when it looks like a code.

use crate::domain::MsgId;
use crate::transports::Shipment;
use lapin::BasicProperties;
use lapin::types::{AMQPValue, FieldTable, ShortString};

/// Kept on disk by the broker (AMQP 0-9-1, basic.delivery-mode).
const PERSISTENT: u8 = 2;
const TYPE_MAX_BYTES: usize = 60;
/// Somebody's number has more.
const TYPE_MAX_DIGITS: usize = 4;

/// Properties that everything has which we publish.
pub fn of_ours() -> BasicProperties {
    BasicProperties::default().with_delivery_mode(PERSISTENT).with_app_id("bindeledd".into())
}

/// The properties of a parcel.
pub fn of_parcel(shipment: &Shipment) -> BasicProperties {
    let tracking = shipment.tracking.to_string();
    let own_id = if_uuid(&shipment.msg_id).unwrap_or_else(|| format!("{tracking}-{}", shipment.delivery));
    let mut headers = FieldTable::default();
    headers.insert("bindeledd-tracking-id".into(), text(&tracking));
    headers.insert("bindeledd-attempt".into(), AMQPValue::LongUInt(shipment.attempt));
    let mut properties = of_ours()
        .with_content_type("application/xml".into())
        .with_message_id(short(&own_id).unwrap_or_default())
        .with_headers(headers);
    if let Some(reference) = shipment.belongs_to.as_ref().and_then(if_uuid).and_then(|id| short(&id)) {
        properties = properties.with_correlation_id(reference);
    }
    if let Some(code) = code(shipment).and_then(short) {
        properties = properties.with_type(code);
    }
    properties
}

/// The type of a message where it looks like a code.
pub fn code(shipment: &Shipment) -> Option<&str> {
    let code = shipment.message_type.as_str();
    let looks_like_one = (1..=TYPE_MAX_BYTES).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-' | b'.'))
        && code.bytes().filter(u8::is_ascii_digit).count() <= TYPE_MAX_DIGITS;
    looks_like_one.then_some(code)
}

fn if_uuid(id: &MsgId) -> Option<String> {
    id.is_uuid().then(|| id.as_written().to_string())
}

/// The library panics at a text that is too long for its place.
pub fn short(written: &str) -> Option<ShortString> {
    ShortString::try_new(written).ok()
}

/// A text as the value of a header.
pub fn text(written: &str) -> AMQPValue {
    AMQPValue::LongString(written.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DeliveryId, Seeded, TrackingId};

    const UUID: &str = "b088a160-0698-11e8-b566-0800200c9a66";
    const NUMBER: &str = "01815000274";

    fn shipment(msg_id: &str, message_type: &str, belongs_to: &str) -> Shipment {
        Shipment {
            delivery: DeliveryId(7),
            tracking: TrackingId::new(&Seeded::new(1)),
            msg_id: MsgId::new(msg_id),
            message_type: message_type.into(),
            receiver: None,
            belongs_to: Some(MsgId::new(belongs_to)),
            bytes: bytes::Bytes::from_static(b"<a/>"),
            attempt: 3,
        }
    }

    #[test]
    fn a_receiver_knows_message_conversation_and_type_without_opening_it() {
        let properties = of_parcel(&shipment(UUID, "LOG_INNLAGT", "c088a160-0698-11e8-b566-0800200c9a66"));
        let shown = |property: &Option<ShortString>| property.as_ref().map(ToString::to_string).unwrap();
        assert_eq!(shown(properties.message_id()), UUID);
        assert_eq!(shown(properties.correlation_id()), "c088a160-0698-11e8-b566-0800200c9a66");
        assert_eq!(shown(properties.kind()), "LOG_INNLAGT");
        assert_eq!(*properties.delivery_mode(), Some(2));
    }

    #[test]
    fn nothing_that_could_be_a_persons_stands_in_a_property() {
        for (msg_id, message_type) in
            [(NUMBER, NUMBER), ("Stille Fjord", "Stille Fjord"), (&"x".repeat(300), &"X".repeat(300))]
        {
            let properties = of_parcel(&shipment(msg_id, message_type, msg_id));
            let written = format!("{properties:?}");
            assert!(!written.contains(NUMBER) && !written.contains("Fjord") && !written.contains("xxx"), "{written}");
            assert!(properties.message_id().as_ref().is_some_and(|id| id.as_str().ends_with("-7")), "{written}");
            assert!(properties.kind().is_none() && properties.correlation_id().is_none(), "{written}");
        }
    }
}
