//! One delivery: what an attempt came to is turned into what comes next, and both are stored together.

use super::Gateway;
use super::judge::aside;
use crate::delivery::{AnswerAtOnce, Cause, DeliveryFailure, Evidence, NextStep, RetryPolicy, next_step};
use crate::domain::{Fault, PartnerName};
use crate::messages::{self, Body, Parsed, all_types};
use crate::pipeline::{Parcel, Purpose, positive_apprec};
use crate::routing::Acknowledges;
use crate::store::{Claimed, Ended, NotAtHand, OpenAttempt};
use crate::translation::forms::xml_in;
use crate::transports::{Arrival, FHIR, Inbox, Shipment};
use tracing::{info, warn};

impl Gateway {
    /// What a transport needs of a claimed delivery, or why there is nothing to send.
    pub fn shipment(claimed: &Claimed) -> Result<Shipment, DeliveryFailure> {
        let bytes = claimed.bytes.clone().map_err(|why| match why {
            NotAtHand::Now => DeliveryFailure::Temporary(Cause::new("its bytes could not be read from the store now")),
            NotAtHand::Ever => DeliveryFailure::Permanent(Cause::new("its bytes in the store are damaged, or were removed")),
        })?;
        Ok(Shipment {
            delivery: claimed.delivery,
            tracking: claimed.tracking,
            msg_id: claimed.msg_id.clone(),
            message_type: claimed.type_code.clone(),
            receiver: claimed.receiver,
            belongs_to: None,
            bytes,
            attempt: claimed.attempt,
        })
    }

    /// The same with what it belongs to. For that it is read once more, as it will be sent.
    pub(super) fn placed(&self, shipment: Shipment) -> Shipment {
        let belongs_to = aside(shipment.bytes.len(), || {
            let Parsed { body, envelope, .. } = messages::reread(&shipment.bytes, &self.setup.limits)?;
            match body {
                Body::Receipt(apprec) => Some(apprec.original.id),
                Body::Business(_) => Some(envelope.conversation?.conversation),
            }
        });
        Shipment { belongs_to, ..shipment }
    }

    /// Writes what an attempt came to, and wakes whoever has something to do because of it.
    pub async fn conclude(&self, claimed: &Claimed, result: &Result<Evidence, DeliveryFailure>) -> Result<(), Fault> {
        if let Ok(Evidence { answer: Some(answer), .. }) = result {
            // Before the end of the attempt is written: if we die in between, it counts as unknown, and the answer comes again.
            self.take_answer(&claimed.partner, answer).await?;
        }
        let now = self.clock.now();
        let ended = match result {
            Ok(evidence) => Ended::HandedOver(evidence.clone(), self.apprec_on_behalf(claimed)),
            Err(failure) => {
                let policy = self.retry_policy(&claimed.partner);
                let spread = self.chance.next_u64();
                let step = next_step(failure, claimed.failures + 1, claimed.queued_at, now, &policy, spread);
                Ended::Failed(failure.clone(), step)
            }
        };
        log(claimed, &ended);
        let due = match &ended {
            Ended::Failed(_, NextStep::Wait(at)) => Some(*at),
            Ended::Failed(_, NextStep::GiveUp(_)) | Ended::HandedOver(..) => None,
        };
        let wrote_apprec = matches!(ended, Ended::HandedOver(_, Some(_)));
        self.store.end(claimed.delivery, claimed.attempt, ended, now).await?;
        match due {
            Some(at) => self.wake.at(&claimed.partner, at),
            // The next of the line may have come up.
            None => self.wake.now([&claimed.partner]),
        }
        if wrote_apprec {
            self.wake.now([&claimed.from]);
        }
        Ok(())
    }

    /// An answer that came in the same breath is an arrival from that partner, like any other.
    async fn take_answer(&self, partner: &PartnerName, answer: &AnswerAtOnce) -> Result<(), Fault> {
        let bytes = answer.0.expose().clone().into();
        self.receive(Arrival { bytes, partner: partner.clone(), via: FHIR }).await.map(|_| ())
    }

