//! Content of releases before migration 7 lay in the clear: it is sealed at the start, and what is left of it is overwritten.
//!
//! Each step is a transaction of some messages, so that a gateway that is stopped meanwhile goes on where it was.

use super::columns::known;
use super::content::{self, ParcelPlace, Sealer};
use super::db::{Db, Row, values};
use super::safe::Safe;
use crate::domain::{DeliveryId, Fault, Month, MsgId, PartnerName, Timestamp};
use crate::pipeline::Purpose;
use tracing::info;

/// So many messages, and so many parcels, in one transaction.
const AT_ONCE: i64 = 200;

/// Seals all of it.
pub(super) fn seal_all(db: &Db<'_>, safe: &Safe, now: Timestamp) -> Result<(), Fault> {
    if !db.has_table("content")? {
        return Ok(());
    }
    let mut sealed = 0;
    loop {
        let some = seal_messages(db, safe)? + seal_parcels(db, safe, now)?;
        if some == 0 {
            break;
        }
        sealed += some;
        info!(sealed, "content of an earlier release is being sealed");
    }
    db.batch("DROP TABLE content")?;
    // What is dropped stays readable on the disk until the file is written anew.
    db.write_anew()
}

fn seal_messages(db: &Db<'_>, safe: &Safe) -> Result<usize, Fault> {
    let sql =
        "SELECT m.id, m.tracking, m.received_at, c.bytes, c.came_as FROM content c JOIN message m ON m.id = c.message_id
               ORDER BY m.id LIMIT ?1";
    let clear = db.all(sql, values![AT_ONCE], |row| {
        Ok((content::stored(row, 0)?, row.get::<Vec<u8>>(3)?, row.get::<Option<Vec<u8>>>(4)?))
    })?;
    for (stored, bytes, came_as) in &clear {
        let sealer = sealer(db, safe, stored.received_at)?;
        let transaction = db.transaction()?;
        let bytes = sealer.message(stored.tracking, bytes);
        let came_as = came_as.as_ref().map(|came_as| sealer.came_as(stored.tracking, came_as));
        content::put(db, sealer.month, stored.message, &bytes, came_as.as_ref())?;
        let sql = "UPDATE message SET digest = ?2, came_as_digest = ?3 WHERE id = ?1";
        let came_as = came_as.as_ref().map(|sealed| &sealed.digest.0[..]);
        db.execute(sql, values![stored.message.0, &bytes.digest.0[..], came_as])?;
        db.execute("DELETE FROM content WHERE message_id = ?1", values![stored.message.0])?;
        transaction.commit()?;
    }
    Ok(clear.len())
}

fn seal_parcels(db: &Db<'_>, safe: &Safe, now: Timestamp) -> Result<usize, Fault> {
    let sql = "SELECT id, purpose, partner, msg_id, own_content, receiver_organisation, receiver_party, receiver_level
               FROM delivery WHERE own_content IS NOT NULL AND own_month IS NULL ORDER BY id LIMIT ?1";
    let clear = db.all(sql, values![AT_ONCE], |row| {
        let delivery = DeliveryId(row.get(0)?);
        let place = parcel_place(row, 1)?;
        Ok((delivery, place, row.get::<Vec<u8>>(4)?))
    })?;
    for (delivery, place, bytes) in &clear {
        let sealer = sealer(db, safe, now)?;
        let transaction = db.transaction()?;
        content::put_parcel(db, sealer.month, *delivery, &sealer.at(place, bytes))?;
        let sql = "UPDATE delivery SET own_content = NULL, own_month = ?2 WHERE id = ?1";
        db.execute(sql, values![delivery.0, sealer.month.to_string()])?;
        transaction.commit()?;
    }
    Ok(clear.len())
}

fn parcel_place(row: &Row<'_>, first: usize) -> Result<ParcelPlace, Fault> {
    let purpose: String = row.get(first)?;
    let partner: String = row.get(first + 1)?;
    Ok(ParcelPlace {
        purpose: if purpose == Purpose::AppRec.as_str() { Purpose::AppRec } else { Purpose::Message },
        partner: known(PartnerName::parse(&partner), first + 1)?,
        receiver: super::columns::address(row, 5)?,
        msg_id: MsgId::new(row.get::<String>(first + 2)?),
    })
}

fn sealer(db: &Db<'_>, safe: &Safe, at: Timestamp) -> Result<Sealer, Fault> {
    let month = Month::of(at);
    if safe.at_hand(month).is_none() {
        let transaction = db.transaction()?;
        safe.begin(db, month, at)?;
        transaction.commit()?;
    }
    let gone = || Fault::lasting(format!("there is no key for the content of {month}"));
    Ok(Sealer { month, key: safe.key(db, month)?.ok_or_else(gone)? })
}
