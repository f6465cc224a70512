//! What a good configuration comes to: values that the rest is built from.

use super::ways::{Inbound, Outbound};
use crate::anchors;
use crate::delivery::RetryPolicy;
use crate::domain::{Address, Digest, Fault, PartnerName, Retention, Role};
use crate::gateway::{Connection, Setup};
use crate::routing::{Directory, RouteTable, Traits};
use crate::schema::SchemaSet;
use crate::settings::Spot;
use crate::store::{Home, StoreOptions};
use crate::transports::{amqp, directory, http};
use crate::web::ServerLimits;
use crate::xml::Limits;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Everything the configuration files say; there is none with a complaint.
#[derive(Debug)]
pub struct Installation {
    /// The folder with `bindeledd.toml`.
    pub folder: PathBuf,
    /// Where the gateway keeps what must not be lost.
    pub data: PathBuf,
    /// Which database holds the messages.
    pub home: Home,
    /// The file with the keys that open what is in there.
    pub keys: PathBuf,
    /// Where signed heads of the history are put down.
    pub heads: anchors::Options,
    /// For how long what is kept.
    pub retention: Retention,
    /// Where HTTP is answered.
    pub listen: SocketAddr,
    /// With which certificate; `None` is plain HTTP, for behind a proxy.
    pub tls: Option<Tls>,
    /// Bounds of the listener.
    pub server: ServerLimits,
    /// Bounds of the way in over HTTP.
    pub http: http::InOptions,
    /// By which schemas messages are judged.
    pub schemas: Arc<SchemaSet>,
    /// Bounds of `POST /validate`; `None` when it is closed.
    pub validate: Option<http::InOptions>,
    /// How to log.
    pub log: Log,
    /// Bounds on what is in a message.
    pub limits: Limits,
    /// The largest message that is taken in, in bytes.
    pub message_bytes: usize,
    /// Who is ours.
    pub directory: Directory,
    /// Where things go.
    pub routes: RouteTable,
    /// How each partner is connected, in the order of their names.
    pub partners: Vec<PartnerLink>,
    /// The routes' own tests.
    pub tests: Vec<RouteTest>,
    /// The folders of partners that are to be made if they are not there.
    pub folders_to_make: Vec<PathBuf>,
    /// The files that all this was read from, and their digests.
    pub files: Vec<(String, Digest)>,
}

/// Certificate and key for HTTPS, both PEM files.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The certificate with its chain.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// How to log.
#[derive(Clone, Debug)]
pub struct Log {
    /// In which form.
    pub format: LogFormat,
    /// Which lines, as `tracing_subscriber::EnvFilter` reads it.
    pub filter: String,
}

/// The form of a log line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines: one JSON object on each line.
    Json,
}

/// How one partner is connected.
#[derive(Clone, Debug)]
pub struct PartnerLink {
    /// Whose.
    pub name: PartnerName,
    /// The ways in; empty when it only receives.
    pub sends: Vec<Inbound>,
    /// The way out; `None` when it only sends.
    pub receives: Option<Receives>,
}

/// The way out to a partner, and our patience with it.
#[derive(Clone, Debug)]
pub struct Receives {
    /// By which transport.
    pub way: Outbound,
    /// How patient we are.
    pub retry: RetryPolicy,
    /// At most so many attempts at a time.
    pub in_flight: usize,
    /// An attempt that takes longer than this counts as unknown.
    pub attempt_timeout: Duration,
}

/// One test that a route file carries.
#[derive(Clone, Debug)]
pub struct RouteTest {
    /// The route in whose file it stands.
    pub route: String,
    /// What it promises, in words.
    pub name: String,
    /// Where it stands.
    pub spot: Spot,
    /// The message that is tried.
    pub message: TestMessage,
    /// Who must get it; nobody when empty.
    pub expect: Vec<PartnerName>,
    /// Which route must take it, if the test cares.
    pub wins: Option<String>,
}

/// The message of a test.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TestMessage {
    /// Only what routing looks at.
    Traits(TestTraits),
    /// A whole message in a file.
    File(PathBuf),
}

/// What routing looks at, written in the test itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TestTraits {
    /// `MsgInfo/Type`.
    pub message_type: String,
    /// Version of the content.
    pub version: String,
    /// Who sends.
    pub sender: Address,
    /// Who is to receive.
    pub receiver: Address,
    /// In which role.
    pub role: Role,
}

impl TestTraits {
    /// The same, as routing takes it.
    pub fn as_traits(&self) -> Traits<'_> {
        Traits {
            message_type: &self.message_type,
            version: &self.version,
            sender: self.sender,
            receiver: self.receiver,
            role: self.role,
        }
    }
}

impl Installation {
    /// How to open the store.
    pub fn store(&self) -> StoreOptions {
        StoreOptions { folder: self.data.clone(), home: self.home.clone(), keys: self.keys.clone(), max_bytes: None }
    }

    /// What the gateway is built from. It connects to nobody yet.
    pub fn setup(&self) -> Result<Setup, Fault> {
        let mut connections = HashMap::new();
        for partner in &self.partners {
            if let Some(Receives { way, retry, in_flight, attempt_timeout }) = &partner.receives {
                let (outbound, retry, in_flight, attempt_timeout) = (way.connect()?, *retry, *in_flight, *attempt_timeout);
                connections.insert(partner.name.clone(), Connection { outbound, retry, in_flight, attempt_timeout });
            }
        }
        Ok(Setup {
            directory: self.directory.clone(),
            routes: self.routes.clone(),
            connections,
            limits: self.limits,
            schemas: Arc::clone(&self.schemas),
            anchors: self.heads.anchors()?,
            retention: self.retention,
        })
    }

    /// The tokens of all partners that send over HTTP.
    pub fn tokens(&self) -> Result<http::Tokens, Fault> {
        let mut tokens = http::Tokens::default();
        for (partner, way) in self.ways_in() {
            if let Inbound::Http(hashes) = way {
                for hash in hashes {
                    let taken = |other| Fault::lasting(format!("partners {other} and {partner} have the same token"));
                    tokens.add(*hash, partner.clone()).map_err(taken)?;
                }
            }
        }
        Ok(tokens)
    }

    /// The folders that partners put their messages into.
    pub fn folders_in(&self) -> Vec<(PartnerName, directory::InOptions)> {
        let folder = |(partner, way): (&PartnerName, &Inbound)| match way {
            Inbound::Directory(options) => Some((partner.clone(), options.clone())),
            Inbound::Http(_) | Inbound::Amqp(_) => None,
        };
        self.ways_in().filter_map(folder).collect()
    }

    /// The queues that partners put their messages into.
    pub fn queues_in(&self) -> Vec<(PartnerName, amqp::InOptions)> {
        let queue = |(partner, way): (&PartnerName, &Inbound)| match way {
            Inbound::Amqp(options) => Some((partner.clone(), options.clone())),
            Inbound::Http(_) | Inbound::Directory(_) => None,
        };
        self.ways_in().filter_map(queue).collect()
    }

    fn ways_in(&self) -> impl Iterator<Item = (&PartnerName, &Inbound)> {
        self.partners.iter().flat_map(|partner| partner.sends.iter().map(|way| (&partner.name, way)))
    }

    /// Makes the data folder, and the partners' folders whose files say `create = true`.
    pub fn make_folders(&self) -> Result<(), Fault> {
        let data = std::iter::once(&self.data);
        data.chain(&self.folders_to_make).try_for_each(|folder| {
            let cannot = |error| Fault::lasting(format!("the folder {} cannot be made: {error}", folder.display()));
            std::fs::create_dir_all(folder).map_err(cannot)
        })
    }
}
