//! Recalls the messages that one refers to.

use super::Store;
use super::columns::OrFault;
use crate::domain::{Fault, MsgId, PartnerName};
use crate::messages::{Conversation, Turn, recall};
use crate::xml::Limits;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// So many of the latest messages of a conversation are looked through for a cancellation.
const RECENT: i64 = 32;

impl Store {
    /// What the log knows of the messages that this one refers to. It may be stored itself already, and does not count.
    pub fn conversation(&self, turn: &Turn, limits: &Limits) -> Result<Conversation, Fault> {
        let Some(reference) = &turn.reference else { return Ok(Conversation::default()) };
        self.read(|connection| {
            let recalled = |id: &MsgId| match *id == turn.msg_id {
                true => Ok(None),
                false => Ok(message(connection, id)?.and_then(|bytes| recall(&bytes, limits))),
            };
            let parent = recalled(&reference.parent)?;
            let first = match reference.parent == reference.conversation {
                true => parent.clone(),
                false => recalled(&reference.conversation)?,
            };
            let cancelled = turn.changes_or_cancels() && is_cancelled(connection, turn, &reference.conversation, limits)?;
            Ok(Conversation { parent, first, cancelled })
        })
    }
}

impl Store {
    /// The bytes of the latest message with this MsgId that a partner has a part in: it brought it, or it was delivered there. What others
    /// send each other is not for it to refer to.
    pub fn known_to(&self, partner: &PartnerName, id: &MsgId) -> Result<Option<Vec<u8>>, Fault> {
        let sql = "SELECT c.bytes FROM message m JOIN content c ON c.message_id = m.id
                   WHERE m.msg_key = ?1 AND m.turned_away IS NULL AND m.kind NOT LIKE 'apprec%'
                     AND (m.partner = ?2 OR EXISTS (SELECT 1 FROM delivery d WHERE d.message_id = m.id AND d.partner = ?2
                                                    AND d.purpose = 'message'))
                   ORDER BY m.id DESC LIMIT 1";
        self.read(|connection| {
            let mut select = connection.prepare_cached(sql).or_fault()?;
            select.query_row(params![id.key(), partner.as_str()], |row| row.get(0)).optional().or_fault()
        })
    }
}

/// The bytes of the latest message with this MsgId. They are unique for each partner that sends only.
fn message(connection: &Connection, id: &MsgId) -> Result<Option<Vec<u8>>, Fault> {
    let sql = "SELECT c.bytes FROM message m JOIN content c ON c.message_id = m.id
               WHERE m.msg_key = ?1 AND m.turned_away IS NULL AND m.kind NOT LIKE 'apprec%' ORDER BY m.id DESC LIMIT 1";
    let mut select = connection.prepare_cached(sql).or_fault()?;
    select.query_row([id.key()], |row| row.get(0)).optional().or_fault()
}

/// Whether the sender's organisation has cancelled the conversation.
fn is_cancelled(connection: &Connection, turn: &Turn, conversation: &MsgId, limits: &Limits) -> Result<bool, Fault> {
    let sql = "SELECT c.bytes FROM message m JOIN content c ON c.message_id = m.id
               WHERE m.conversation = ?1 AND m.conversation <> m.msg_key AND m.msg_key <> ?2 AND m.state = 'accepted'
                 AND m.kind LIKE 'plo%' ORDER BY m.id DESC LIMIT ?3";
    let mut select = connection.prepare_cached(sql).or_fault()?;
    let bytes = |row: &Row<'_>| row.get::<_, Vec<u8>>(0);
    let rows = select.query_map(params![conversation.key(), turn.msg_id.key(), RECENT], bytes).or_fault()?;
    for bytes in rows {
        let earlier = recall(&bytes.or_fault()?, limits);
        if earlier.is_some_and(|earlier| earlier.status == "C" && earlier.came_from(turn.sender)) {
            return Ok(true);
        }
    }
    Ok(false)
}
