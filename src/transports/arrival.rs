//! What a transport brings in, and the only answers it may give for it.

use super::BoxFuture;
use crate::domain::{Fault, MessageState, PartnerName, TrackingId};
use crate::rulebook::Finding;
use bytes::Bytes;

/// Bytes that a known partner brought.
pub struct Arrival {
    /// The bytes as they came; they are never changed.
    pub bytes: Bytes,
    /// Which partner's system brought them; the transport has made sure of it.
    pub partner: PartnerName,
    /// Name of the transport.
    pub via: &'static str,
}

/// Where arrivals are received.
pub trait Inbox: Send + Sync {
    /// Stores the arrival and judges it. Only after this has returned may a transport tell its peer anything but a fault.
    fn receive(&self, arrival: Arrival) -> BoxFuture<'_, Result<Reception, Fault>>;
}

/// The two things that can be said of an arrival; both are durable when said.
pub enum Reception {
    /// We have it: from here on it is our responsibility.
    Receipt(Receipt),
    /// We have not taken it; the sender must be told at once, by the transport.
    TurnedAway(TurnedAway),
}

/// Proof that a message is stored. Only an inbox makes one.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Its name for people and for the address of its state.
    pub tracking: TrackingId,
    /// Where it stands.
    pub state: MessageState,
    /// True when the same bytes with the same MsgId were here before; the receipt is the earlier one's.
    pub repeated: bool,
    /// What its sender should know though the message goes on, such as what of a Bundle has no place in it.
    pub notes: Vec<Finding>,
}

/// Why an arrival was not taken. It is recorded all the same, under a tracking id of its own.
#[derive(Clone, Debug)]
pub struct TurnedAway {
    /// The name under which the record can be found.
    pub tracking: TrackingId,
    /// Why.
    pub why: WhyTurnedAway,
    /// What is wrong, where, by which rule, and what to do.
    pub findings: Vec<Finding>,
}

/// Why an arrival was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhyTurnedAway {
    /// There is no message in it that could be answered.
    Unreadable,
    /// The message names a sender that this partner does not own.
    ForeignSender,
    /// The partner's own system is about to send it, and it may not be sent as it is; no receiver has seen it.
    NotFitToSend,
    /// The MsgId belongs to an earlier message with other content.
    MsgIdReused {
        /// The earlier message.
        earlier: TrackingId,
    },
}
