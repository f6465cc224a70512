//! What can be chosen about the way out to a FHIR endpoint.

use crate::routing::Form;
use crate::transports::http;

/// What the endpoint takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Delivers {
    /// A message Bundle, at `[base]/$process-message`.
    #[default]
    Message,
    /// A transaction Bundle, at `[base]`.
    Transaction,
    /// A notification without content, at `[base]`; the message itself is fetched, as a message Bundle.
    Notification,
}

/// The choices of the way out to one partner.
#[derive(Clone)]
pub struct OutOptions {
    /// Where the server's resources begin, and how to connect.
    pub base: http::OutOptions,
    /// What it takes.
    pub delivers: Delivers,
    /// Whether the XML as it came travels along.
    pub with_original: bool,
}

impl OutOptions {
    /// The form in which its messages are written.
    pub fn form(&self) -> Form {
        let with_original = self.with_original;
        match self.delivers {
            Delivers::Message | Delivers::Notification => Form::FhirMessage { with_original },
            Delivers::Transaction => Form::FhirTransaction { with_original },
        }
    }
}
