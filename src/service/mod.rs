//! Joins configuration, store, gateway, transports and web into one running service, and stops it in order.

mod reader;
mod vitals;
mod running;

pub use reader::stored_finding;
pub use running::Service;
