//! Connections to a broker: TCP, TLS by the same library and authorities as everywhere else, and the handshake of AMQP.
//!
//! The library could bring TLS of its own, with seventy more crates and another idea of whom to trust. Instead it is given streams that
//! are made here; what it asks of a runtime for that is [`Kit`].

use super::trouble;
use super::{Address, Broker, Login};
use crate::domain::Fault;
use crate::trust;
use async_compat::{Compat, CompatExt};
use async_rs::traits::Reactor;
use async_rs::util::RuntimeParts;
use async_rs::{Runtime, Tokio};
use futures_util::Stream as Items;
use futures_util::io::{AsyncRead as Reading, AsyncWrite as Writing};
use lapin::tcp::AsyncTcpStream;
use lapin::uri::{AMQPAuthority, AMQPQueryString, AMQPScheme, AMQPUri, AMQPUserInfo, SASLMechanism};
use lapin::{Connection, ConnectionProperties};
use rustls::pki_types::ServerName;
use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::os::fd::{AsFd, AsRawFd};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// After twice this without a sign of life, the other side is gone; in seconds.
const HEARTBEAT_SECONDS: u16 = 10;

/// Bytes both ways.
trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

type Stream = Compat<Box<dyn Duplex>>;

/// Makes connections to one broker.
pub struct Wire {
    broker: Broker,
    tls: Option<TlsConnector>,
}

impl Wire {
    /// Makes ready; connects to nobody yet.
    pub fn new(broker: Broker) -> Result<Self, Fault> {
        let tls = broker.address.is_encrypted.then(|| tls(&broker)).transpose()?;
        Ok(Self { broker, tls })
    }

    /// The choices.
    pub fn broker(&self) -> &Broker {
        &self.broker
    }

    /// Makes a connection, within its time. The error is for people.
    pub async fn connect(&self) -> Result<Connection, &'static str> {
        let made = tokio::time::timeout(self.broker.connect_timeout, self.dial_and_greet()).await;
        made.unwrap_or(Err("no connection could be made in time"))
    }

    async fn dial_and_greet(&self) -> Result<Connection, &'static str> {
        let stream = self.dial().await?;
        // The library may ask again for a stream, which is never wanted: there is one, for one connection.
        let stream = Arc::new(Mutex::new(Some(stream)));
        let hand_out = async move |_: AMQPUri, _: Runtime<RuntimeParts<Tokio, Kit>>| {
            let stream = stream.lock().unwrap_or_else(PoisonError::into_inner).take();
            stream.map(AsyncTcpStream::Plain).ok_or_else(|| io::Error::from(io::ErrorKind::NotConnected).into())
        };
        let runtime = Runtime::new(RuntimeParts::new(Tokio::current(), Kit(Tokio::current())));
        let properties = ConnectionProperties::default().with_connection_name("bindeledd".into());
        let connected = Connection::connector(self.uri(), runtime, hand_out, properties).await;
        connected.map_err(|error| trouble::in_words(&error))
    }

    async fn dial(&self) -> Result<Stream, &'static str> {
        let Address { host, port, .. } = &self.broker.address;
        let tcp = TcpStream::connect((host.as_str(), *port)).await.map_err(|error| in_words(&error))?;
        tcp.set_nodelay(true).map_err(|error| in_words(&error))?;
        let stream: Box<dyn Duplex> = match &self.tls {
            None => Box::new(tcp),
            Some(tls) => {
                let name = ServerName::try_from(host.clone()).map_err(|_| "the name of the host cannot be")?;
                Box::new(tls.connect(name, tcp).await.map_err(|error| in_words(&error))?)
            }
        };
        Ok(stream.compat())
    }

    fn uri(&self) -> AMQPUri {
        let Address { host, port, virtual_host, is_encrypted } = self.broker.address.clone();
        let (userinfo, mechanism) = match &self.broker.login {
            Login::Password { user, password } => {
                let password = password.expose().clone();
                (AMQPUserInfo { username: user.clone(), password }, SASLMechanism::Plain)
            }
            Login::Certificate { .. } => {
                (AMQPUserInfo { username: String::new(), password: String::new() }, SASLMechanism::External)
            }
        };
        AMQPUri {
            scheme: if is_encrypted { AMQPScheme::AMQPS } else { AMQPScheme::AMQP },
            authority: AMQPAuthority { userinfo, host, port },
            vhost: virtual_host,
            query: AMQPQueryString {
                heartbeat: Some(HEARTBEAT_SECONDS),
                auth_mechanism: Some(mechanism),
                ..AMQPQueryString::default()
            },
        }
    }
}

fn tls(broker: &Broker) -> Result<TlsConnector, Fault> {
    let config = trust::authorities(broker.ca_file.as_deref())?;
    let config = match &broker.login {
        Login::Certificate { certificate, key } => trust::shows(config, certificate, key)?,
        Login::Password { .. } => config,
    };
    Ok(TlsConnector::from(Arc::new(config)))
}

/// The library's own text is not used: it may hold what the other side said.
fn in_words(error: &io::Error) -> &'static str {
    if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) {
        return "no TLS connection could be made; is the certificate valid and trusted?";
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "the connection was refused",
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => "the host cannot be reached",
        io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof => "the connection was closed while it was being made",
        _ => "no connection could be made",
    }
}

/// The event loop that everything here runs on, with streams that may be encrypted.
#[derive(Clone, Debug)]
struct Kit(Tokio);

impl Reactor for Kit {
    type TcpStream = Stream;
    type Sleep = <Tokio as Reactor>::Sleep;

    fn register<H: Read + Write + AsFd + AsRawFd + Send + 'static>(
        &self,
        socket: H,
    ) -> io::Result<impl Reading + Writing + Send + Unpin + 'static> {
        self.0.register(socket)
    }

    fn sleep(&self, time: Duration) -> Self::Sleep {
        self.0.sleep(time)
    }

    fn interval(&self, time: Duration) -> impl Items<Item = Instant> + Send + 'static {
        self.0.interval(time)
    }

    /// Never asked: streams are made by [`Wire::dial`].
    fn tcp_connect_addr(&self, _: SocketAddr) -> impl Future<Output = io::Result<Self::TcpStream>> + Send + 'static {
        std::future::ready(Err(io::ErrorKind::Unsupported.into()))
    }
}
