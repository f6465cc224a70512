//! AMQP 0-9-1: messages in from a partner's queue on a RabbitMQ broker, and out to an exchange or a queue there.
//!
//! In: what is in the queue is acknowledged when the inbox has answered for it, and not before; what is not taken is parked in
//! `<queue>.parked` with its explanation; who names a queue for the answer gets one. Out: persistent, mandatory, confirmed. Nothing that
//! belongs to a person is in a property, a header, the name of a queue, or a log line.
//!
//! The library's own recovery is not used: whatever happens to a connection, another is made, and what is not settled comes again.

mod address;
mod options;
mod trouble;
mod wire;
mod pause;
mod link;
mod properties;
mod explanation;
mod outbound;
mod session;
mod answers;
mod inbound;

pub use address::Address;
pub use inbound::Inbound;
pub use options::{Broker, InOptions, Login, OutOptions, To};
pub use outbound::Outbound;
