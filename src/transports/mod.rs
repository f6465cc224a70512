//! How bytes come and go: channel adapters, one folder each. They know no message format, no store and no route.
//!
//! A transport that takes messages in gets an [`Inbox`] and may settle with its peer only with the [`Receipt`] that comes out
//! of it. One that hands messages over is an [`Outbound`]: it tries once and says what came of it. To add one, copy
//! `loopback/`, whose files say what each step is for.

mod arrival;
mod parcel;
mod stop;
mod counters;

pub mod loopback;
pub mod directory;
pub mod http;
pub mod fhir;
pub mod amqp;

pub use arrival::{Arrival, Inbox, Receipt, Reception, TurnedAway, WhyTurnedAway};
pub use counters::{Answer, Arrivals, Attempts, Counters, Judged, OUTCOMES};
pub use parcel::{Outbound, Shipment};
pub use stop::{Stop, Stopper};

/// A future that can be kept in a trait object.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The name of the transport in `loopback/`.
pub const LOOPBACK: &str = "loopback";
/// The name of the transport in `directory/`.
pub const DIRECTORY: &str = "directory";
/// The name of the transport in `http/`.
pub const HTTP: &str = "http";
/// The name of the transport in `fhir/`.
pub const FHIR: &str = "fhir";

/// The name of the transport in `amqp/`.
pub const AMQP: &str = "amqp";

/// The list of all transports.
pub const ALL: [&str; 5] = [LOOPBACK, DIRECTORY, HTTP, FHIR, AMQP];
