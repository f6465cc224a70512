//! Takes arrivals in. What is told to a sender is told after this has committed.

use super::columns::{her_id_column, known, level_word, partner};
use super::db::{Db, values};
use super::{Store, history, outcome};
use crate::domain::{Envelope, Fault, MessageId, MessageState, PartnerName, Seeded, Timestamp, TrackingId};
use crate::messages::arrival_rules::r005_msgid_not_received_before::is_the_same_message;
use crate::pipeline::{Outcome, What};
use crate::rulebook::Finding;
use bytes::Bytes;

/// An arrival with what is known of it.
pub struct NewMessage {
    /// A tracking id that is probably free.
    pub tracking: TrackingId,
    /// When it came.
    pub received_at: Timestamp,
    /// Whose system brought it.
    pub partner: PartnerName,
    /// By which transport.
    pub via: &'static str,
    /// The bytes: of the message in XML, or of what came where that could not be made one.
    pub bytes: Bytes,
    /// What came, where that was not XML and the message was made from it.
    pub came_as: Option<Bytes>,
    /// Its envelope and the label of its type, if it could be read.
    pub envelope: Option<(Envelope, String)>,
}

/// Why an arrival is recorded but not taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// No message in it that could be answered.
    Unreadable,
    /// The partner does not own the sender.
    ForeignSender,
    /// The partner's own system is about to send it, and it may not be sent as it is.
    NotFitToSend,
}

impl Why {
    fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::ForeignSender => "foreign-sender",
            Self::NotFitToSend => "not-fit-to-send",
        }
    }
}

/// What became of an arrival.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stored {
    /// It is new.
    New {
        /// Its place in the store.
        message: MessageId,
        /// Its name.
        tracking: TrackingId,
        /// Where it stands.
        state: MessageState,
    },
    /// The same bytes with the same MsgId are here.
    Same {
        /// The name of what is here.
        tracking: TrackingId,
        /// Where that stands.
        state: MessageState,
    },
    /// Another message with the same MsgId is here. This one is recorded and not taken in.
    Reused {
        /// The name of the record.
        tracking: TrackingId,
        /// The name of what is here.
        earlier: TrackingId,
    },
    /// What the outcome rests on has changed meanwhile: the delivery that an AppRec answers was answered by another. Nothing is
    /// stored; decide anew.
    FactsChanged,
}

/// A message that is stored and not judged yet.
pub struct Unjudged {
    /// Which.
    pub message: MessageId,
    /// Whose system brought it.
    pub partner: PartnerName,
    /// Its bytes.
    pub bytes: Bytes,
}

impl Store {
    /// Stores a message, and with it the outcome if it is decided already; both become durable together.
    pub async fn receive(&self, new: NewMessage, outcome: Option<Outcome>) -> Result<Stored, Fault> {
        self.writer.write(move |db| receive(db, &new, outcome.as_ref())).await
    }

    /// Records an arrival that is not taken in.
    pub async fn turn_away(&self, new: NewMessage, why: Why, findings: Vec<Finding>) -> Result<TrackingId, Fault> {
        let work = move |db: &Db<'_>| {
            let (message, tracking) = insert(db, &new, MessageState::Refused, Some(why.as_str()), None)?;
            outcome::findings(db, message, &findings)?;
            history::add(db, message, None, new.received_at, What::TurnedAway, why.as_str())?;
            Ok(tracking)
        };
        self.writer.write(work).await
    }

    /// Writes the outcome of a message that was stored without one. False: the facts have changed meanwhile, decide anew.
    pub async fn settle(&self, message: MessageId, outcome: Outcome, now: Timestamp) -> Result<bool, Fault> {
        let work = move |db: &Db<'_>| {
            let outdated = outcome::is_outdated(db, Some(&outcome))?;
            if !outdated {
                outcome::write(db, message, &outcome, now)?;
            }
            Ok(!outdated)
        };
        self.writer.write(work).await
    }

    /// The oldest messages that are not judged yet.
    pub async fn unjudged(&self, limit: usize) -> Result<Vec<Unjudged>, Fault> {
        let sql = "SELECT m.id, m.partner, c.bytes FROM message m JOIN content c ON c.message_id = m.id
                   WHERE m.state = 'received' ORDER BY m.id LIMIT ?1";
        self.read(move |db| {
            db.all(sql, values![limit as i64], |row| {
                let bytes: Vec<u8> = row.get(2)?;
                Ok(Unjudged { message: MessageId(row.get(0)?), partner: partner(row, 1)?, bytes: bytes.into() })
            })
        })
        .await
    }
}

fn receive(db: &Db<'_>, new: &NewMessage, outcome: Option<&Outcome>) -> Result<Stored, Fault> {
    if let Some(earlier) = earlier(db, new)? {
        return repeated(db, new, &earlier);
    }
    if outcome::is_outdated(db, outcome)? {
        return Ok(Stored::FactsChanged);
    }
    let (message, tracking) = insert(db, new, MessageState::Received, None, None)?;
    history::add(db, message, None, new.received_at, What::Received, &format!("from {} by {}", new.partner, new.via))?;
    if let Some(outcome) = outcome {
        outcome::write(db, message, outcome, new.received_at)?;
    }
    let state = outcome.map_or(MessageState::Received, |outcome| outcome.state);
    Ok(Stored::New { message, tracking, state })
}

