//! A fictive municipality around a real gateway: `bindeledd demo`.
//!
//! The gateway is the same [`Service`](crate::service::Service) that `serve` runs, on the shipped configuration and a store of its
//! own. Around it stand six partners in the same process, who meet it only over its real interfaces: HTTP, FHIR and folders.
//! Nothing here decides what becomes of a message; what is shown was asked of the gateway, or came to a partner.
//!
//! Start reading at `script`, which is the play, and go on with `story`, which performs it.

mod cast;
mod folder;
mod configuration;
mod desk;
mod bundles;
mod letters;
mod client;
mod partner_http;
mod partner_directory;
mod teller;
mod table;
mod board;
mod script;
mod town;
mod story;
mod closing;
mod run;

pub use run::{Ended, Options, play, run};
