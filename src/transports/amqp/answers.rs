//! What becomes of one message from the queue: asked of the inbox until there is an answer, parked or not, answered, and only then
//! acknowledged. Broken off at any point, the broker gives it again, and the inbox knows it.

use super::InOptions;
use super::explanation;
use super::link::Link;
use super::pause::Pause;
use super::properties::{of_ours, short, text};
use super::session::{Lifetime, parked};
use super::trouble::{End, classify};
use crate::domain::{Fault, FaultKind, PartnerName};
use crate::transports::http::{Problem, ProblemKind, bare};
use crate::transports::{AMQP, Answer, Arrival, Counters, Inbox, Receipt, Reception};
use bytes::Bytes;
use lapin::BasicProperties;
use lapin::message::Delivery;
use lapin::options::BasicAckOptions;
use lapin::types::{FieldTable, ShortString};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// An answer that does not get through is given up after so many tries: the sender gets the same one when it sends again.
const ANSWER_TRIES: u32 = 3;
/// A broker that has just been started may swallow what it is given.
const CONFIRMED_WITHIN: Duration = Duration::from_secs(30);
/// RabbitMQ's direct reply-to, and the queues that it has named itself, which nobody can guess.
const ANYBODYS: [&str; 2] = ["amq.rabbitmq.reply-to.", "amq.gen-"];

/// What settles messages of one queue.
pub struct Desk {
    partner: PartnerName,
    options: InOptions,
    counters: Arc<Counters>,
    inbox: Arc<dyn Inbox>,
    /// Another connection than the one that consumes: a broker that is short of room reads no more from who publishes.
    link: Link,
}

/// One message from the queue.
struct Brought {
    bytes: Bytes,
    properties: BasicProperties,
}

impl Desk {
    /// A desk for one queue.
    pub fn new(
        partner: PartnerName,
        options: InOptions,
        counters: Arc<Counters>,
        inbox: Arc<dyn Inbox>,
        link: Link,
    ) -> Self {
        Self { partner, options, counters, inbox, link }
    }

    /// Settles one message. Until it is known what becomes of it, `turn` keeps the next one waiting.
    pub async fn settle(&self, delivery: Delivery, turn: OwnedSemaphorePermit, mut lifetime: Lifetime) {
        let Delivery { data, properties, acker, .. } = delivery;
        let brought = Brought { bytes: data.into(), properties };
        let mut turn = Some(turn);
        let Some(answer) = self.ask(&brought, &mut turn, &mut lifetime).await else { return };
        if let Err(problem) = &answer
            && !self.park(&brought, problem, &mut lifetime).await
        {
            return;
        }
        if !self.answer(&brought, answer.as_ref(), &mut lifetime).await {
            return;
        }
        // When it fails, the channel is gone: the message comes again, and is known.
        let _ = acker.ack(BasicAckOptions::default()).await;
    }

    /// Asks until there is an answer; `None` when that makes no more sense.
    async fn ask(
        &self,
        brought: &Brought,
        turn: &mut Option<OwnedSemaphorePermit>,
        lifetime: &mut Lifetime,
    ) -> Option<Result<Receipt, Problem>> {
        if let Some(problem) = self.problem_at_the_door(brought) {
            self.counters.amqp.add(Answer::RefusedAtTheDoor);
            return Some(Err(problem));
        }
        let mut pause = Pause::new(self.options.broker.first_wait, self.options.broker.longest_wait);
        loop {
            let arrival = Arrival { bytes: brought.bytes.clone(), partner: self.partner.clone(), via: AMQP };
            match self.inbox.receive(arrival).await {
                Ok(Reception::Receipt(receipt)) => {
                    self.counters.amqp.add(if receipt.repeated { Answer::Repeated } else { Answer::Receipt });
                    return Some(Ok(receipt));
                }
                Ok(Reception::TurnedAway(turned_away)) => {
                    self.counters.amqp.add(Answer::TurnedAway);
                    return Some(Err(turned_away.into()));
                }
                Err(fault) => {
                    self.fault(&fault, turn);
                    if !lifetime.wait(pause.next()).await {
                        return None;
                    }
                }
            }
        }
    }

