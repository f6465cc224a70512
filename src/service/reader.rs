//! The state of a message as its partners may see it, from the store.

use crate::delivery::State;
use crate::domain::{Clock, Fault, PartnerName, TrackingId};
use crate::messages::{self, Body, all_rules};
use crate::rulebook::{About, Detail, Finding};
use crate::store::{DeliveryRow, FindingRow, HistoryRow, MessageDetail, Store, told_again};
use crate::transports::BoxFuture;
use crate::transports::fhir::ParcelId;
use crate::transports::http::FindingView;
use crate::web::{AppRecView, DeliveryView, HistoryView, MessageReader, MessageView, ParcelReader};
use crate::xml::{Limits, Place};
use bytes::Bytes;
use std::sync::Arc;

/// Reads from the store.
pub(super) struct StoreReader(pub(super) Store, pub(super) Arc<dyn Clock>);

impl ParcelReader for StoreReader {
    fn parcel<'a>(&'a self, id: ParcelId, asker: &'a PartnerName) -> BoxFuture<'a, Result<Option<Bytes>, Fault>> {
        Box::pin(self.0.fetch(id.tracking, id.delivery, asker.clone(), self.1.now()))
    }
}

impl MessageReader for StoreReader {
    fn message<'a>(
        &'a self,
        tracking: TrackingId,
        asker: &'a PartnerName,
    ) -> BoxFuture<'a, Result<Option<MessageView>, Fault>> {
        Box::pin(self.find(tracking, asker))
    }
}

impl StoreReader {
    async fn find(&self, tracking: TrackingId, asker: &PartnerName) -> Result<Option<MessageView>, Fault> {
        let found = self.0.message(tracking).await?.filter(|detail| concerns(detail, asker));
        let Some(detail) = found else { return Ok(None) };
        let mut deliveries = Vec::new();
        for row in detail.deliveries.iter().filter(|delivery| delivery.purpose == "message") {
            deliveries.push(delivery(row, self.apprec(row).await?));
        }
        Ok(Some(view(detail, deliveries)))
    }

    /// The AppRec that answered a delivery: its status, and the codes of its errors. Their texts are content.
    async fn apprec(&self, row: &DeliveryRow) -> Result<Option<AppRecView>, Fault> {
        let status = match row.state {
            State::Acknowledged => "1",
            State::Rejected => "2",
            State::Behind | State::Queued | State::Sending | State::Delivered | State::Dead => return Ok(None),
        };
        let bytes = match row.answered_by {
            Some(message) => self.0.bytes(message).await?,
            None => None,
        };
        let parsed = bytes.and_then(|bytes| messages::reread(&bytes, &Limits::default()));
        let errors = match parsed.map(|parsed| parsed.body) {
            Some(Body::Receipt(apprec)) => apprec.errors.iter().map(|error| code_shown(&error.v)).collect(),
            Some(Body::Business(_)) | None => Vec::new(),
        };
        Ok(Some(AppRecView { status: status.into(), errors }))
    }
}

/// A code is shown bare; what does not look like one is described.
fn code_shown(code: &str) -> String {
    Detail::code(code).to_string().trim_matches('\'').to_string()
}

/// A message concerns the partner that brought it and those it goes to.
fn concerns(detail: &MessageDetail, asker: &PartnerName) -> bool {
    detail.row.partner == *asker || detail.deliveries.iter().any(|d| d.purpose == "message" && d.partner == *asker)
}

fn view(detail: MessageDetail, deliveries: Vec<DeliveryView>) -> MessageView {
    let MessageDetail { row, findings, history, .. } = detail;
    let mut to: Vec<String> = deliveries.iter().filter_map(|delivery| delivery.receiver.clone()).collect();
    if to.is_empty() && row.msg_id.is_some() {
        to.push(row.receiver.to_string());
    }
    MessageView {
        tracking: row.tracking,
        state: row.state.as_str(),
        version: row.kind.as_deref().and_then(|kind| kind.split_once(' ')).map(|(_, version)| version.to_string()),
        message_type: row.type_code.as_deref().map(code_shown),
        from: row.msg_id.is_some().then(|| row.sender.to_string()),
        to,
        received_at: row.received_at,
        findings: findings.iter().filter_map(finding).collect(),
        deliveries,
        history: history.into_iter().map(entry).collect(),
    }
}

fn finding(row: &FindingRow) -> Option<FindingView> {
    stored_finding(row).map(|finding| FindingView::from(&finding).with_consequence(row.consequence.clone()))
}

/// A finding put together again from what was stored; a rule that this release does not know is left out.
pub fn stored_finding(row: &FindingRow) -> Option<Finding> {
    let rule = all_rules().into_iter().find(|rule| rule.id == row.rule)?;
    let mut finding = Finding::new(rule);
    finding.about = row.receiver.map_or(About::Message, |receiver| About::Receiver(receiver as usize));
    finding.place = row.place.map(|(line, column)| Place { line, column });
    finding.path = row.path.clone();
    Some(told_again(finding, row.found.as_deref(), row.words.as_deref()))
}

fn delivery(row: &DeliveryRow, apprec: Option<AppRecView>) -> DeliveryView {
    DeliveryView {
        receiver: Some(row.receiver.to_string()),
        role: row.role.as_str().into(),
        partner: row.partner.to_string(),
        state: row.state.as_str(),
        attempts: row.attempts,
        last_cause: row.last.as_ref().and_then(|attempt| attempt.cause.clone()),
        next_attempt_at: row.due_at,
        apprec,
    }
}

fn entry(row: HistoryRow) -> HistoryView {
    HistoryView { at: row.at, what: row.what, why: Some(row.why).filter(|why| !why.is_empty()) }
}
