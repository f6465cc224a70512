//! The bytes of messages and parcels, sealed, in tables of the month in which they came or were made.

use super::columns::{known, time};
use super::db::{Db, Row, values};
use super::months;
use super::safe::Safe;
use crate::domain::{Address, DeliveryId, Digest, Fault, MessageId, Month, MsgId, PartnerName, Timestamp, TrackingId};
use crate::pipeline::{Content, Parcel, Purpose};
use crate::vault::{DataKey, digest_of, seal};
use std::sync::Arc;

/// A message as far as its bytes are concerned.
#[derive(Clone, Copy)]
pub(super) struct Stored {
    pub(super) message: MessageId,
    pub(super) tracking: TrackingId,
    pub(super) received_at: Timestamp,
}

/// Reads what [`Stored`] says from three neighbouring columns: id, tracking, received_at.
pub(super) fn stored(row: &Row<'_>, first: usize) -> Result<Stored, Fault> {
    let tracking: String = row.get(first + 1)?;
    Ok(Stored {
        message: MessageId(row.get(first)?),
        tracking: known(TrackingId::parse(&tracking).ok(), first + 1)?,
        received_at: time(row, first + 2)?,
    })
}

/// Bytes that wait to be written.
pub(super) struct Sealed {
    pub(super) bytes: Vec<u8>,
    pub(super) digest: Digest,
    /// Before it was sealed.
    pub(super) size_bytes: usize,
}

/// What is written in a month is sealed with its key.
#[derive(Clone)]
pub(super) struct Sealer {
    pub(super) month: Month,
    pub(super) key: Arc<DataKey>,
}

impl Sealer {
    /// A message in XML, or a Bundle of which no message could be made.
    pub(super) fn message(&self, tracking: TrackingId, bytes: &[u8]) -> Sealed {
        self.seal(&place_of_message(tracking), bytes)
    }

    /// What a message came as.
    pub(super) fn came_as(&self, tracking: TrackingId, bytes: &[u8]) -> Sealed {
        self.seal(&place_of_what_came(tracking), bytes)
    }

    /// The bytes that we wrote for a parcel; `None` when it is the message as received.
    pub(super) fn parcel(&self, parcel: &Parcel) -> Option<Sealed> {
        match &parcel.content {
            Content::AsReceived => None,
            Content::Own(bytes) => Some(self.at(&ParcelPlace::of(parcel), bytes.expose())),
        }
    }

    /// The own bytes of a parcel, for its place.
    pub(super) fn at(&self, place: &ParcelPlace, bytes: &[u8]) -> Sealed {
        self.seal(&place.text(), bytes)
    }

    fn seal(&self, place: &str, bytes: &[u8]) -> Sealed {
        Sealed { bytes: seal(&self.key, place, bytes), digest: digest_of(bytes), size_bytes: bytes.len() }
    }
}

fn place_of_message(tracking: TrackingId) -> String {
    format!("message {}", tracking.as_stored())
}

fn place_of_what_came(tracking: TrackingId) -> String {
    format!("came-as {}", tracking.as_stored())
}

/// What a parcel is told by, so that its bytes cannot be put into the place of another's.
#[derive(Clone)]
pub(super) struct ParcelPlace {
    pub(super) purpose: Purpose,
    pub(super) partner: PartnerName,
    pub(super) receiver: Address,
    pub(super) msg_id: MsgId,
}

impl ParcelPlace {
    fn of(parcel: &Parcel) -> Self {
        let Parcel { purpose, to, receiver, msg_id, .. } = parcel;
        Self { purpose: *purpose, partner: to.clone(), receiver: *receiver, msg_id: msg_id.clone() }
    }

    /// The text that the bytes are bound to. It holds the MsgId as a sender wrote it, and goes nowhere else.
    fn text(&self) -> String {
        format!("parcel {} {} {} {}", self.purpose.as_str(), self.partner, self.receiver, self.msg_id.key())
    }
}

/// Writes the bytes of a message.
pub(super) fn put(
    db: &Db<'_>,
    month: Month,
    message: MessageId,
    bytes: &Sealed,
    came_as: Option<&Sealed>,
) -> Result<(), Fault> {
    let sql = format!("INSERT INTO {} (message_id, bytes, came_as) VALUES (?1, ?2, ?3)", months::content(month));
    db.tell(&sql, values![message.0, &bytes.bytes[..], came_as.map(|sealed| &sealed.bytes[..])])
}

/// Writes the own bytes of a parcel.
pub(super) fn put_parcel(db: &Db<'_>, month: Month, delivery: DeliveryId, bytes: &Sealed) -> Result<(), Fault> {
    let sql = format!("INSERT INTO {} (delivery_id, bytes) VALUES (?1, ?2)", months::parcels(month));
    db.tell(&sql, values![delivery.0, &bytes.bytes[..]])
}

/// Whether there is content of a month. Another process may have removed it: so the table is asked for, and not only the key, which
/// may still be at hand.
fn is_kept(db: &Db<'_>, safe: &Safe, month: Month) -> Result<bool, Fault> {
    Ok(safe.key(db, month)?.is_some() && db.has_table(&months::content(month))?)
}

/// The bytes of a message; `None` when they are gone, which retention does.
pub(super) fn of_message(db: &Db<'_>, safe: &Safe, stored: Stored) -> Result<Option<Vec<u8>>, Fault> {
    column(db, safe, stored, "bytes", &place_of_message(stored.tracking))
}

/// What a message came as, where that was not XML; `None` when it was, or when it is gone.
pub(super) fn what_came(db: &Db<'_>, safe: &Safe, stored: Stored) -> Result<Option<Vec<u8>>, Fault> {
    column(db, safe, stored, "came_as", &place_of_what_came(stored.tracking))
}

fn column(db: &Db<'_>, safe: &Safe, stored: Stored, column: &str, place: &str) -> Result<Option<Vec<u8>>, Fault> {
    let month = Month::of(stored.received_at);
    if !is_kept(db, safe, month)? {
        return Ok(None);
    }
    let sql = format!("SELECT {column} FROM {} WHERE message_id = ?1", months::content(month));
    match db.one(&sql, values![stored.message.0], |row| row.get::<Option<Vec<u8>>>(0))?.flatten() {
        None => Ok(None),
        Some(sealed) => Ok(safe.open(db, month, place, &sealed)?.map(|bytes| bytes.expose().clone())),
    }
}

/// The own bytes of a parcel that was made in a month; `None` when they are gone.
pub(super) fn of_parcel(
    db: &Db<'_>,
    safe: &Safe,
    month: Month,
    delivery: DeliveryId,
    place: &ParcelPlace,
) -> Result<Option<Vec<u8>>, Fault> {
    if !is_kept(db, safe, month)? {
        return Ok(None);
    }
    let sql = format!("SELECT bytes FROM {} WHERE delivery_id = ?1", months::parcels(month));
    match db.one(&sql, values![delivery.0], |row| row.get::<Vec<u8>>(0))? {
        None => Ok(None),
        Some(sealed) => Ok(safe.open(db, month, &place.text(), &sealed)?.map(|bytes| bytes.expose().clone())),
    }
}
