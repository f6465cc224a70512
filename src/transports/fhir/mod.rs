//! FHIR R4: message Bundles in at `POST /fhir/$process-message`, and Bundles out to a partner's endpoint or server.
//!
//! It is HTTP with other manners: the body is JSON, and whatever is told is told as an OperationOutcome. It takes its bounds, tokens and
//! connections from `http`, and knows nothing of what is in a Bundle.

mod outcome;
mod inbound;
mod options;
mod notice;
mod outbound;

pub use inbound::router;
pub use notice::ParcelId;
pub use options::{Delivers, OutOptions};
pub use outbound::Outbound;
pub use outcome::{bytes, refused, resource, told};