    fn problem_at_the_door(&self, brought: &Brought) -> Option<Problem> {
        let limit = self.options.max_message_bytes;
        let encoding = brought.properties.content_encoding().as_ref().map_or("", |encoding| encoding.as_str());
        if brought.bytes.is_empty() {
            Some(Problem::new(ProblemKind::MessageEmpty))
        } else if brought.bytes.len() > limit {
            let sizes = format!("It has {} bytes. This gateway takes at most {limit} bytes.", brought.bytes.len());
            Some(Problem::new(ProblemKind::MessageTooLarge).detail(sizes))
        } else if !["", "identity", "utf-8"].iter().any(|harmless| encoding.eq_ignore_ascii_case(harmless)) {
            Some(Problem::new(ProblemKind::ContentEncoded))
        } else {
            None
        }
    }

    fn fault(&self, fault: &Fault, turn: &mut Option<OwnedSemaphorePermit>) {
        self.counters.amqp.add(Answer::Fault);
        tracing::error!(partner = %self.partner, fault = fault.inner(), "a message of a queue could not be received; it stays there");
        match fault.kind() {
            // The next message would fare no better, and out of turn.
            FaultKind::Passing | FaultKind::StorageFull => {}
            // It may be this message alone; the others must not wait for it.
            FaultKind::Lasting => drop(turn.take()),
        }
    }

    /// Puts it aside with its explanation; false when it is not there yet and must stay in the queue.
    async fn park(&self, brought: &Brought, problem: &Problem, lifetime: &mut Lifetime) -> bool {
        let place = parked(&self.options.queue);
        let problem_name = problem.kind.name();
        let mut pause = Pause::new(self.options.broker.first_wait, self.options.broker.longest_wait);
        loop {
            let properties = kept(&brought.properties, explanation::headers(problem));
            match self.publish(&place, &brought.bytes, properties).await {
                Ok(()) => {
                    tracing::info!(partner = %self.partner, problem = problem_name, "a message of a queue was not taken; it is parked");
                    return true;
                }
                Err((_, why)) => {
                    tracing::error!(partner = %self.partner, why, "a message that was not taken cannot be parked; it stays in its queue");
                }
            }
            if !lifetime.wait(pause.next()).await {
                return false;
            }
        }
    }

    /// Answers where an answer is wanted; false when the message must stay in the queue.
    async fn answer(&self, brought: &Brought, answer: Result<&Receipt, &Problem>, lifetime: &mut Lifetime) -> bool {
        let Some(reply_to) = brought.properties.reply_to().as_ref().map(|name| name.as_str()) else { return true };
        if !may_be_answered(&self.options.queue, reply_to) {
            tracing::warn!(partner = %self.partner, "no answer: the name in reply_to is not one that this partner may have answers at");
            return true;
        }
        let (content_type, bytes) = bare(answer);
        let mut pause = Pause::new(self.options.broker.first_wait, self.options.broker.longest_wait);
        for _ in 0..ANSWER_TRIES {
            match self.publish(reply_to, &bytes, answering(&brought.properties, content_type, answer)).await {
                Ok(()) => return true,
                Err((End::NoQueue, _)) => {
                    tracing::info!(partner = %self.partner, "the queue for the answer is not there any more");
                    return true;
                }
                Err((_, why)) => tracing::warn!(partner = %self.partner, why, "an answer could not be given"),
            }
            if !lifetime.wait(pause.next()).await {
                return false;
            }
        }
        true
    }

