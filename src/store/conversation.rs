//! Recalls the messages that one refers to.

use super::Store;
use super::content::{self, Stored};
use super::db::{Db, values};
use super::safe::Safe;
use crate::domain::{Fault, MsgId, PartnerName};
use crate::messages::{Conversation, Turn, recall};
use crate::xml::Limits;
use std::sync::Arc;

/// So many of the latest messages of a conversation are looked through for a cancellation.
const RECENT: i64 = 32;

impl Store {
    /// What the log knows of the messages that this one refers to. It may be stored itself already, and does not count.
    pub async fn conversation(&self, turn: &Turn, limits: &Limits) -> Result<Conversation, Fault> {
        let Some(reference) = turn.reference.clone() else { return Ok(Conversation::default()) };
        let (turn, limits, safe) = (turn.clone(), *limits, Arc::clone(&self.safe));
        self.read(move |db| {
            let recalled = |id: &MsgId| match *id == turn.msg_id {
                true => Ok(None),
                false => Ok(message(db, &safe, id)?.and_then(|bytes| recall(&bytes, &limits))),
            };
            let parent = recalled(&reference.parent)?;
            let first = match reference.parent == reference.conversation {
                true => parent.clone(),
                false => recalled(&reference.conversation)?,
            };
            let cancelled = turn.changes_or_cancels() && is_cancelled(db, &safe, &turn, &reference.conversation, &limits)?;
            Ok(Conversation { parent, first, cancelled })
        })
        .await
    }
}

impl Store {
    /// The bytes of the latest message with this MsgId that a partner has a part in: it brought it, or it was delivered there. What others
    /// send each other is not for it to refer to.
    pub async fn known_to(&self, partner: &PartnerName, id: &MsgId) -> Result<Option<Vec<u8>>, Fault> {
        let (partner, id) = (partner.clone(), id.clone());
        let safe = Arc::clone(&self.safe);
        self.read(move |db| known_to(db, &safe, &partner, &id)).await
    }
}

pub(super) fn known_to(db: &Db<'_>, safe: &Safe, partner: &PartnerName, id: &MsgId) -> Result<Option<Vec<u8>>, Fault> {
    let sql = "SELECT m.id, m.tracking, m.received_at FROM message m
               WHERE m.msg_key = ?1 AND m.turned_away IS NULL AND m.kind NOT LIKE 'apprec%'
                 AND (m.partner = ?2 OR EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = m.id AND d.partner = ?2
                                                AND d.purpose = 'message'))
               ORDER BY m.id DESC LIMIT 1";
    let found = db.one(sql, values![id.key(), partner.as_str()], |row| content::stored(row, 0))?;
    bytes(db, safe, found)
}

/// The bytes of the latest message with this MsgId. They are unique for each partner that sends only.
fn message(db: &Db<'_>, safe: &Safe, id: &MsgId) -> Result<Option<Vec<u8>>, Fault> {
    let sql = "SELECT m.id, m.tracking, m.received_at FROM message m
               WHERE m.msg_key = ?1 AND m.turned_away IS NULL AND m.kind NOT LIKE 'apprec%' ORDER BY m.id DESC LIMIT 1";
    let found = db.one(sql, values![id.key()], |row| content::stored(row, 0))?;
    bytes(db, safe, found)
}

/// The bytes of a message that was found; what retention has removed is not known any more.
pub(super) fn bytes(db: &Db<'_>, safe: &Safe, found: Option<Stored>) -> Result<Option<Vec<u8>>, Fault> {
    let Some(stored) = found else { return Ok(None) };
    content::of_message(db, safe, stored)
}

/// Whether the sender's organisation has cancelled the conversation.
fn is_cancelled(db: &Db<'_>, safe: &Safe, turn: &Turn, conversation: &MsgId, limits: &Limits) -> Result<bool, Fault> {
    let sql = "SELECT m.id, m.tracking, m.received_at FROM message m
               WHERE m.conversation = ?1 AND m.conversation <> m.msg_key AND m.msg_key <> ?2 AND m.state = 'accepted'
                 AND m.kind LIKE 'plo%' ORDER BY m.id DESC LIMIT ?3";
    let recent = db.all(sql, values![conversation.key(), turn.msg_id.key(), RECENT], |row| content::stored(row, 0))?;
    for stored in recent {
        let earlier = bytes(db, safe, Some(stored))?.and_then(|bytes| recall(&bytes, limits));
        if earlier.is_some_and(|earlier| earlier.status == "C" && earlier.came_from(turn.sender)) {
            return Ok(true);
        }
    }
    Ok(false)
}
