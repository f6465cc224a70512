//! Gives out a parcel to the partner that was notified of it.

use super::columns::OrFault;
use super::{Store, history};
use crate::domain::{DeliveryId, Fault, MessageId, PartnerName, Timestamp, TrackingId};
use crate::pipeline::What;
use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension, params};

impl Store {
    /// The bytes of a parcel, once it was handed over to this partner. That it was fetched is written down before it is given out.
    pub async fn fetch(
        &self,
        tracking: TrackingId,
        delivery: DeliveryId,
        partner: PartnerName,
        now: Timestamp,
    ) -> Result<Option<Bytes>, Fault> {
        self.writer.write(move |connection| fetch(connection, tracking, delivery, &partner, now)).await
    }
}

fn fetch(
    connection: &Connection,
    tracking: TrackingId,
    delivery: DeliveryId,
    partner: &PartnerName,
    now: Timestamp,
) -> Result<Option<Bytes>, Fault> {
    // While it is being sent, and after a try of which nobody knows how it ended, the notification may have arrived already.
    let sql = "SELECT m.id, coalesce(d.own_content, c.bytes) FROM delivery d JOIN message m ON m.id = d.message_id
                 JOIN content c ON c.message_id = m.id
               WHERE d.id = ?1 AND m.tracking = ?2 AND d.partner = ?3 AND d.attempts > 0";
    let mut select = connection.prepare_cached(sql).or_fault()?;
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let found: Option<(i64, Vec<u8>)> =
        select.query_row(params![delivery.0, tracking.as_stored(), partner.as_str()], row).optional().or_fault()?;
    let Some((message, bytes)) = found else { return Ok(None) };
    history::add(connection, MessageId(message), Some(delivery), now, What::Fetched, &format!("by {partner}"))?;
    Ok(Some(bytes.into()))
}
