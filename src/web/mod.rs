//! What the gateway answers over HTTP besides taking messages in, and the listening itself.
//!
//! It knows no SQL and no message format: what it shows comes through [`MessageReader`] and [`Vitals`].

mod tls;
mod server;
mod metrics;
mod health;
mod messages;
mod judgement;
mod validate;
mod fhir;
mod router;

pub use fhir::FhirServer;
pub use health::Vitals;
pub use judgement::{JudgementView, shown_code};
pub use messages::{AppRecView, DeliveryView, HistoryView, MessageReader, MessageView, ParcelReader};
pub use metrics::{Snapshot, render};
pub use router::{Parts, router};
pub use server::{ServerLimits, serve};
pub use tls::{Tls, server_tls};