    /// Into a queue. Says otherwise how it ended, also in words.
    async fn publish(&self, queue: &str, bytes: &[u8], properties: BasicProperties) -> Result<(), (End, String)> {
        let published = tokio::time::timeout(CONFIRMED_WITHIN, self.link.publish("", queue, bytes, properties)).await;
        let end = published.unwrap_or(End::NoAnswer("the broker did not confirm in time"));
        let said = classify(end, &self.options.broker.address.shown());
        said.map(|_| ()).map_err(|failure| (end, failure.cause().to_string()))
    }
}

/// We may write to every queue of the virtual host; whoever sends may not choose just any of them. The parked are no answers.
fn may_be_answered(queue: &str, reply_to: &str) -> bool {
    let is_theirs = reply_to.strip_prefix(queue).is_some_and(|rest| rest.starts_with('.')) && reply_to != parked(queue);
    is_theirs || ANYBODYS.iter().any(|prefix| reply_to.starts_with(prefix))
}

/// What the partner wrote beside its message, as far as it still means something, and our headers. Not `user_id`, which a broker
/// compares with who publishes, nor `expiration`: what is parked stays.
fn kept(theirs: &BasicProperties, headers: FieldTable) -> BasicProperties {
    let mut properties = of_ours().with_headers(headers);
    type Put = fn(BasicProperties, ShortString) -> BasicProperties;
    let with: [(&Option<ShortString>, Put); 5] = [
        (theirs.message_id(), BasicProperties::with_message_id),
        (theirs.correlation_id(), BasicProperties::with_correlation_id),
        (theirs.kind(), BasicProperties::with_type),
        (theirs.content_type(), BasicProperties::with_content_type),
        (theirs.content_encoding(), BasicProperties::with_content_encoding),
    ];
    for (property, put) in with {
        if let Some(value) = property {
            properties = put(properties, value.clone());
        }
    }
    properties
}

/// An answer names what it answers as clients expect: by the correlation id of the question, or else its message id.
fn answering(theirs: &BasicProperties, content_type: &str, answer: Result<&Receipt, &Problem>) -> BasicProperties {
    let tracking = answer.map_or_else(|problem| problem.tracking, |receipt| Some(receipt.tracking));
    let mut headers = FieldTable::default();
    if let Some(tracking) = tracking {
        headers.insert("bindeledd-tracking-id".into(), text(&tracking.to_string()));
    }
    let kind = answer.map_or_else(|problem| problem.kind.name(), |_| "receipt");
    let mut properties = of_ours()
        .with_content_type(short(content_type).unwrap_or_default())
        .with_type(short(kind).unwrap_or_default())
        .with_headers(headers);
    if let Some(id) = theirs.correlation_id().as_ref().or(theirs.message_id().as_ref()) {
        properties = properties.with_correlation_id(id.clone());
    }
    properties
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partner_is_answered_at_its_own_queues_and_nowhere_else() {
        for (reply_to, may) in [
            ("gp.in.replies", true),
            ("gp.in.a.b", true),
            ("amq.rabbitmq.reply-to.g1h2AA", true),
            ("amq.gen-JzTY20BRgKO", true),
            ("gp.in", false),
            ("gp.in.parked", false),
            ("gp.inn.replies", false),
            ("hospital.in", false),
            ("", false),
        ] {
            assert_eq!(may_be_answered("gp.in", reply_to), may, "{reply_to}");
        }
    }

    #[test]
    fn what_is_parked_keeps_its_ids_and_loses_what_would_remove_it() {
        let theirs = BasicProperties::default()
            .with_message_id("m".into())
            .with_correlation_id("c".into())
            .with_expiration("1".into())
            .with_user_id("vendor".into());
        let properties = kept(&theirs, FieldTable::default());
        assert_eq!(properties.message_id().as_ref().map(|id| id.as_str()), Some("m"));
        assert_eq!(properties.correlation_id().as_ref().map(|id| id.as_str()), Some("c"));
        assert!(properties.expiration().is_none() && properties.user_id().is_none());
        assert_eq!(*properties.delivery_mode(), Some(2));
    }
}
