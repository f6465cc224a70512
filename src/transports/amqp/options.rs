//! What can be chosen about a broker, and about a queue there.

use super::Address;
use crate::domain::Private;
use std::path::PathBuf;
use std::time::Duration;

/// How to get to a broker, and how patient to be with it.
#[derive(Clone)]
pub struct Broker {
    /// Where it is.
    pub address: Address,
    /// As whom we come.
    pub login: Login,
    /// The only certificates to trust, as PEM, for a broker with an authority of its own; else those of the machine.
    pub ca_file: Option<PathBuf>,
    /// How long a connection may take to be made, from the first packet to the open door.
    pub connect_timeout: Duration,
    /// The wait after the first failure to connect; it doubles …
    pub first_wait: Duration,
    /// … up to this.
    pub longest_wait: Duration,
}

/// As whom we come.
#[derive(Clone)]
pub enum Login {
    /// A name and a password (SASL PLAIN).
    Password {
        /// The user of the broker.
        user: String,
        /// Its password.
        password: Private<String>,
    },
    /// A client certificate (SASL EXTERNAL): the broker reads the name of the user from it.
    Certificate {
        /// The certificate with its chain, PEM.
        certificate: PathBuf,
        /// Its private key, PEM.
        key: PathBuf,
    },
}

impl Broker {
    /// The choices for an address with everything else as usual.
    pub fn new(address: Address, login: Login) -> Self {
        Self {
            address,
            login,
            ca_file: None,
            connect_timeout: Duration::from_secs(10),
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
        }
    }
}

/// The choices of a queue that we take from.
#[derive(Clone)]
pub struct InOptions {
    /// Where it is.
    pub broker: Broker,
    /// Its name.
    pub queue: String,
    /// Makes it, with its exchange and its place for what is parked, when they are not there.
    pub create: bool,
    /// How many messages are received at a time. With more than one, the order of the queue is lost.
    pub at_once: u16,
    /// The largest message, in bytes.
    pub max_message_bytes: usize,
}

impl InOptions {
    /// The choices for a queue with everything else as usual.
    pub fn new(broker: Broker, queue: impl Into<String>) -> Self {
        Self { broker, queue: queue.into(), create: false, at_once: 1, max_message_bytes: 20 * 1024 * 1024 }
    }
}

/// The choices of the way out.
#[derive(Clone)]
pub struct OutOptions {
    /// The broker.
    pub broker: Broker,
    /// Where to, there.
    pub to: To,
    /// Makes the queue when it is not there; an exchange is never made, for nobody knows what hangs on it.
    pub create: bool,
}

/// Where a message is put.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum To {
    /// Into a queue.
    Queue(String),
    /// To an exchange, whose bindings decide.
    Exchange {
        /// Its name.
        name: String,
        /// With this routing key; the type of the message (`LOG_INNLAGT`) where there is none.
        routing_key: Option<String>,
    },
}

impl OutOptions {
    /// The choices for a place with everything else as usual.
    pub fn new(broker: Broker, to: To) -> Self {
        Self { broker, to, create: false }
    }
}
