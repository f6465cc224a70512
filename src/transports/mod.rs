//! How bytes come and go: channel adapters, one folder each. They know no message format, no store and no route.
//!
//! A transport that takes messages in gets an [`Inbox`] and may settle with its peer only with the [`Receipt`] that comes out
//! of it. One that hands messages over is an [`Outbound`]: it tries once and says what came of it.

mod arrival;
mod parcel;
mod stop;

pub use arrival::{Arrival, Inbox, Receipt, Reception, TurnedAway, WhyTurnedAway};
pub use parcel::{Outbound, Shipment};
pub use stop::{Stop, Stopper};

/// A future that can be kept in a trait object.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
