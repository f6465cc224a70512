//! A partner's end of a broker: it publishes, takes what there is, and reads the answers that it gets.

use bindeledd::domain::Private;
use bindeledd::transports::amqp::{Address, Broker, Login};
use futures_util::StreamExt;
use lapin::message::Delivery;
use lapin::options::{
    BasicConsumeOptions, BasicGetOptions, BasicPublishOptions, ConfirmSelectOptions, QueueDeclareOptions, QueueDeleteOptions,
};
use lapin::types::{AMQPValue, FieldTable};
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties, Consumer};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// RabbitMQ's way to get answers without a queue.
pub const REPLY_TO: &str = "amq.rabbitmq.reply-to";
const LOOK: Duration = Duration::from_millis(5);

/// A name that no other test uses.
pub fn fresh(stem: &str) -> String {
    static NAMES: AtomicU32 = AtomicU32::new(0);
    format!("{stem}-{}", NAMES.fetch_add(1, Ordering::SeqCst))
}

/// The choices of a gateway for a broker of the tests: it comes as the user that every new broker has, and does not wait long.
pub fn options(address: SocketAddr, user: &str, password: &str) -> Broker {
    let address = Address::parse(&format!("amqp://{address}"), false).expect("a good address");
    let login = Login::Password { user: user.into(), password: Private::new(password.into()) };
    let (first_wait, longest_wait) = (Duration::from_millis(5), Duration::from_millis(200));
    Broker { first_wait, longest_wait, ..Broker::new(address, login) }
}

/// A partner at a broker.
pub struct Peer {
    connection: Connection,
}

impl Peer {
    /// Comes as the user that every new broker has.
    pub async fn at(address: SocketAddr) -> Self {
        Self::come(&format!("amqp://guest:guest@{address}")).await.expect("connects")
    }

    /// Comes as somebody.
    pub async fn come(url: &str) -> lapin::Result<Self> {
        Ok(Self { connection: Connection::connect(url, ConnectionProperties::default()).await? })
    }

    /// A channel of its own, with confirmations.
    pub async fn channel(&self) -> Channel {
        let channel = self.connection.create_channel().await.expect("a channel");
        channel.confirm_select(ConfirmSelectOptions::default()).await.expect("confirmations");
        channel
    }

    /// Makes a quorum queue.
    pub async fn make(&self, queue: &str) {
        let mut arguments = FieldTable::default();
        arguments.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
        let options = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
        self.channel().await.queue_declare(queue.into(), options, arguments).await.expect("made");
    }

    /// Makes a durable queue of the classic kind.
    pub async fn make_classic(&self, queue: &str) {
        let options = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
        self.channel().await.queue_declare(queue.into(), options, FieldTable::default()).await.expect("made");
    }

    /// Deletes a queue.
    pub async fn delete(&self, queue: &str) {
        self.channel().await.queue_delete(queue.into(), QueueDeleteOptions::default()).await.expect("deleted");
    }

    /// How many messages are ready in a queue and how many consumers it has; `None` when it is not there.
    pub async fn look(&self, queue: &str) -> Option<(u32, u32)> {
        let options = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::default() };
        let found = self.channel().await.queue_declare(queue.into(), options, FieldTable::default()).await.ok()?;
        Some((found.message_count(), found.consumer_count()))
    }

    /// Waits until a queue has a consumer.
    pub async fn wait_for_consumer(&self, queue: &str) {
        while self.look(queue).await.is_none_or(|(_, consumers)| consumers == 0) {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Takes everything that is ready.
    pub async fn take_all(&self, queue: &str) -> Vec<Delivery> {
        let channel = self.channel().await;
        let mut taken = Vec::new();
        while let Some(got) = channel.basic_get(queue.into(), BasicGetOptions { no_ack: true }).await.expect("asked") {
            taken.push(got.delivery);
        }
        taken
    }

    /// Waits until there is one, and takes it.
    pub async fn take(&self, queue: &str) -> Delivery {
        let channel = self.channel().await;
        loop {
            if let Some(got) = channel.basic_get(queue.into(), BasicGetOptions { no_ack: true }).await.expect("asked") {
                return got.delivery;
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// Publishes, and waits until the broker has it.
pub async fn publish(channel: &Channel, exchange: &str, key: &str, bytes: &[u8], properties: BasicProperties) {
    let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
    let sent = channel.basic_publish(exchange.into(), key.into(), options, bytes, properties).await.expect("sent");
    let confirmation = sent.await.expect("confirmed");
    assert!(confirmation.is_ack() && confirmation.take_message().is_none(), "the broker has no queue for it");
}

/// Listens for answers on this channel.
pub async fn listen(channel: &Channel) -> Consumer {
    let options = BasicConsumeOptions { no_ack: true, ..BasicConsumeOptions::default() };
    channel.basic_consume(REPLY_TO.into(), "answers".into(), options, FieldTable::default()).await.expect("listens")
}

/// The next answer.
pub async fn answer(consumer: &mut Consumer) -> Delivery {
    consumer.next().await.expect("the channel is open").expect("an answer")
}