    /// Attempts that a dead process left open may or may not have arrived. Answers how many there were.
    pub async fn take_back(&self) -> Result<usize, Fault> {
        let left_open = self.store.left_open(&self.owner, self.clock.now()).await?;
        for open in &left_open {
            let now = self.clock.now();
            let failure = DeliveryFailure::Unknown(Cause::new("the gateway stopped during the attempt"));
            let policy = self.retry_policy(&open.partner);
            let step = next_step(&failure, open.failures + 1, open.queued_at, now, &policy, self.chance.next_u64());
            self.store.end(open.delivery, open.attempt, Ended::Failed(failure, step), now).await?;
            warn!(delivery.id = %open.delivery, partner = %open.partner, "an attempt was left open; it counts as unknown");
            self.wake.now([&open.partner]);
        }
        Ok(left_open.len())
    }

    /// Has those claimed deliveries tried anew at once that nobody here is trying. There is one gateway at a time on a store.
    pub(super) async fn give_back(&self, is_nobodys: impl Fn(&OpenAttempt) -> bool) -> Result<(), Fault> {
        let now = self.clock.now();
        for open in self.store.left_open("", now).await?.into_iter().filter(is_nobodys) {
            let failure = DeliveryFailure::Temporary(Cause::new("nothing was tried: the database did not answer in time"));
            let ended = Ended::Failed(failure, NextStep::Wait(now));
            self.store.end(open.delivery, open.attempt, ended, now).await?;
            warn!(delivery.id = %open.delivery, partner = %open.partner, "a delivery was claimed and nobody heard of it; it is due again");
            self.wake.now([&open.partner]);
        }
        Ok(())
    }

    fn retry_policy(&self, partner: &PartnerName) -> RetryPolicy {
        self.setup.connections.get(partner).map(|connection| connection.retry).unwrap_or_default()
    }

    /// The positive AppRec for a partner that lets the gateway acknowledge.
    fn apprec_on_behalf(&self, claimed: &Claimed) -> Option<Parcel> {
        let partner = self.setup.directory.partner(&claimed.partner)?;
        let wanted = claimed.purpose == Purpose::Message && claimed.expects_apprec;
        if !wanted || partner.acknowledges != Acknowledges::Gateway {
            return None;
        }
        // A Bundle is read as the message that it was made from.
        let parsed = messages::reread(&xml_in(claimed.bytes.as_ref().ok()?)?, &self.setup.limits)?;
        let is_receiver = |r: &&crate::domain::Receiver| r.party.address().most_exact() == claimed.receiver;
        let receiver = parsed.envelope.receivers.iter().find(is_receiver)?;
        // What is handed over may be a translation; the sender is answered as fits what it sent.
        let came_as = all_types().find(|kind| kind.label() == claimed.kind).unwrap_or(parsed.kind);
        let sender = self.setup.directory.partner(&claimed.from);
        let wanted = sender.map_or(came_as.apprec, |sender| sender.apprec_version(came_as.apprec));
        let to = (&claimed.from, sender);
        Some(positive_apprec(&parsed, receiver, to, Some(wanted), self.clock.now(), &*self.chance))
    }
}

fn log(claimed: &Claimed, ended: &Ended) {
    let (delivery, partner, attempt) = (claimed.delivery, &claimed.partner, claimed.attempt);
    match ended {
        Ended::HandedOver(evidence, _) => {
            info!(message.tracking = %claimed.tracking, delivery.id = %delivery, %partner, attempt, "delivered: {}", evidence.proof);
        }
        Ended::Failed(failure, NextStep::Wait(at)) => {
            let (kind, cause) = (failure.as_str(), failure.cause());
            info!(message.tracking = %claimed.tracking, delivery.id = %delivery, %partner, attempt, "not delivered, {kind}: {cause}; again at {at}");
        }
        Ended::Failed(failure, NextStep::GiveUp(why)) => {
            let (kind, cause, why) = (failure.as_str(), failure.cause(), why.as_str());
            warn!(message.tracking = %claimed.tracking, delivery.id = %delivery, %partner, attempt, "given up, {kind}: {cause}; {why}");
        }
    }
}
