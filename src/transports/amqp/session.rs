//! One connection that takes from a queue, from the first to the last message.

use super::InOptions;
use super::link::declare;
use super::properties::{short, text};
use super::trouble::in_words;
use super::wire::Wire;
use crate::transports::Stop;
use lapin::options::{
    BasicCancelOptions, BasicConsumeOptions, BasicQosOptions, ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions,
};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{Channel, Connection, Consumer, ExchangeKind};
use std::time::Duration;

/// So many messages more than are received at a time are sent ahead: those that had a fault of their own wait among them.
const SENT_AHEAD: u16 = 4;
/// A broker that does not answer when we say goodbye is left without.
const GOODBYE: Duration = Duration::from_secs(2);
/// How often one that waits looks whether its connection is still there.
const LOOK: Duration = Duration::from_millis(500);
/// A broker that has just been started may let a question about a queue lie.
const BEGUN_WITHIN: Duration = Duration::from_secs(15);
const TAG: &str = "bindeledd";

/// Where what was not taken is put.
pub fn parked(queue: &str) -> String {
    format!("{queue}.parked")
}

/// A connection with a consumer.
pub struct Session {
    connection: Connection,
    channel: Channel,
    /// What comes.
    pub consumer: Consumer,
}

impl Session {
    /// Connects, makes sure that the queues are there, and begins to consume. The error is for people.
    pub async fn open(wire: &Wire, options: &InOptions) -> Result<Self, &'static str> {
        let connection = wire.connect().await?;
        let begun = tokio::time::timeout(BEGUN_WITHIN, Self::begin(connection, options)).await;
        begun.unwrap_or(Err("the broker does not get ready"))
    }

    async fn begin(connection: Connection, options: &InOptions) -> Result<Self, &'static str> {
        const TOO_LONG: &str = "the name of the queue is too long";
        let queue = short(&options.queue).ok_or(TOO_LONG)?;
        let parked = short(&parked(&options.queue)).ok_or(TOO_LONG)?;
        if options.create {
            make(&connection, &queue, &parked, options.at_once).await.map_err(|error| in_words(&error))?;
        }
        // Without a place to park what cannot be taken, the first such message would stop everything behind it.
        for name in [&parked, &queue] {
            let channel = connection.create_channel().await.map_err(|error| in_words(&error))?;
            let look = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
            let is_there = channel.queue_declare(name.clone(), look, FieldTable::default()).await;
            is_there.map_err(|_| if *name == parked { NO_PARKED } else { NO_QUEUE })?;
        }
        let begun = async {
            let channel = connection.create_channel().await?;
            channel.basic_qos(options.at_once.saturating_add(SENT_AHEAD), BasicQosOptions::default()).await?;
            let consume = BasicConsumeOptions::default();
            let consumer = channel.basic_consume(queue, TAG.into(), consume, FieldTable::default()).await?;
            Ok((channel, consumer))
        };
        let (channel, consumer) = begun.await.map_err(|error: lapin::Error| in_words(&error))?;
        Ok(Self { connection, channel, consumer })
    }

    /// What a message under way must know of this session.
    pub fn lifetime(&self, stop: &Stop) -> Lifetime {
        Lifetime { channel: self.channel.clone(), stop: stop.clone() }
    }

    /// No more messages, please.
    pub async fn cancel(&self) {
        let cancelled = self.channel.basic_cancel(TAG.into(), BasicCancelOptions::default());
        let _ = tokio::time::timeout(GOODBYE, cancelled).await;
    }

    /// What was sent ahead and is not acknowledged goes back to its place in the queue.
    pub async fn close(self) {
        const REPLY_SUCCESS: u16 = 200;
        let closed = self.connection.close(REPLY_SUCCESS, "OK".into());
        let _ = tokio::time::timeout(GOODBYE, closed).await;
    }
}

const NO_QUEUE: &str = "the queue is not there; make it, or write create = true";
const NO_PARKED: &str =
    "the queue for what is parked (its name ends in .parked) is not there; make it, or write create = true";

/// The queue, where it parks, and an exchange of its own: who may write to that exchange can reach this queue and no other.
async fn make(connection: &Connection, queue: &ShortString, parked: &ShortString, at_once: u16) -> lapin::Result<()> {
    declare(&connection.create_channel().await?, parked.clone(), FieldTable::default()).await?;
    let mut arguments = FieldTable::default();
    // A broker that counts deliveries (RabbitMQ 4: 20) drops what comes too often; here it is parked instead.
    for (name, value) in [
        ("x-dead-letter-exchange", text("")),
        ("x-dead-letter-routing-key", text(parked.as_str())),
        ("x-dead-letter-strategy", text("at-least-once")),
        ("x-overflow", text("reject-publish")),
    ] {
        arguments.insert(name.into(), value);
    }
    if at_once == 1 {
        // With several nodes, one of them consumes, and the order of the queue holds.
        arguments.insert("x-single-active-consumer".into(), AMQPValue::Boolean(true));
    }
    declare(&connection.create_channel().await?, queue.clone(), arguments).await?;
    let channel = connection.create_channel().await?;
    let durable = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
    channel.exchange_declare(queue.clone(), ExchangeKind::Fanout, durable, FieldTable::default()).await?;
    let anything = ShortString::default();
    channel.queue_bind(queue.clone(), queue.clone(), anything, QueueBindOptions::default(), FieldTable::default()).await
}

/// How long it makes sense to go on with a message: until stopping is wished, or its channel is gone and the broker gives it anew.
#[derive(Clone)]
pub struct Lifetime {
    channel: Channel,
    stop: Stop,
}

impl Lifetime {
    /// Waits; false when it made no sense to wait to the end.
    pub async fn wait(&mut self, time: Duration) -> bool {
        let mut left = time;
        loop {
            let slice = left.min(LOOK);
            tokio::select! {
                biased;
                () = self.stop.wished() => return false,
                () = tokio::time::sleep(slice) => left -= slice,
            }
            if !self.channel.status().connected() {
                return false;
            }
            if left.is_zero() {
                return true;
            }
        }
    }
}
