//! Finds the message that an AppRec names, with its deliveries.

use super::Store;
use super::columns::{address, known, maybe_time, partner, role};
use super::db::{Db, Row, values};
use crate::delivery::State;
use crate::domain::{DeliveryId, Fault, MessageId, MsgId, PartnerName};
use crate::messages::all_types;
use crate::pipeline::{Original, OriginalDelivery};
use crate::routing::AppRecVersion;

impl Store {
    /// The message with this MsgId that was delivered to this partner. MsgIds are unique for each partner that sends, so two
    /// senders may have used the same; the one that this partner got, and has not answered, comes first.
    pub async fn original(&self, msg_id: &MsgId, answering: &PartnerName) -> Result<Option<Original>, Fault> {
        let (msg_id, answering) = (msg_id.clone(), answering.clone());
        self.read(move |db| original(db, &msg_id, &answering)).await
    }
}

fn original(db: &Db<'_>, msg_id: &MsgId, answering: &PartnerName) -> Result<Option<Original>, Fault> {
    let sql = "SELECT m.id, m.partner, m.sender_organisation, m.sender_party, m.sender_level, m.type_code, m.gen_date,
                 m.kind
               FROM message m JOIN delivery d ON d.message_id = m.id
               WHERE m.msg_key = ?1 AND m.turned_away IS NULL AND d.partner = ?2 AND d.purpose = 'message'
                 AND d.apprec_due IS NOT NULL
               ORDER BY d.state IN ('acknowledged', 'rejected'), m.id LIMIT 1";
    let found = db.one(sql, values![msg_id.key(), answering.as_str()], message)?;
    let Some((id, mut original)) = found else { return Ok(None) };
    original.deliveries = deliveries(db, id)?;
    Ok(Some(original))
}

fn message(row: &Row<'_>) -> Result<(MessageId, Original), Fault> {
    let original = Original {
        partner: partner(row, 1)?,
        sender: address(row, 2)?,
        type_code: row.get::<Option<String>>(5)?.unwrap_or_default(),
        gen_date: row.get::<Option<String>>(6)?.unwrap_or_default(),
        apprec: apprec_of(row.get(7)?),
        deliveries: Vec::new(),
    };
    Ok((MessageId(row.get(0)?), original))
}

/// The AppRec version that belongs to a type, as it is labelled in the store.
fn apprec_of(label: Option<String>) -> Option<AppRecVersion> {
    all_types().find(|kind| Some(kind.label()) == label).map(|kind| kind.apprec)
}

fn deliveries(db: &Db<'_>, message: MessageId) -> Result<Vec<OriginalDelivery>, Fault> {
    let sql = "SELECT id, partner, receiver_organisation, receiver_party, receiver_level, role, state, apprec_due,
                 answered_by IS NOT DISTINCT FROM message_id, own_month IS NOT NULL, type_code
               FROM delivery WHERE message_id = ?1 AND purpose = 'message' ORDER BY id";
    db.all(sql, values![message.0], |row| {
        let state: String = row.get(6)?;
        Ok(OriginalDelivery {
            id: DeliveryId(row.get(0)?),
            partner: partner(row, 1)?,
            receiver: address(row, 2)?,
            role: role(row, 5)?,
            state: known(State::parse(&state), 6)?,
            apprec_due: maybe_time(row, 7)?,
            answered_by_gateway: row.get(8)?,
            translated: row.get(9)?,
            type_code: row.get(10)?,
        })
    })
}
