//! The configuration files: as written, checked, built.
//!
//! `bindeledd.toml` is about the gateway itself, `partners/<name>.toml` about one system at the other end of a connection,
//! `routes/<name>.toml` about one way through. Reading makes every complaint of every file at once; an [`Installation`] exists
//! only when there is none. It alone sees all files: what a transport wants to know is read by the transport.

mod shipped;
mod ways;
mod installation;
mod folder;
mod schemas;
mod gateway_file;
mod severity;
mod understands;
mod partner_file;
mod route_file;
mod check;
mod build;
mod load;

pub use folder::KEY_FILE;
pub use installation::{Installation, Log, LogFormat, PartnerLink, Receives, RouteTest, TestMessage, TestTraits, Tls};
pub use load::{Checked, Counts, load};
pub use schemas::{notes, schemas_of};
pub use shipped::SHIPPED;
pub use ways::{Inbound, Outbound};
