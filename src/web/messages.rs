//! `GET /messages/{id}`: where a message stands, for the partner that sent it and for those who shall have it.

use crate::domain::{Fault, NotATrackingId, PartnerName, Timestamp, TrackingId};
use crate::transports::BoxFuture;
use crate::transports::fhir::ParcelId;
use crate::transports::http::{FindingView, Problem, ProblemKind, Tokens, json};
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};
use axum::response::IntoResponse;
use axum::{Router, routing::get};
use bytes::Bytes;
use serde::Serialize;
use std::sync::Arc;

/// Where the state of messages can be read.
pub trait MessageReader: Send + Sync {
    /// The message, if there is one and `asker` sent it or is the partner of one of its receivers. `None` says as little
    /// as the answer to the asker does.
    fn message<'a>(
        &'a self,
        tracking: TrackingId,
        asker: &'a PartnerName,
    ) -> BoxFuture<'a, Result<Option<MessageView>, Fault>>;
}

/// Where parcels can be fetched by those who were notified of them.
pub trait ParcelReader: Send + Sync {
    /// The bytes of a parcel for `asker`, written down as fetched.
    fn parcel<'a>(&'a self, id: ParcelId, asker: &'a PartnerName) -> BoxFuture<'a, Result<Option<Bytes>, Fault>>;
}

/// A message as its partners see it. Nothing in it is content.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// Its name.
    pub tracking: TrackingId,
    /// The word for its state.
    pub state: &'static str,
    /// `MsgInfo/Type`, or `APPREC`; absent when it could not be read.
    pub message_type: Option<String>,
    /// The version of that type.
    pub version: Option<String>,
    /// HER-ids of the sender.
    pub from: Option<String>,
    /// HER-ids of the receivers.
    pub to: Vec<String>,
    /// When it was stored.
    pub received_at: Timestamp,
    /// What was found in it.
    pub findings: Vec<FindingView>,
    /// One for each receiver.
    pub deliveries: Vec<DeliveryView>,
    /// What happened, oldest first.
    pub history: Vec<HistoryView>,
}

/// What becomes of a message at one receiver.
#[derive(Clone, Debug, Serialize)]
pub struct DeliveryView {
    /// HER-ids of the receiver.
    pub receiver: Option<String>,
    /// What the receiver is to the message: the receiver proper, or one who gets a copy.
    pub role: String,
    /// The partner that it goes to.
    pub partner: String,
    /// The word for its state.
    pub state: &'static str,
    /// Attempts so far.
    pub attempts: u32,
    /// Why the last attempt failed.
    pub last_cause: Option<String>,
    /// When the next one is made.
    #[serde(serialize_with = "perhaps_as_text")]
    pub next_attempt_at: Option<Timestamp>,
    /// What the receiver answered.
    pub apprec: Option<AppRecView>,
}

/// An application receipt.
#[derive(Clone, Debug, Serialize)]
pub struct AppRecView {
    /// The code of its status: `1`, `2` or `3`.
    pub status: String,
    /// The codes of its errors.
    pub errors: Vec<String>,
}

/// One thing that happened.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryView {
    /// When.
    #[serde(serialize_with = "time_as_text")]
    pub at: Timestamp,
    /// What.
    pub what: String,
    /// Why.
    pub why: Option<String>,
}

/// How it looks on the wire.
#[derive(Serialize)]
struct Wire<'a> {
    tracking: String,
    state: &'static str,
    r#type: &'a Option<String>,
    version: &'a Option<String>,
    from: &'a Option<String>,
    to: &'a [String],
    received_at: String,
    findings: &'a [FindingView],
    deliveries: &'a [DeliveryView],
    history: &'a [HistoryView],
}

impl<'a> From<&'a MessageView> for Wire<'a> {
    fn from(view: &'a MessageView) -> Self {
        Self {
            tracking: view.tracking.to_string(),
            state: view.state,
            r#type: &view.message_type,
            version: &view.version,
            from: &view.from,
            to: &view.to,
            received_at: view.received_at.to_string(),
            findings: &view.findings,
            deliveries: &view.deliveries,
            history: &view.history,
        }
    }
}

fn time_as_text<S: serde::Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(time)
}

fn perhaps_as_text<S: serde::Serializer>(time: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(|time| time.to_string()).serialize(serializer)
}

#[derive(Clone)]
struct Known {
    reader: Arc<dyn MessageReader>,
    tokens: Arc<Tokens>,
}

/// The route that shows a message.
pub fn router(reader: Arc<dyn MessageReader>, tokens: Arc<Tokens>) -> Router {
    Router::new().route("/messages/{id}", get(show)).with_state(Known { reader, tokens })
}

async fn show(State(known): State<Known>, id: Result<Path<String>, PathRejection>, headers: HeaderMap) -> Response<Body> {
    // A path that is no text is no tracking id either.
    let id = id.map_or_else(|_| String::new(), |Path(id)| id);
    match find(&known, &id, &headers).await {
        Ok(view) => json(&Wire::from(&view)),
        Err(problem) => problem.into_response(),
    }
}

/// Who may not see a message is told the same as when there is none.
async fn find(known: &Known, id: &str, headers: &HeaderMap) -> Result<MessageView, Problem> {
    let asker = known.tokens.partner(headers)?;
    let tracking = TrackingId::parse(id).map_err(|why| Problem::new(ProblemKind::TrackingIdMisread).detail(misread(why)))?;
    match known.reader.message(tracking, asker).await {
        Ok(Some(view)) => Ok(view),
        Ok(None) => Err(Problem::new(ProblemKind::MessageUnknown)),
        Err(fault) => {
            tracing::error!(%tracking, fault = fault.inner(), "the state of a message could not be read");
            Err(Problem::from(&fault))
        }
    }
}

fn misread(why: NotATrackingId) -> &'static str {
    match why {
        NotATrackingId::Form => "A tracking id is ten characters such as K7QP2-MFX9T; this is something else.",
        NotATrackingId::CheckCharacter => {
            "The last character does not fit the others: the id was probably misread or misheard."
        }
    }
}
