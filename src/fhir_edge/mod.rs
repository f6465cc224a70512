//! Where FHIR meets others: fhir-sdk's typed model as a second reader of what enters and leaves, and a client of FHIR servers.
//!
//! The only module that knows fhir-sdk, through the package `typed-fhir`. No message is made by its model or goes through it
//! (docs/decisions/015-fhir-sdk-at-the-edge.md).

mod second_opinion;
mod answer;
mod server;

pub use answer::{Answer, Told};
pub use second_opinion::{SecondOpinion, read_typed};
pub use server::FhirServer;
