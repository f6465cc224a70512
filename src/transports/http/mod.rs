//! HTTP: messages in as `POST /messages`, and out as a POST to the partner's address.
//!
//! In: a bearer token says which partner it is; the answer is 202 with a receipt, or a problem document (RFC 9457).
//! Out: one request, no redirects; the status is the receipt, the body of the answer is thrown away.
//! It does not listen by itself: `web` serves the router.

mod options;
mod tokens;
mod problem;
mod problem_texts;
mod document;
mod body;
mod intake;
mod door;
mod inbound;
mod outbound;

pub use crate::https::{OutOptions, Target};
pub use document::{FindingView, bare, explanation_page, in_words, json};
pub use door::{Door, Manners, answer};
pub use inbound::router;
pub use intake::{Intake, Media, Taken};
pub use options::InOptions;
pub use outbound::{Outbound, beside};
pub use problem::{Problem, ProblemKind};
pub use tokens::{TokenHash, Tokens};
