//! One message of the store with all that hangs on it. Metadata only.

use super::table::table;
use super::words::{Telling, finding_as_json, shown_code};
use crate::domain::Language;
use crate::rulebook::Consequence;
use crate::service::stored_finding;
use crate::store::{DeliveryRow, FindingRow, HistoryRow, MessageDetail, MessageRow};
use serde_json::{Value, json};

/// For people.
pub(super) fn as_text(detail: &MessageDetail, language: Language) -> String {
    let MessageDetail { row, findings, deliveries, history } = detail;
    let mut text = message(row);
    if !findings.is_empty() {
        text += "\nFindings\n";
        text += &findings.iter().map(|found| finding(row, found, language)).collect::<String>();
    }
    if !deliveries.is_empty() {
        text += &format!("\nDeliveries\n{}\n", indented(&deliveries_as_table(deliveries)));
    }
    let history: Vec<_> = history.iter().map(entry).collect();
    text + &format!("\nHistory\n{}", indented(&table(&history)))
}

fn message(row: &MessageRow) -> String {
    let state = match &row.turned_away {
        Some(why) => format!("{}, turned away: {why}", row.state.as_str()),
        None => row.state.as_str().to_string(),
    };
    let msg_id = row.msg_id.as_ref().map_or_else(|| "(none)".into(), ToString::to_string);
    let lines = [
        ("state", state),
        ("received", format!("{} from {} by {}", row.received_at, row.partner, row.via)),
        ("type", kind(row)),
        ("MsgId", msg_id),
        ("from", row.sender.to_string()),
        ("to", row.receiver.to_string()),
        ("size", format!("{} bytes", row.size_bytes)),
        ("came again", format!("{} times", row.repeats)),
    ];
    format!("{}\n", row.tracking) + &lines.map(|(name, value)| format!("  {name:<11} {value}\n")).concat()
}

/// `LOG_INNLAGT (plo 1.6)`.
pub(super) fn kind(row: &MessageRow) -> String {
    match (&row.type_code, &row.kind) {
        (Some(code), Some(kind)) => format!("{} ({kind})", shown_code(code)),
        _ => "(not readable)".into(),
    }
}

fn finding(row: &MessageRow, found: &FindingRow, language: Language) -> String {
    match stored_finding(found) {
        Some(finding) => Telling { name: &row.tracking.to_string(), language, answered: false }.finding(&finding),
        None => format!("  {}, a rule that this release does not know\n", found.rule),
    }
}

/// Deliveries as a table with a heading.
pub(super) fn deliveries_as_table(deliveries: &[DeliveryRow]) -> String {
    let heading = ["ID", "MESSAGE", "STATE", "WHAT", "TO", "PARTNER", "ROUTE", "ATTEMPTS", "NEXT", "LAST"].map(String::from);
    let row = |delivery: &DeliveryRow| {
        [
            delivery.delivery.to_string(),
            delivery.tracking.to_string(),
            delivery.state.as_str().to_string(),
            if delivery.purpose == "apprec" { "AppRec".into() } else { shown_code(&delivery.type_code) },
            delivery.receiver.to_string(),
            delivery.partner.to_string(),
            delivery.route.clone(),
            delivery.attempts.to_string(),
            delivery.due_at.map_or_else(String::new, |at| at.to_string()),
            last_attempt(delivery),
        ]
    };
    table(&std::iter::once(heading).chain(deliveries.iter().map(row)).collect::<Vec<_>>())
}

fn last_attempt(delivery: &DeliveryRow) -> String {
    let Some(last) = &delivery.last else { return String::new() };
    let outcome = last.outcome.as_deref().unwrap_or("under way");
    match &last.cause {
        Some(cause) => format!("{outcome}: {cause}"),
        None => outcome.to_string(),
    }
}

fn entry(row: &HistoryRow) -> [String; 3] {
    let what = match row.delivery {
        Some(delivery) => format!("{} {delivery}", row.what),
        None => row.what.clone(),
    };
    [row.at.to_string(), what, row.why.clone()]
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

/// For programs.
pub(super) fn as_json(detail: &MessageDetail) -> Value {
    let MessageDetail { row, findings, deliveries, history } = detail;
    let mut value = row_as_json(row);
    let finding = |found: &FindingRow| match stored_finding(found) {
        Some(finding) => {
            let mut value = finding_as_json(&finding);
            value["severity"] = json!(Consequence::severity_of(&found.consequence));
            value["consequence"] = json!(found.consequence);
            value
        }
        None => json!({ "rule": found.rule, "consequence": found.consequence }),
    };
    let entry = |row: &HistoryRow| json!({ "at": row.at.to_string(), "delivery": row.delivery.map(|id| id.0), "what": row.what, "why": row.why });
    value["findings"] = findings.iter().map(finding).collect();
    value["deliveries"] = deliveries.iter().map(delivery_as_json).collect();
    value["history"] = history.iter().map(entry).collect();
    value
}

/// One message of a list, for programs.
pub(super) fn row_as_json(row: &MessageRow) -> Value {
    json!({
        "tracking": row.tracking.to_string(),
        "received_at": row.received_at.to_string(),
        "state": row.state.as_str(),
        "turned_away": row.turned_away,
        "partner": row.partner.as_str(),
        "via": row.via,
        "type": row.type_code.as_deref().map(shown_code),
        "kind": row.kind,
        "msg_id": row.msg_id.as_ref().filter(|id| id.is_uuid()).map(ToString::to_string),
        "from": row.sender.to_string(),
        "to": row.receiver.to_string(),
        "size_bytes": row.size_bytes,
        "repeats": row.repeats,
    })
}

/// One delivery, for programs.
pub(super) fn delivery_as_json(row: &DeliveryRow) -> Value {
    json!({
        "id": row.delivery.0,
        "tracking": row.tracking.to_string(),
        "purpose": row.purpose,
        "type": shown_code(&row.type_code),
        "state": row.state.as_str(),
        "partner": row.partner.as_str(),
        "receiver": row.receiver.to_string(),
        "role": row.role.as_str(),
        "route": row.route,
        "attempts": row.attempts,
        "queued_at": row.queued_at.to_string(),
        "next_attempt_at": row.due_at.map(|at| at.to_string()),
        "apprec_due": row.apprec_due.map(|at| at.to_string()),
        "last_outcome": row.last.as_ref().and_then(|last| last.outcome.clone()),
        "last_cause": row.last.as_ref().and_then(|last| last.cause.clone()),
    })
}
