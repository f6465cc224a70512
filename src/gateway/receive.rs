//! Takes an arrival in: read, let in or turn away, decide, store; only then is anybody told.

use super::Gateway;
use super::bundle::FromBundle;
use super::judge::{LONG_WORK_BYTES, decide};
use crate::domain::{Fault, PersonId, TrackingId};
use crate::messages::{self, Judging, Parsed, Unreadable};
use crate::pipeline::{NotAdmitted, admit};
use crate::rulebook::{Direction, Finding};
use crate::store::{NewMessage, Stored, Why};
use crate::translation::forms::is_bundle;
use crate::transports::{Arrival, BoxFuture, Inbox, Receipt, Reception, TurnedAway, WhyTurnedAway};
use bytes::Bytes;
use tracing::info;

/// How often a decision is made anew because its facts changed under it. Two AppRecs for one delivery do it once.
const DECISIONS: usize = 4;

impl Inbox for Gateway {
    fn receive(&self, arrival: Arrival) -> BoxFuture<'_, Result<Reception, Fault>> {
        Box::pin(async move {
            if is_bundle(&arrival.bytes) {
                return self.receive_bundle(arrival).await;
            }
            let judging = self.setup.judging(&arrival.partner);
            let read = read(&arrival.bytes, &judging).await?;
            self.receive_read(Arrived { came_as: None, bytes: arrival.bytes.clone(), arrival }, read, &judging).await
        })
    }
}

/// An arrival, and the XML in it.
struct Arrived {
    arrival: Arrival,
    /// The bytes that the path works with.
    bytes: Bytes,
    /// What came, where these were made from it.
    came_as: Option<Bytes>,
}

/// Reads a message; on another thread when it is long work.
async fn read(bytes: &Bytes, judging: &Judging) -> Result<Result<Parsed, Unreadable>, Fault> {
    if bytes.len() <= LONG_WORK_BYTES {
        return Ok(messages::read(bytes, judging));
    }
    let (bytes, judging) = (bytes.clone(), judging.clone());
    let read = tokio::task::spawn_blocking(move || messages::read(&bytes, &judging));
    read.await.map_err(|_| Fault::passing("reading a large message was interrupted"))
}

impl Gateway {
    /// A Bundle goes the way of the message that it is made into, and is judged as what its sender's system is about to send: what is
    /// wrong is told at once, to the one who can mend it.
    async fn receive_bundle(&self, arrival: Arrival) -> Result<Reception, Fault> {
        let (bytes, notes) = match self.unpack(&arrival.bytes, &arrival.partner).await? {
            FromBundle::Message(bytes, notes) => (bytes, notes),
            FromBundle::NoMessage(findings) => {
                let arrived = Arrived { bytes: arrival.bytes.clone(), came_as: None, arrival };
                return self.turn_away(&arrived, None, WhyTurnedAway::Unreadable, findings).await;
            }
        };
        let judging = Judging { direction: Direction::Outgoing, ..self.setup.judging(&arrival.partner) };
        let mut read = read(&bytes, &judging).await?;
        if let Ok(parsed) = &mut read {
            parsed.findings.extend(notes.iter().cloned());
        }
        let came_as = Some(arrival.bytes.clone());
        let reception = self.receive_read(Arrived { arrival, bytes, came_as }, read, &judging).await?;
        Ok(match reception {
            Reception::Receipt(receipt) => Reception::Receipt(Receipt { notes, ..receipt }),
            turned_away @ Reception::TurnedAway(_) => turned_away,
        })
    }

    /// Takes in what has been read.
    async fn receive_read(
        &self,
        arrival: Arrived,
        read: Result<Parsed, Unreadable>,
        judging: &Judging,
    ) -> Result<Reception, Fault> {
        let mut parsed = match read {
            Ok(parsed) => parsed,
            Err(unreadable) => return self.turn_away(&arrival, None, WhyTurnedAway::Unreadable, unreadable.findings).await,
        };
        self.compare(&mut parsed, judging).await?;
        match admit(&parsed, &arrival.arrival.partner, judging.direction, &self.setup.directory, self.clock.now()) {
            Ok(()) => self.take_in(&arrival, &parsed).await,
            Err(NotAdmitted::NoSender(findings)) => {
                self.turn_away(&arrival, Some(&parsed), WhyTurnedAway::Unreadable, findings).await
            }
            Err(NotAdmitted::ForeignSender) => {
                self.turn_away(&arrival, Some(&parsed), WhyTurnedAway::ForeignSender, Vec::new()).await
            }
            Err(NotAdmitted::NotFitToSend(findings)) => {
                self.turn_away(&arrival, Some(&parsed), WhyTurnedAway::NotFitToSend, findings).await
            }
        }
    }

