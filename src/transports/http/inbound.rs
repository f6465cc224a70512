//! The way in: `POST /messages`. What the answers look like stands in `document.rs`.

use super::door::{Door, Manners, answer};
use super::intake::Media;
use super::{InOptions, Tokens, document};
use crate::transports::{Counters, HTTP, Inbox};
use axum::response::IntoResponse;
use axum::{Router, routing::post};
use std::sync::Arc;

static MANNERS: Manners = Manners {
    via: HTTP,
    media: Media::Xml,
    counted: |counters| &counters.http,
    // A query means nothing here, and never has.
    query: |_| Ok(()),
    accepted: |receipt, _| document::accepted(receipt),
    refused: |problem, _| problem.into_response(),
};

/// The route that takes messages in. What no route knows is for whoever serves it to answer.
pub fn router(inbox: Arc<dyn Inbox>, tokens: Arc<Tokens>, options: InOptions, counters: Arc<Counters>) -> Router {
    let door = Door::new(inbox, tokens, options, counters, &MANNERS);
    Router::new().route("/messages", post(answer)).with_state(door)
}
