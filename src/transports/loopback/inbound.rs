//! Step 2: the way in. A peer brings bytes and waits; we give it the inbox's answer, and nothing else.

use super::Options;
use crate::domain::{Fault, PartnerName, TrackingId};
use crate::transports::{Answer, Arrival, Counters, Inbox, LOOPBACK, Receipt, Reception, Stop, TurnedAway};
use bytes::Bytes;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Our end.
pub struct Inbound {
    partner: PartnerName,
    options: Options,
    counters: Arc<Counters>,
    brought: mpsc::Receiver<Brought>,
}

/// The partner's end.
#[derive(Clone)]
pub struct Peer(mpsc::Sender<Brought>);

struct Brought {
    bytes: Bytes,
    answer: oneshot::Sender<PeerSaw>,
}

/// What the peer is told. Every transport has these answers in some form: HTTP statuses, folders, signals.
#[derive(Debug)]
pub enum PeerSaw {
    /// We have it.
    Receipt(Receipt),
    /// We have not taken it, and why.
    TurnedAway(TurnedAway),
    /// Refused before the inbox saw it.
    TooLarge {
        /// The largest message, in bytes.
        limit: usize,
    },
    /// Our own trouble; the peer still has its message and should try again.
    Fault,
    /// Nobody is here: we have stopped. To the peer this is the same as a fault.
    Gone,
}

impl Inbound {
    /// Both ends of a connection with one partner.
    pub fn new(partner: PartnerName, options: Options, counters: Arc<Counters>) -> (Self, Peer) {
        let (sender, brought) = mpsc::channel(options.waiting_arrivals.max(1));
        (Self { partner, options, counters, brought }, Peer(sender))
    }

    /// Receives until stopping is wished. What is under way is finished first: its peer is owed an answer.
    pub async fn run(mut self, inbox: Arc<dyn Inbox>, mut stop: Stop) -> Result<(), Fault> {
        loop {
            let next = tokio::select! {
                // The wish to stop goes first, else a busy peer could keep us for ever.
                biased;
                () = stop.wished() => return Ok(()),
                next = self.brought.recv() => next,
            };
            let Some(Brought { bytes, answer }) = next else { return Ok(()) };
            let saw = self.receive(bytes, inbox.as_ref()).await;
            self.counters.loopback.add(count_as(&saw));
            // A peer that went away gets no answer; it will bring the same message again, and get the same receipt.
            let _ = answer.send(saw);
        }
    }

    async fn receive(&self, bytes: Bytes, inbox: &dyn Inbox) -> PeerSaw {
        let limit = self.options.max_message_bytes;
        if bytes.len() > limit {
            return PeerSaw::TooLarge { limit };
        }
        match inbox.receive(Arrival { bytes, partner: self.partner.clone(), via: LOOPBACK }).await {
            Ok(Reception::Receipt(receipt)) => PeerSaw::Receipt(receipt),
            Ok(Reception::TurnedAway(turned_away)) => PeerSaw::TurnedAway(turned_away),
            Err(fault) => {
                tracing::error!(partner = %self.partner, fault = fault.inner(), "an arrival could not be received");
                PeerSaw::Fault
            }
        }
    }
}

fn count_as(saw: &PeerSaw) -> Answer {
    match saw {
        PeerSaw::Receipt(receipt) if receipt.repeated => Answer::Repeated,
        PeerSaw::Receipt(_) => Answer::Receipt,
        PeerSaw::TurnedAway(_) => Answer::TurnedAway,
        PeerSaw::TooLarge { .. } => Answer::RefusedAtTheDoor,
        PeerSaw::Fault | PeerSaw::Gone => Answer::Fault,
    }
}

impl Peer {
    /// Brings bytes and waits for the answer.
    pub async fn bring(&self, bytes: Bytes) -> PeerSaw {
        let (answer, answered) = oneshot::channel();
        if self.0.send(Brought { bytes, answer }).await.is_err() {
            return PeerSaw::Gone;
        }
        answered.await.unwrap_or(PeerSaw::Gone)
    }
}

impl PeerSaw {
    /// The tracking id, where the answer names one.
    pub fn tracking(&self) -> Option<TrackingId> {
        match self {
            Self::Receipt(receipt) => Some(receipt.tracking),
            Self::TurnedAway(turned_away) => Some(turned_away.tracking),
            Self::TooLarge { .. } | Self::Fault | Self::Gone => None,
        }
    }
}
