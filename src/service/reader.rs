//! The state of a message as its partners may see it, from the store.

use crate::delivery::State;
use crate::domain::{Fault, PartnerName, TrackingId};
use crate::messages::all_rules;
use crate::rulebook::{About, Detail, Finding};
use crate::store::{DeliveryRow, FindingRow, HistoryRow, MessageDetail, Store};
use crate::transports::BoxFuture;
use crate::transports::http::FindingView;
use crate::web::{AppRecView, DeliveryView, HistoryView, MessageReader, MessageView};
use crate::xml::Place;

/// Reads from the store.
pub(super) struct StoreReader(pub(super) Store);

impl MessageReader for StoreReader {
    fn message<'a>(
        &'a self,
        tracking: TrackingId,
        asker: &'a PartnerName,
    ) -> BoxFuture<'a, Result<Option<MessageView>, Fault>> {
        let found = self.0.message(tracking).map(|detail| detail.filter(|d| concerns(d, asker)).map(view));
        Box::pin(std::future::ready(found))
    }
}

/// A message concerns the partner that brought it and those it goes to.
fn concerns(detail: &MessageDetail, asker: &PartnerName) -> bool {
    detail.row.partner == *asker || detail.deliveries.iter().any(|d| d.purpose == "message" && d.partner == *asker)
}

fn view(detail: MessageDetail) -> MessageView {
    let MessageDetail { row, findings, deliveries, history } = detail;
    let messages = || deliveries.iter().filter(|d| d.purpose == "message");
    let mut to: Vec<String> = messages().map(|d| d.receiver.to_string()).collect();
    if to.is_empty() && row.msg_id.is_some() {
        to.push(row.receiver.to_string());
    }
    MessageView {
        tracking: row.tracking,
        state: row.state.as_str(),
        version: row.kind.as_deref().and_then(|kind| kind.split_once(' ')).map(|(_, version)| version.to_string()),
        message_type: row.type_code,
        from: row.msg_id.is_some().then(|| row.sender.to_string()),
        to,
        received_at: row.received_at,
        findings: findings.iter().filter_map(finding).collect(),
        deliveries: messages().map(delivery).collect(),
        history: history.into_iter().map(entry).collect(),
    }
}

fn finding(row: &FindingRow) -> Option<FindingView> {
    stored_finding(row).map(|finding| FindingView::from(&finding).with_severity(row.consequence.clone()))
}

/// A finding put together again from what was stored; a rule that this release does not know is left out.
pub fn stored_finding(row: &FindingRow) -> Option<Finding> {
    let rule = all_rules().into_iter().find(|rule| rule.id == row.rule)?;
    let mut finding = Finding::new(rule);
    finding.about = row.receiver.map_or(About::Message, |receiver| About::Receiver(receiver as usize));
    finding.place = row.place.map(|(line, column)| Place { line, column });
    finding.path = row.path.clone();
    finding.found = row.found.clone().map(Detail::from_store);
    Some(finding)
}

fn delivery(row: &DeliveryRow) -> DeliveryView {
    DeliveryView {
        receiver: Some(row.receiver.to_string()),
        role: row.role.as_str().into(),
        partner: row.partner.to_string(),
        state: row.state.as_str(),
        attempts: row.attempts,
        last_cause: row.last.as_ref().and_then(|attempt| attempt.cause.clone()),
        next_attempt_at: row.due_at,
        apprec: apprec(row.state),
    }
}

fn apprec(state: State) -> Option<AppRecView> {
    let status = match state {
        State::Acknowledged => "1",
        State::Rejected => "2",
        State::Behind | State::Queued | State::Sending | State::Delivered | State::Dead => return None,
    };
    Some(AppRecView { status: status.into(), errors: Vec::new() })
}

fn entry(row: HistoryRow) -> HistoryView {
    HistoryView { at: row.at, what: row.what, why: Some(row.why).filter(|why| !why.is_empty()) }
}
