//! What is published to one broker: a connection that is made when it is needed and kept, and channels that are used again.
//!
//! A channel carries one message at a time. Where several wait for their confirmations on one channel, what comes back unroutable
//! cannot be told apart by the order of the answers, and another message would be taken for delivered.

use super::pause::Pause;
use super::trouble::{End, code_of, end_of, in_words};
use super::wire::Wire;
use lapin::options::{BasicPublishOptions, ConfirmSelectOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{BasicProperties, Channel, Confirmation, Connection};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::time::Instant;

/// So many channels wait for the next message; the others are closed.
const IDLE_CHANNELS_MAX: usize = 8;

/// A way to publish.
pub struct Link {
    wire: Wire,
    /// The queue to make when it is not there.
    create: Option<ShortString>,
    state: tokio::sync::Mutex<State>,
    idle: Mutex<Vec<Channel>>,
}

struct State {
    connection: Option<Connection>,
    pause: Pause,
    /// Until when the broker is left alone, and why.
    away: Option<(Instant, &'static str)>,
}

impl Link {
    /// Makes ready; connects to nobody yet.
    pub fn new(wire: Wire, create: Option<ShortString>) -> Self {
        let pause = Pause::new(wire.broker().first_wait, wire.broker().longest_wait);
        let state = State { connection: None, pause, away: None };
        Self { wire, create, state: tokio::sync::Mutex::new(state), idle: Mutex::default() }
    }

    /// Publishes one message and waits until it is known what became of it. When the caller stops waiting, its channel is closed.
    pub async fn publish(&self, exchange: &str, key: &str, bytes: &[u8], properties: BasicProperties) -> End {
        let (Ok(exchange), Ok(key)) = (ShortString::try_new(exchange), ShortString::try_new(key)) else {
            return End::NotSent("the name of the exchange, the queue or the routing key is too long");
        };
        let channel = match self.channel().await {
            Ok(channel) => channel,
            Err(why) => return End::NotSent(why),
        };
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let sent = channel.basic_publish(exchange, key, options, bytes, properties).await;
        let confirmed = match sent {
            Ok(confirm) => confirm.await,
            Err(error) => Err(error),
        };
        match confirmed {
            Ok(confirmation) => {
                self.give_back(channel);
                match confirmation {
                    Confirmation::Ack(None) => End::Confirmed,
                    Confirmation::Ack(Some(_)) | Confirmation::Nack(Some(_)) => End::NoQueue,
                    Confirmation::Nack(None) => End::NotAccepted,
                    Confirmation::NotRequested => End::NoAnswer("the broker was not asked to confirm"),
                }
            }
            Err(error) => end_of(&error),
        }
    }

    async fn channel(&self) -> Result<Channel, &'static str> {
        let mut state = self.state.lock().await;
        if state.connection.as_ref().is_some_and(|connection| !connection.status().connected()) {
            state.connection = None;
            self.idle().clear();
        }
        let connection = match state.connection.take() {
            Some(connection) => connection,
            None => self.connect(&mut state).await?,
        };
        let connection = state.connection.insert(connection);
        if connection.status().blocked() {
            return Err("the broker takes nothing at the moment: it is short of memory or disk");
        }
        let kept = std::iter::from_fn(|| self.idle().pop()).find(|channel| channel.status().connected());
        match kept {
            Some(channel) => Ok(channel),
            None => {
                // The others wait for this one: a connection that is only seemingly there must not keep them all.
                let opened = tokio::time::timeout(self.wire.broker().connect_timeout, open(connection)).await;
                let opened = match opened {
                    Ok(opened) => opened.map_err(|error| in_words(&error)),
                    Err(_) => Err("the broker opens no channel in time"),
                };
                if opened.is_err() {
                    state.connection = None;
                }
                opened
            }
        }
    }

    /// One at a time, and not while the broker is left alone.
    async fn connect(&self, state: &mut State) -> Result<Connection, &'static str> {
        if let Some((_, why)) = state.away.filter(|(until, _)| Instant::now() < *until) {
            return Err(why);
        }
        let made = match self.wire.connect().await {
            Ok(connection) => {
                let ready = tokio::time::timeout(self.wire.broker().connect_timeout, self.made_ready(connection)).await;
                ready.unwrap_or(Err("the broker does not get ready"))
            }
            Err(why) => Err(why),
        };
        match made {
            Ok(connection) => {
                state.pause.forget();
                state.away = None;
                Ok(connection)
            }
            Err(why) => {
                state.away = Some((Instant::now() + state.pause.next(), why));
                Err(why)
            }
        }
    }

    async fn made_ready(&self, connection: Connection) -> Result<Connection, &'static str> {
        if let Some(queue) = &self.create {
            let channel = connection.create_channel().await.map_err(|error| in_words(&error))?;
            declare(&channel, queue.clone(), FieldTable::default()).await.map_err(|error| in_words(&error))?;
        }
        Ok(connection)
    }

    fn give_back(&self, channel: Channel) {
        let mut idle = self.idle();
        if channel.status().connected() && idle.len() < IDLE_CHANNELS_MAX {
            idle.push(channel);
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Channel>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn open(connection: &Connection) -> lapin::Result<Channel> {
    let channel = connection.create_channel().await?;
    channel.confirm_select(ConfirmSelectOptions::default()).await?;
    Ok(channel)
}

/// Makes a durable quorum queue, unless there is a queue of this name already, of whatever kind: whoever made it knows why.
pub async fn declare(channel: &Channel, queue: ShortString, mut arguments: FieldTable) -> lapin::Result<()> {
    arguments.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
    let options = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
    match channel.queue_declare(queue, options, arguments).await {
        Err(error) if code_of(&error) == Some(PRECONDITION_FAILED) => Ok(()),
        other => other.map(|_| ()),
    }
}

/// It is there, and was made otherwise.
const PRECONDITION_FAILED: u16 = 406;
