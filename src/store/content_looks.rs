//! Shows content to a person. That somebody looks, and what for, is in the history before there is anything to see.

use super::Store;
use super::columns::{address, known};
use super::content::{self, ParcelPlace, Stored};
use super::db::{Db, values};
use super::history::Happened;
use super::safe::Safe;
use crate::domain::{
    Actor, DeliveryId, Fault, Month, MsgId, Particular, Particulars, PartnerName, Private, Timestamp, TrackingId,
};
use crate::pipeline::{Purpose, What};
use std::sync::Arc;

/// What somebody wants to see, and why.
#[derive(Clone)]
pub struct Look {
    /// Of which message.
    pub tracking: TrackingId,
    /// Which part of it.
    pub part: Part,
    /// What for, in words that are safe to show.
    pub purpose: String,
    /// Who looks.
    pub who: Actor,
}

/// What of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The message in XML; what came, where no message could be made of it.
    Message,
    /// What came, where that was a Bundle.
    CameAs,
    /// What went out in one delivery, where that is not the message as received.
    Delivery(DeliveryId),
}

impl Store {
    /// The bytes; `None` when there is no such message or part, or they were removed.
    pub async fn look_at_content(&self, look: Look, now: Timestamp) -> Result<Option<Private<Vec<u8>>>, Fault> {
        let sql = "SELECT id, tracking, received_at FROM message WHERE tracking = ?1";
        let tracking = look.tracking;
        let found = self.read(move |db| db.one(sql, values![tracking.as_stored()], |row| content::stored(row, 0))).await?;
        let Some(stored) = found else { return Ok(None) };
        let part = look.part;
        self.writer.write(move |db| write_down(db, stored, &look, now)).await?;
        let safe = Arc::clone(&self.safe);
        self.read(move |db| Ok(bytes(db, &safe, stored, part)?.map(Private::new))).await
    }
}

fn write_down(db: &Db<'_>, stored: Stored, look: &Look, now: Timestamp) -> Result<(), Fault> {
    let said = Particulars::default().with("of", "content");
    let said = match look.part {
        Part::Message => said.with("part", "message"),
        Part::CameAs => said.with("part", "came-as"),
        Part::Delivery(_) => said.with("part", "delivery"),
    };
    let said = said.with("purpose", Particular::Word(look.purpose.clone()));
    let line = Happened::to(stored.message, now, What::LookedUp, &look.purpose).by(&look.who).saying(said);
    let line = if let Part::Delivery(delivery) = look.part { line.at_delivery(delivery) } else { line };
    line.add(db).map(|_| ())
}

fn bytes(db: &Db<'_>, safe: &Safe, stored: Stored, part: Part) -> Result<Option<Vec<u8>>, Fault> {
    match part {
        Part::Message => content::of_message(db, safe, stored),
        Part::CameAs => content::what_came(db, safe, stored),
        Part::Delivery(delivery) => match parcel(db, stored, delivery)? {
            None => Ok(None),
            Some((month, place)) => content::of_parcel(db, safe, month, delivery, &place),
        },
    }
}

fn parcel(db: &Db<'_>, stored: Stored, delivery: DeliveryId) -> Result<Option<(Month, ParcelPlace)>, Fault> {
    let sql =
        "SELECT own_month, purpose, partner, msg_id, receiver_organisation, receiver_party, receiver_level FROM delivery
               WHERE id = ?1 AND message_id = ?2 AND own_month IS NOT NULL";
    db.one(sql, values![delivery.0, stored.message.0], |row| {
        let (month, purpose, partner): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let place = ParcelPlace {
            purpose: if purpose == Purpose::AppRec.as_str() { Purpose::AppRec } else { Purpose::Message },
            partner: known(PartnerName::parse(&partner), 2)?,
            receiver: address(row, 4)?,
            msg_id: MsgId::new(row.get::<String>(3)?),
        };
        Ok((known(month.parse().ok(), 0)?, place))
    })
}