    async fn take_in(&self, arrived: &Arrived, parsed: &Parsed) -> Result<Reception, Fault> {
        let arrival = &arrived.arrival;
        let tracking = TrackingId::new(&*self.chance);
        for _ in 0..DECISIONS {
            // An outcome that could not be had now is had later, by the judge; the message is stored either way.
            let decided = decide(self, parsed, &arrived.bytes, &arrival.partner).await;
            let outcome = decided.unwrap_or_else(|fault| {
                tracing::warn!(fault = fault.inner(), "a message is stored without its outcome and judged later");
                None
            });
            let partners: Vec<_> =
                outcome.iter().flat_map(|outcome| &outcome.parcels).map(|parcel| parcel.to.clone()).collect();
            let rules: Vec<_> =
                outcome.iter().flat_map(|outcome| &outcome.findings).map(|finding| finding.rule.id).collect();
            let stored = self.store.receive(self.new_message(arrived, tracking, Some(parsed)), outcome).await?;
            if let Stored::New { state, .. } = &stored {
                self.counters.judged.add(*state);
            }
            if let Some(reception) = told(stored, arrival, &rules) {
                self.wake.now(&partners);
                return Ok(reception);
            }
        }
        Err(Fault::passing("the facts for a message kept changing"))
    }

    async fn turn_away(
        &self,
        arrived: &Arrived,
        parsed: Option<&Parsed>,
        why: WhyTurnedAway,
        findings: Vec<Finding>,
    ) -> Result<Reception, Fault> {
        let arrival = &arrived.arrival;
        let new = self.new_message(arrived, TrackingId::new(&*self.chance), parsed);
        let recorded = match why {
            WhyTurnedAway::ForeignSender => Why::ForeignSender,
            WhyTurnedAway::NotFitToSend => Why::NotFitToSend,
            WhyTurnedAway::Unreadable | WhyTurnedAway::MsgIdReused { .. } => Why::Unreadable,
        };
        let tracking = self.store.turn_away(new, recorded, findings.clone()).await?;
        let rules: Vec<_> = findings.iter().map(|finding| finding.rule.id).collect();
        info!(message.tracking = %tracking, partner = %arrival.partner, rules = ?rules, "turned away: {why:?}");
        Ok(Reception::TurnedAway(TurnedAway { tracking, why, findings }))
    }

    fn new_message(&self, arrived: &Arrived, tracking: TrackingId, parsed: Option<&Parsed>) -> NewMessage {
        NewMessage {
            tracking,
            received_at: self.clock.now(),
            partner: arrived.arrival.partner.clone(),
            via: arrived.arrival.via,
            bytes: Bytes::clone(&arrived.bytes),
            came_as: arrived.came_as.clone(),
            envelope: parsed.map(|parsed| (parsed.envelope.clone(), parsed.kind.label())),
            patients: parsed.map_or_else(Vec::new, |parsed| parsed.patient().iter().map(PersonId::of).collect()),
        }
    }
}

/// What may be told of it now; nothing when the decision must be made anew.
fn told(stored: Stored, arrival: &Arrival, rules: &[&str]) -> Option<Reception> {
    let partner = &arrival.partner;
    Some(match stored {
        Stored::FactsChanged => return None,
        Stored::New { tracking, state, .. } => {
            info!(message.tracking = %tracking, %partner, state = state.as_str(), ?rules, "received");
            Reception::Receipt(Receipt { tracking, state, repeated: false, notes: Vec::new() })
        }
        Stored::Same { tracking, state } => {
            info!(message.tracking = %tracking, %partner, "received again, the same bytes");
            Reception::Receipt(Receipt { tracking, state, repeated: true, notes: Vec::new() })
        }
        Stored::Reused { tracking, earlier } => {
            info!(message.tracking = %tracking, %partner, "turned away: its MsgId belongs to {earlier}");
            Reception::TurnedAway(TurnedAway { tracking, why: WhyTurnedAway::MsgIdReused { earlier }, findings: Vec::new() })
        }
    })
}
