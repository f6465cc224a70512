//! `deliveries list` and `deliveries retry`: what goes out, how far it has come, and once more for what was given up.

use super::beside;
use super::message_shown::{deliveries_as_table, delivery_as_json};
use super::reason;
use super::report::{Answer, Report};
use crate::delivery::State;
use crate::domain::{Clock, DeliveryId, Fault, PartnerName};
use crate::store::{DeliveryFilter, DeliveryRow, Store};
use serde_json::json;
use std::path::Path;

/// Which deliveries to list.
#[derive(Clone, Debug)]
pub struct Which {
    /// Only in this state.
    pub state: Option<State>,
    /// Only to this partner.
    pub partner: Option<PartnerName>,
    /// Only older than this one.
    pub before: Option<DeliveryId>,
    /// At most so many.
    pub limit: usize,
}

/// Lists deliveries, newest first.
pub async fn list(folder: &Path, which: Which) -> Report {
    let Which { state, partner, before, limit } = which;
    let store = match beside::to_look(folder).await {
        Ok(store) => store,
        Err(report) => return *report,
    };
    match store.deliveries(&DeliveryFilter { state, partner, before, limit }).await {
        Ok(rows) => listed(&rows, limit),
        Err(fault) => Report::fault(&fault),
    }
}

fn listed(rows: &[DeliveryRow], limit: usize) -> Report {
    let older = rows.last().filter(|_| rows.len() == limit).map(|last| last.delivery.0);
    let mut text = if rows.is_empty() { "no deliveries".into() } else { deliveries_as_table(rows) };
    if let Some(older) = older {
        text += &format!("\nolder ones: --before {older}");
    }
    let json = json!({ "deliveries": rows.iter().map(delivery_as_json).collect::<Vec<_>>(), "older_before": older });
    Report { answer: Answer::Good, text, json }
}

/// Has dead deliveries tried again. A running gateway sees them at its next look at the queue.
pub async fn retry(folder: &Path, deliveries: &[DeliveryId], reason: &str, clock: &dyn Clock) -> Report {
    if let Err(why) = reason::is_good(reason) {
        return Report::trouble(why);
    }
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    let retried = match store.retry(deliveries.to_vec(), reason.trim().to_string(), reason::actor(), clock.now()).await {
        Ok(retried) => retried,
        Err(fault) => return Report::fault(&fault),
    };
    let mut left: Vec<(DeliveryId, String)> = Vec::new();
    for id in deliveries.iter().filter(|id| !retried.contains(id)) {
        left.push((*id, why_not(&store, *id).await));
    }
    let mut lines: Vec<_> = retried.iter().map(|id| format!("delivery {id}: queued again")).collect();
    lines.extend(left.iter().map(|(id, why)| format!("delivery {id}: left as it is, {why}")));
    let json = json!({
        "good": left.is_empty(),
        "queued": retried.iter().map(|id| id.0).collect::<Vec<_>>(),
        "left": left.iter().map(|(id, why)| json!({ "id": id.0, "why": why })).collect::<Vec<_>>(),
    });
    Report { answer: Answer::of(left.is_empty()), text: lines.join("\n"), json }
}

async fn why_not(store: &Store, delivery: DeliveryId) -> String {
    match state_of(store, delivery).await {
        Ok(Some(state)) => format!("it is {} and not dead", state.as_str()),
        Ok(None) => "there is no such delivery".into(),
        Err(fault) => format!("its state could not be read: {}", fault.inner()),
    }
}

async fn state_of(store: &Store, delivery: DeliveryId) -> Result<Option<State>, Fault> {
    let before = Some(DeliveryId(delivery.0.saturating_add(1)));
    let rows = store.deliveries(&DeliveryFilter { before, limit: 1, ..DeliveryFilter::default() }).await?;
    Ok(rows.first().filter(|row| row.delivery == delivery).map(|row| row.state))
}
