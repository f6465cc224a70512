//! `messages list` and `messages show`: what has come in, and what became of it. Metadata only; content is never shown.

use super::beside;
use super::message_shown::{as_json, as_text, kind, row_as_json};
use super::report::{Answer, Report};
use super::table::table;
use crate::domain::{Fault, Language, MessageId, TrackingId};
use crate::store::{MessageFilter, MessageRow, Store};
use serde_json::json;
use std::path::Path;

/// Which messages to list.
#[derive(Clone, Debug)]
pub struct Which {
    /// All but what is given below.
    pub filter: MessageFilter,
    /// Only older than this one.
    pub before: Option<TrackingId>,
}

/// Lists messages, newest first.
pub async fn list(folder: &Path, which: Which) -> Report {
    let store = match beside::to_look(folder).await {
        Ok(store) => store,
        Err(report) => return *report,
    };
    let before = match which.before {
        None => None,
        Some(tracking) => match id_of(&store, tracking).await {
            Ok(Some(message)) => Some(message),
            Ok(None) => return Report::trouble("there is no message with the tracking id after --before"),
            Err(fault) => return Report::fault(&fault),
        },
    };
    let filter = MessageFilter { before, ..which.filter };
    match store.messages(&filter).await {
        Ok(rows) => listed(&rows, filter.limit),
        Err(fault) => Report::fault(&fault),
    }
}

async fn id_of(store: &Store, tracking: TrackingId) -> Result<Option<MessageId>, Fault> {
    Ok(store.message(tracking).await?.map(|detail| detail.row.message))
}

fn listed(rows: &[MessageRow], limit: usize) -> Report {
    let older = rows.last().filter(|_| rows.len() == limit).map(|last| last.tracking.to_string());
    let heading = ["MESSAGE", "RECEIVED", "STATE", "TYPE", "FROM", "TO", "BROUGHT BY", "BYTES"].map(String::from);
    let row = |row: &MessageRow| {
        [
            row.tracking.to_string(),
            row.received_at.to_string(),
            row.state.as_str().to_string(),
            kind(row),
            row.sender.to_string(),
            row.receiver.to_string(),
            row.partner.to_string(),
            row.size_bytes.to_string(),
        ]
    };
    let mut text = table(&std::iter::once(heading).chain(rows.iter().map(row)).collect::<Vec<_>>());
    if rows.is_empty() {
        text = "no messages".into();
    }
    if let Some(older) = &older {
        text += &format!("\nolder ones: --before {older}");
    }
    let json = json!({ "messages": rows.iter().map(row_as_json).collect::<Vec<_>>(), "older_before": older });
    Report { answer: Answer::Good, text, json }
}

/// Shows one message with its findings, deliveries and history.
pub async fn show(folder: &Path, tracking: TrackingId, language: Language) -> Report {
    let store = match beside::to_look(folder).await {
        Ok(store) => store,
        Err(report) => return *report,
    };
    match store.message(tracking).await {
        Ok(Some(detail)) => Report { answer: Answer::Good, text: as_text(&detail, language), json: as_json(&detail) },
        Ok(None) => {
            let text = format!("there is no message {tracking}");
            Report { answer: Answer::No, json: json!({ "good": false, "trouble": text }), text }
        }
        Err(fault) => Report::fault(&fault),
    }
}
