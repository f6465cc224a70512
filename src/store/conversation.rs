//! Recalls the messages that one refers to.

use super::Store;
use super::db::{Db, values};
use crate::domain::{Fault, MsgId, PartnerName};
use crate::messages::{Conversation, Turn, recall};
use crate::xml::Limits;

/// So many of the latest messages of a conversation are looked through for a cancellation.
const RECENT: i64 = 32;

impl Store {
    /// What the log knows of the messages that this one refers to. It may be stored itself already, and does not count.
    pub async fn conversation(&self, turn: &Turn, limits: &Limits) -> Result<Conversation, Fault> {
        let Some(reference) = turn.reference.clone() else { return Ok(Conversation::default()) };
        let (turn, limits) = (turn.clone(), *limits);
        self.read(move |db| {
            let recalled = |id: &MsgId| match *id == turn.msg_id {
                true => Ok(None),
                false => Ok(message(db, id)?.and_then(|bytes| recall(&bytes, &limits))),
            };
            let parent = recalled(&reference.parent)?;
            let first = match reference.parent == reference.conversation {
                true => parent.clone(),
                false => recalled(&reference.conversation)?,
            };
            let cancelled = turn.changes_or_cancels() && is_cancelled(db, &turn, &reference.conversation, &limits)?;
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
        self.read(move |db| known_to(db, &partner, &id)).await
    }
}

pub(super) fn known_to(db: &Db<'_>, partner: &PartnerName, id: &MsgId) -> Result<Option<Vec<u8>>, Fault> {
    let sql = "SELECT c.bytes FROM message m JOIN content c ON c.message_id = m.id
               WHERE m.msg_key = ?1 AND m.turned_away IS NULL AND m.kind NOT LIKE 'apprec%'
                 AND (m.partner = ?2 OR EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = m.id AND d.partner = ?2
                                                AND d.purpose = 'message'))
               ORDER BY m.id DESC LIMIT 1";
    db.one(sql, values![id.key(), partner.as_str()], |row| row.get(0))
}

/// The bytes of the latest message with this MsgId. They are unique for each partner that sends only.
fn message(db: &Db<'_>, id: &MsgId) -> Result<Option<Vec<u8>>, Fault> {
    let sql = "SELECT c.bytes FROM message m JOIN content c ON c.message_id = m.id
               WHERE m.msg_key = ?1 AND m.turned_away IS NULL AND m.kind NOT LIKE 'apprec%' ORDER BY m.id DESC LIMIT 1";
    db.one(sql, values![id.key()], |row| row.get(0))
}

/// Whether the sender's organisation has cancelled the conversation.
fn is_cancelled(db: &Db<'_>, turn: &Turn, conversation: &MsgId, limits: &Limits) -> Result<bool, Fault> {
    let sql = "SELECT c.bytes FROM message m JOIN content c ON c.message_id = m.id
               WHERE m.conversation = ?1 AND m.conversation <> m.msg_key AND m.msg_key <> ?2 AND m.state = 'accepted'
                 AND m.kind LIKE 'plo%' ORDER BY m.id DESC LIMIT ?3";
    let cancellation = db.find(sql, values![conversation.key(), turn.msg_id.key(), RECENT], |row| {
        let earlier = recall(&row.get::<Vec<u8>>(0)?, limits);
        Ok(earlier.filter(|earlier| earlier.status == "C" && earlier.came_from(turn.sender)))
    })?;
    Ok(cancellation.is_some())
}
