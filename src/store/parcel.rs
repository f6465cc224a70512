//! Gives out a parcel to the partner that was notified of it.

use super::db::{Db, values};
use super::{Store, history};
use crate::domain::{DeliveryId, Fault, MessageId, PartnerName, Timestamp, TrackingId};
use crate::pipeline::What;
use bytes::Bytes;

impl Store {
    /// The bytes of a parcel, once it was handed over to this partner. That it was fetched is written down before it is given out.
    pub async fn fetch(
        &self,
        tracking: TrackingId,
        delivery: DeliveryId,
        partner: PartnerName,
        now: Timestamp,
    ) -> Result<Option<Bytes>, Fault> {
        self.writer.write(move |db| fetch(db, tracking, delivery, &partner, now)).await
    }
}

fn fetch(
    db: &Db<'_>,
    tracking: TrackingId,
    delivery: DeliveryId,
    partner: &PartnerName,
    now: Timestamp,
) -> Result<Option<Bytes>, Fault> {
    // While it is being sent, and after a try of which nobody knows how it ended, the notification may have arrived already.
    let sql = "SELECT m.id, coalesce(d.own_content, c.bytes) FROM delivery d JOIN message m ON m.id = d.message_id
                 JOIN content c ON c.message_id = m.id
               WHERE d.id = ?1 AND m.tracking = ?2 AND d.partner = ?3 AND d.attempts > 0";
    let found = db.one(sql, values![delivery.0, tracking.as_stored(), partner.as_str()], |row| {
        Ok((MessageId(row.get(0)?), row.get::<Vec<u8>>(1)?))
    })?;
    let Some((message, bytes)) = found else { return Ok(None) };
    history::add(db, message, Some(delivery), now, What::Fetched, &format!("by {partner}"))?;
    Ok(Some(bytes.into()))
}
