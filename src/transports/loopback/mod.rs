//! Loopback: messages in and out of this very process. It is the worked example: **copy this folder to add a transport.**
//!
//! 1. `options.rs`: what a partner's file may say about this transport. Every number that bounds something has a name, a
//!    unit and a default.
//! 2. `inbound.rs`: brings bytes to the [`Inbox`](crate::transports::Inbox) and gives its peer the answer that comes back.
//!    Nothing but the inbox makes a receipt, so there is no way to say "I have it" before the message is stored.
//! 3. `outbound.rs`: tries once to hand a parcel over and says what came of it: taken, or one of three failures.
//!    It never tries again by itself and never decides what the failure means.
//! 4. A line in the list of `transports/mod.rs`, a reader of the options in `config/ways.rs`, and an adapter in
//!    `tests/adapters/`: then `tests/every_transport_conforms.rs` runs its cases on the newcomer, and tells when you are done.
//!
//! A transport knows no message format, no store, no route and no other transport.

mod options;
mod inbound;
mod outbound;

pub use inbound::{Inbound, Peer, PeerSaw};
pub use options::Options;
pub use outbound::Outbound;
