//! Takes an arrival in: read, let in or turn away, decide, store; only then is anybody told.

use super::Gateway;
use super::judge::{LONG_WORK_BYTES, decide};
use crate::domain::{Fault, TrackingId};
use crate::messages::{self, Parsed, Unreadable};
use crate::pipeline::{NotAdmitted, admit};
use crate::rulebook::Finding;
use crate::store::{NewMessage, Stored, Why};
use crate::transports::{Arrival, BoxFuture, Inbox, Receipt, Reception, TurnedAway, WhyTurnedAway};
use bytes::Bytes;
use tracing::info;

/// How often a decision is made anew because its facts changed under it. Two AppRecs for one delivery do it once.
const DECISIONS: usize = 4;

impl Inbox for Gateway {
    fn receive(&self, arrival: Arrival) -> BoxFuture<'_, Result<Reception, Fault>> {
        Box::pin(async move {
            let judging = self.setup.judging(&arrival.partner);
            let bytes = arrival.bytes.clone();
            let read = if bytes.len() > LONG_WORK_BYTES {
                let read = tokio::task::spawn_blocking(move || messages::read(&bytes, &judging));
                read.await.map_err(|_| Fault::passing("reading a large message was interrupted"))?
            } else {
                messages::read(&bytes, &judging)
            };
            self.receive_read(arrival, read).await
        })
    }
}

impl Gateway {
    /// Takes in what has been read.
    pub async fn receive_read(&self, arrival: Arrival, read: Result<Parsed, Unreadable>) -> Result<Reception, Fault> {
        let mut parsed = match read {
            Ok(parsed) => parsed,
            Err(unreadable) => return self.turn_away(&arrival, None, WhyTurnedAway::Unreadable, unreadable.findings).await,
        };
        self.compare(&mut parsed, &arrival.partner)?;
        match admit(&parsed, &arrival.partner, &self.setup.directory, self.clock.now()) {
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

    async fn take_in(&self, arrival: &Arrival, parsed: &Parsed) -> Result<Reception, Fault> {
        let tracking = TrackingId::new(&*self.chance);
        for _ in 0..DECISIONS {
            // An outcome that could not be had now is had later, by the judge; the message is stored either way.
            let outcome = decide(self, parsed, &arrival.bytes, &arrival.partner).unwrap_or_else(|fault| {
                tracing::warn!(fault = fault.inner(), "a message is stored without its outcome and judged later");
                None
            });
            let partners: Vec<_> =
                outcome.iter().flat_map(|outcome| &outcome.parcels).map(|parcel| parcel.to.clone()).collect();
            let rules: Vec<_> =
                outcome.iter().flat_map(|outcome| &outcome.findings).map(|finding| finding.rule.id).collect();
            let stored = self.store.receive(self.new_message(arrival, tracking, Some(parsed)), outcome).await?;
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
        arrival: &Arrival,
        parsed: Option<&Parsed>,
        why: WhyTurnedAway,
        findings: Vec<Finding>,
    ) -> Result<Reception, Fault> {
        let new = self.new_message(arrival, TrackingId::new(&*self.chance), parsed);
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

    fn new_message(&self, arrival: &Arrival, tracking: TrackingId, parsed: Option<&Parsed>) -> NewMessage {
        NewMessage {
            tracking,
            received_at: self.clock.now(),
            partner: arrival.partner.clone(),
            via: arrival.via,
            bytes: Bytes::clone(&arrival.bytes),
            envelope: parsed.map(|parsed| (parsed.envelope.clone(), parsed.kind.label())),
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
            Reception::Receipt(Receipt { tracking, state, repeated: false })
        }
        Stored::Same { tracking, state } => {
            info!(message.tracking = %tracking, %partner, "received again, the same bytes");
            Reception::Receipt(Receipt { tracking, state, repeated: true })
        }
        Stored::Reused { tracking, earlier } => {
            info!(message.tracking = %tracking, %partner, "turned away: its MsgId belongs to {earlier}");
            Reception::TurnedAway(TurnedAway { tracking, why: WhyTurnedAway::MsgIdReused { earlier }, findings: Vec::new() })
        }
    })
}
