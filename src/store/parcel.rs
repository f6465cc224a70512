//! Gives out a parcel to the partner that was notified of it.

use super::Store;
use super::columns::{address, known};
use super::content::{self, ParcelPlace};
use super::db::{Db, values};
use super::history::Happened;
use super::safe::Safe;
use crate::domain::{Actor, DeliveryId, Fault, MsgId, Particulars, PartnerName, Timestamp, TrackingId};
use crate::pipeline::{Purpose, What};
use bytes::Bytes;
use std::sync::Arc;

impl Store {
    /// The bytes of a parcel, once it was handed over to this partner. That it was fetched is written down before it is given out.
    pub async fn fetch(
        &self,
        tracking: TrackingId,
        delivery: DeliveryId,
        partner: PartnerName,
        now: Timestamp,
    ) -> Result<Option<Bytes>, Fault> {
        let safe = Arc::clone(&self.safe);
        self.writer.write(move |db| fetch(db, &safe, tracking, delivery, partner, now)).await
    }
}

fn fetch(
    db: &Db<'_>,
    safe: &Safe,
    tracking: TrackingId,
    delivery: DeliveryId,
    partner: PartnerName,
    now: Timestamp,
) -> Result<Option<Bytes>, Fault> {
    // While it is being sent, and after a try of which nobody knows how it ended, the notification may have arrived already.
    let sql = "SELECT m.id, m.tracking, m.received_at, d.purpose, d.msg_id, d.own_month, d.receiver_organisation, d.receiver_party,
                 d.receiver_level
               FROM delivery d JOIN message m ON m.id = d.message_id
               WHERE d.id = ?1 AND m.tracking = ?2 AND d.partner = ?3 AND d.attempts > 0";
    let found = db.one(sql, values![delivery.0, tracking.as_stored(), partner.as_str()], |row| {
        let purpose: String = row.get(3)?;
        let place = ParcelPlace {
            purpose: if purpose == Purpose::AppRec.as_str() { Purpose::AppRec } else { Purpose::Message },
            partner: partner.clone(),
            receiver: address(row, 6)?,
            msg_id: MsgId::new(row.get::<String>(4)?),
        };
        let month = row.get::<Option<String>>(5)?.map(|month| known(month.parse().ok(), 5)).transpose()?;
        Ok((content::stored(row, 0)?, month, place))
    })?;
    let Some((stored, month, place)) = found else { return Ok(None) };
    let bytes = match month {
        None => content::of_message(db, safe, stored)?,
        Some(month) => content::of_parcel(db, safe, month, delivery, &place)?,
    };
    let Some(bytes) = bytes else { return Ok(None) };
    let (who, said) = (Actor::partner(&partner), Particulars::default().with("partner", &partner));
    let why = format!("by {partner}");
    Happened::to(stored.message, now, What::Fetched, &why).at_delivery(delivery).by(&who).saying(said).add(db)?;
    Ok(Some(bytes.into()))
}
