//! What a transport hands over, and how it says what came of it.

use super::BoxFuture;
use crate::delivery::{DeliveryFailure, Evidence};
use crate::domain::{DeliveryId, HerId, MsgId, TrackingId};
use bytes::Bytes;

/// One attempt's worth of a parcel: final bytes for one receiver.
#[derive(Clone)]
pub struct Shipment {
    /// Which delivery.
    pub delivery: DeliveryId,
    /// The message it came from.
    pub tracking: TrackingId,
    /// The id inside the bytes (`MsgId`, `AppRec/Id`), by which the receiver knows a repetition.
    pub msg_id: MsgId,
    /// `MsgInfo/Type`, or `APPREC`.
    pub message_type: String,
    /// HER-id of the receiver, as exact as the message has it.
    pub receiver: Option<HerId>,
    /// The message that its conversation began with, or the one that it answers as an AppRec. Only for a transport that tells it.
    pub belongs_to: Option<MsgId>,
    /// The bytes.
    pub bytes: Bytes,
    /// 1 for the first attempt.
    pub attempt: u32,
}

/// A way out.
pub trait Outbound: Send + Sync {
    /// Tries once. The caller sets the time limit; when it drops the future, the outcome counts as unknown.
    fn hand_over<'a>(&'a self, shipment: &'a Shipment) -> BoxFuture<'a, Result<Evidence, DeliveryFailure>>;

    /// Whether what is handed over should say what it belongs to; finding that out means reading the parcel.
    fn tells_what_it_belongs_to(&self) -> bool {
        false
    }
}
