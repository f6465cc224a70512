//! Adds lines to the history; there is no other verb.

use super::columns::OrFault;
use crate::domain::{DeliveryId, Fault, MessageId, Timestamp};
use crate::pipeline::What;
use rusqlite::{Connection, params};

/// Adds one line.
pub(super) fn add(
    connection: &Connection,
    message: MessageId,
    delivery: Option<DeliveryId>,
    at: Timestamp,
    what: What,
    why: &str,
) -> Result<(), Fault> {
    let sql = "INSERT INTO history (message_id, delivery_id, at, what, why) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut insert = connection.prepare_cached(sql).or_fault()?;
    let row = params![message.0, delivery.map(|id| id.0), at.as_millis(), what.as_str(), why];
    insert.execute(row).or_fault().map(|_| ())
}