struct Earlier {
    message: MessageId,
    tracking: TrackingId,
    state: MessageState,
}

fn earlier(db: &Db<'_>, new: &NewMessage) -> Result<Option<Earlier>, Fault> {
    let Some((envelope, _)) = &new.envelope else { return Ok(None) };
    let sql = "SELECT id, tracking, state FROM message WHERE partner = ?1 AND msg_key = ?2 AND turned_away IS NULL";
    db.one(sql, values![new.partner.as_str(), envelope.msg_id.key()], |row| {
        let (tracking, state): (String, String) = (row.get(1)?, row.get(2)?);
        Ok(Earlier {
            message: MessageId(row.get(0)?),
            tracking: known(TrackingId::parse(&tracking).ok(), 1)?,
            state: known(MessageState::parse(&state), 2)?,
        })
    })
}

fn repeated(db: &Db<'_>, new: &NewMessage, earlier: &Earlier) -> Result<Stored, Fault> {
    let sql = "SELECT bytes, came_as FROM content WHERE message_id = ?1";
    let found = db.one(sql, values![earlier.message.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let gone = || Fault::lasting(format!("message {} has no content", earlier.message));
    let (bytes, came_as): (Vec<u8>, Option<Vec<u8>>) = found.ok_or_else(gone)?;
    // What a Bundle is made into depends on what is in the log; so the same Bundle is the same message too.
    let same_bundle = came_as.zip(new.came_as.as_ref()).is_some_and(|(one, other)| is_the_same_message(&one, other));
    if same_bundle || is_the_same_message(&bytes, &new.bytes) {
        let sql = "UPDATE message SET repeats = repeats + 1 WHERE id = ?1";
        db.execute(sql, values![earlier.message.0])?;
        let why = format!("the same bytes again from {} by {}", new.partner, new.via);
        history::add(db, earlier.message, None, new.received_at, What::Repeated, &why)?;
        return Ok(Stored::Same { tracking: earlier.tracking, state: earlier.state });
    }
    let (message, tracking) = insert(db, new, MessageState::Duplicate, Some("msgid-reused"), Some(earlier.message))?;
    let why = format!("the MsgId belongs to {}, which has other content", earlier.tracking);
    history::add(db, message, None, new.received_at, What::TurnedAway, &why)?;
    Ok(Stored::Reused { tracking, earlier: earlier.tracking })
}

fn insert(
    db: &Db<'_>,
    new: &NewMessage,
    state: MessageState,
    turned_away: Option<&str>,
    duplicate_of: Option<MessageId>,
) -> Result<(MessageId, TrackingId), Fault> {
    let tracking = free_tracking(db, new.tracking)?;
    let sql = "INSERT INTO message (tracking, received_at, partner, via, size_bytes, state, turned_away, duplicate_of, kind,
                 type_code, msg_id, msg_key, gen_date, conversation, sender_organisation, sender_party, sender_level,
                 receiver_organisation, receiver_party, receiver_level)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
               RETURNING id";
    let envelope = new.envelope.as_ref().map(|(envelope, _)| envelope);
    let sender = envelope.map(|envelope| envelope.sender.address());
    let receiver = envelope.and_then(|envelope| envelope.receivers.first()).map(|receiver| receiver.party.address());
    let row = values![
        tracking.as_stored(),
        new.received_at.as_millis(),
        new.partner.as_str(),
        new.via,
        new.bytes.len() as i64,
        state.as_str(),
        turned_away,
        duplicate_of.map(|message| message.0),
        new.envelope.as_ref().map(|(_, kind)| kind),
        envelope.map(|envelope| &envelope.type_code),
        envelope.map(|envelope| envelope.msg_id.as_written()),
        envelope.map(|envelope| envelope.msg_id.key()),
        envelope.map(|envelope| &envelope.gen_date),
        envelope.map(Envelope::conversation_key),
        her_id_column(sender.and_then(|address| address.organisation)),
        her_id_column(sender.and_then(|address| address.party)),
        sender.map(|address| level_word(address.level)),
        her_id_column(receiver.and_then(|address| address.organisation)),
        her_id_column(receiver.and_then(|address| address.party)),
        receiver.map(|address| level_word(address.level))
    ];
    let message = MessageId(db.insert(sql, row)?);
    let sql = "INSERT INTO content (message_id, bytes, came_as) VALUES (?1, ?2, ?3)";
    db.execute(sql, values![message.0, &new.bytes[..], new.came_as.as_deref()])?;
    Ok((message, tracking))
}

/// The tracking id offered, or one derived from it if it is taken.
fn free_tracking(db: &Db<'_>, offered: TrackingId) -> Result<TrackingId, Fault> {
    let mut tracking = offered;
    while db.exists("SELECT 1 FROM message WHERE tracking = ?1", values![tracking.as_stored()])? {
        let seed = tracking.as_stored().bytes().fold(0u64, |seed, byte| seed.rotate_left(7) ^ u64::from(byte));
        tracking = TrackingId::new(&Seeded::new(seed));
    }
    Ok(tracking)
}
