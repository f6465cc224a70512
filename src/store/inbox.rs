//! Takes arrivals in. What is told to a sender is told after this has committed.

use super::columns::{OPEN, her_id_column, known, level_word, partner};
use super::content::{self, Sealed, Sealer};
use super::db::{Db, values};
use super::history::Happened;
use super::outcome::{self, Decided};
use super::{Store, chain, patients};
use crate::domain::{
    Digest, Envelope, Fault, MessageId, MessageState, Particular, Particulars, PartnerName, PersonId, Receiver, Seeded,
    Timestamp, TrackingId,
};
use crate::messages::arrival_rules::r005_msgid_not_received_before::is_the_same_message;
use crate::pipeline::{Outcome, What};
use crate::rulebook::Finding;
use crate::vault::Pseudonym;
use bytes::Bytes;
use std::sync::Arc;
use std::sync::atomic::Ordering;

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
    /// Whom it is about.
    pub patients: Vec<PersonId>,
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

/// An arrival with all that is worked out before the writer has to do with it: sealed, digested, its patients under their pseudonyms.
struct Ready {
    new: NewMessage,
    sealer: Sealer,
    bytes: Sealed,
    came_as: Option<Sealed>,
    patients: Vec<Pseudonym>,
}

impl Store {
    /// Stores a message, and with it the outcome if it is decided already; both become durable together.
    pub async fn receive(&self, new: NewMessage, outcome: Option<Outcome>) -> Result<Stored, Fault> {
        let sealer = self.sealer(new.received_at).await?;
        let decided = outcome.map(|outcome| Decided::new(outcome, &sealer, self.under()));
        let ready = self.ready(new, sealer).await?;
        self.writer.write(move |db| receive(db, ready, decided.as_ref())).await
    }

    /// Records an arrival that is not taken in.
    pub async fn turn_away(&self, new: NewMessage, why: Why, findings: Vec<Finding>) -> Result<TrackingId, Fault> {
        let sealer = self.sealer(new.received_at).await?;
        let (mut ready, under) = (self.ready(new, sealer).await?, self.under());
        let work = move |db: &Db<'_>| {
            chain::expect_lines(db)?;
            let message = record(db, &mut ready, MessageState::Refused, why.as_str(), None)?;
            outcome::findings(db, message, &findings)?;
            let said = arrival(&ready).and(outcome::judged(&findings, under));
            Happened::to(message, ready.new.received_at, What::TurnedAway, why.as_str()).saying(said).add(db)?;
            Ok(ready.new.tracking)
        };
        self.writer.write(work).await
    }

    /// Writes the outcome of a message that was stored without one. False: the facts have changed meanwhile, decide anew.
    pub async fn settle(&self, message: MessageId, outcome: Outcome, now: Timestamp) -> Result<bool, Fault> {
        let decided = Decided::new(outcome, &self.sealer(now).await?, self.under());
        let work = move |db: &Db<'_>| {
            let outdated = outcome::is_outdated(db, Some(&decided.outcome))?;
            if !outdated {
                outcome::write(db, message, &decided, false, now)?;
            }
            Ok(!outdated)
        };
        self.writer.write(work).await
    }

    /// The oldest messages that are not judged yet.
    pub async fn unjudged(&self, limit: usize) -> Result<Vec<Unjudged>, Fault> {
        let sql = format!(
            "SELECT id, tracking, received_at, partner FROM message WHERE state = 'received' AND {OPEN} ORDER BY id LIMIT ?1"
        );
        let safe = Arc::clone(&self.safe);
        self.read(move |db| {
            let waiting = db.all(&sql, values![limit as i64], |row| Ok((content::stored(row, 0)?, partner(row, 3)?)))?;
            let mut unjudged = Vec::new();
            for (stored, partner) in waiting {
                let gone = || Fault::lasting(format!("message {} was never judged and has no content", stored.message));
                let bytes = content::of_message(db, &safe, stored)?.ok_or_else(gone)?;
                unjudged.push(Unjudged { message: stored.message, partner, bytes: bytes.into() });
            }
            Ok(unjudged)
        })
        .await
    }

    /// The line that says under which configuration and rules this process works.
    fn under(&self) -> Option<i64> {
        Some(self.under.load(Ordering::Relaxed)).filter(|line| *line > 0)
    }

    async fn ready(&self, mut new: NewMessage, sealer: Sealer) -> Result<Ready, Fault> {
        let people = std::mem::take(&mut new.patients);
        let patients = match self.safe.pseudonyms_at_hand(&people) {
            Some(pseudonyms) => pseudonyms,
            None => {
                let safe = Arc::clone(&self.safe);
                self.read(move |db| patients::pseudonyms(db, &safe, &people)).await?
            }
        };
        Ok(Ready::seal(new, sealer, patients))
    }
}

impl Ready {
    fn seal(new: NewMessage, sealer: Sealer, patients: Vec<Pseudonym>) -> Self {
        let bytes = sealer.message(new.tracking, &new.bytes);
        let came_as = new.came_as.as_ref().map(|came_as| sealer.came_as(new.tracking, came_as));
        Self { new, sealer, bytes, came_as, patients }
    }

    /// Under another tracking id, to which the bytes are bound.
    fn seal_again(&mut self, tracking: TrackingId) {
        self.new.tracking = tracking;
        self.bytes = self.sealer.message(tracking, &self.new.bytes);
        self.came_as = self.new.came_as.as_ref().map(|came_as| self.sealer.came_as(tracking, came_as));
    }
}

fn receive(db: &Db<'_>, mut ready: Ready, decided: Option<&Decided>) -> Result<Stored, Fault> {
    let outcome = decided.map(|decided| &decided.outcome);
    let state = outcome.map_or(MessageState::Received, |outcome| outcome.state);
    chain::expect_lines(db)?;
    // An answer that was given before is the same or reused, whatever has become of the delivery since.
    if outcome.is_some_and(|outcome| outcome.answers.is_some()) {
        if let Some(earlier) = earlier(db, &ready.new)? {
            return repeated(db, ready, &earlier);
        }
        if outcome::is_outdated(db, outcome)? {
            return Ok(Stored::FactsChanged);
        }
    }
    let message = loop {
        if let Some(message) = insert(db, &ready, state, None, None)? {
            break message;
        }
        if let Some(earlier) = earlier(db, &ready.new)? {
            return repeated(db, ready, &earlier);
        }
        put_under_another_id(db, &mut ready)?;
    };
    let new = &ready.new;
    let why = format!("from {} by {}", new.partner, new.via);
    Happened::to(message, new.received_at, What::Received, &why).saying(arrival(&ready)).add(db)?;
    if let Some(decided) = decided {
        outcome::write(db, message, decided, true, new.received_at)?;
    }
    Ok(Stored::New { message, tracking: new.tracking, state })
}

/// Stores what is not taken in.
fn record(
    db: &Db<'_>,
    ready: &mut Ready,
    state: MessageState,
    turned_away: &str,
    duplicate_of: Option<MessageId>,
) -> Result<MessageId, Fault> {
    loop {
        if let Some(message) = insert(db, ready, state, Some(turned_away), duplicate_of)? {
            return Ok(message);
        }
        put_under_another_id(db, ready)?;
    }
}

/// What came: all its ids, whence and whither, how much and which bytes.
fn arrival(ready: &Ready) -> Particulars {
    let new = &ready.new;
    let said = Particulars::default()
        .with("tracking", new.tracking)
        .with("partner", &new.partner)
        .with("via", new.via)
        .with("size", ready.bytes.size_bytes as i64)
        .with("digest", ready.bytes.digest)
        .maybe("came_as_size", ready.came_as.as_ref().map(|sealed| sealed.size_bytes as i64))
        .maybe("came_as_digest", ready.came_as.as_ref().map(|sealed| sealed.digest));
    let Some((envelope, kind)) = &new.envelope else { return said };
    let receiver = |receiver: &Receiver| Particular::address(receiver.party.address());
    said.with("kind", Particular::Word(kind.clone()))
        .maybe("type", Particular::code(&envelope.type_code))
        .maybe("msg_id", Particular::msg_id(&envelope.msg_id))
        .maybe("conversation", envelope.conversation.as_ref().and_then(|it| Particular::msg_id(&it.conversation)))
        .maybe("parent", envelope.conversation.as_ref().and_then(|it| Particular::msg_id(&it.parent)))
        .maybe("sender", Particular::address(envelope.sender.address()))
        .with("receivers", envelope.receivers.iter().filter_map(receiver).collect::<Vec<_>>())
}

struct Earlier {
    message: MessageId,
    tracking: TrackingId,
    state: MessageState,
    digest: Option<Digest>,
    came_as: Option<Digest>,
}

fn earlier(db: &Db<'_>, new: &NewMessage) -> Result<Option<Earlier>, Fault> {
    let Some((envelope, _)) = &new.envelope else { return Ok(None) };
    let sql = "SELECT id, tracking, state, digest, came_as_digest FROM message WHERE partner = ?1 AND msg_key = ?2 AND turned_away IS NULL";
    db.one(sql, values![new.partner.as_str(), envelope.msg_id.key()], |row| {
        let (tracking, state): (String, String) = (row.get(1)?, row.get(2)?);
        Ok(Earlier {
            message: MessageId(row.get(0)?),
            tracking: known(TrackingId::parse(&tracking).ok(), 1)?,
            state: known(MessageState::parse(&state), 2)?,
            digest: row.get::<Option<[u8; 32]>>(3)?.map(Digest),
            came_as: row.get::<Option<[u8; 32]>>(4)?.map(Digest),
        })
    })
}

fn repeated(db: &Db<'_>, mut ready: Ready, earlier: &Earlier) -> Result<Stored, Fault> {
    let is_same = |one: &Option<Digest>, other: &Digest| one.is_some_and(|one| is_the_same_message(&one, other));
    // What a Bundle is made into depends on what is in the log; so the same Bundle is the same message too.
    let same_bundle = ready.came_as.as_ref().is_some_and(|sealed| is_same(&earlier.came_as, &sealed.digest));
    if same_bundle || is_same(&earlier.digest, &ready.bytes.digest) {
        let sql = "UPDATE message SET repeats = repeats + 1 WHERE id = ?1";
        db.tell(sql, values![earlier.message.0])?;
        let new = &ready.new;
        let why = format!("the same bytes again from {} by {}", new.partner, new.via);
        let said = Particulars::default().with("partner", &new.partner).with("via", new.via);
        Happened::to(earlier.message, new.received_at, What::Repeated, &why).saying(said).add(db)?;
        return Ok(Stored::Same { tracking: earlier.tracking, state: earlier.state });
    }
    let message = record(db, &mut ready, MessageState::Duplicate, "msgid-reused", Some(earlier.message))?;
    let new = &ready.new;
    let why = format!("the MsgId belongs to {}, which has other content", earlier.tracking);
    Happened::to(message, new.received_at, What::TurnedAway, &why).saying(arrival(&ready)).add(db)?;
    Ok(Stored::Reused { tracking: new.tracking, earlier: earlier.tracking })
}

/// `None`: a row that is there keeps it out, by the MsgId or by the tracking id.
fn insert(
    db: &Db<'_>,
    ready: &Ready,
    state: MessageState,
    turned_away: Option<&str>,
    duplicate_of: Option<MessageId>,
) -> Result<Option<MessageId>, Fault> {
    let new = &ready.new;
    let sql = "INSERT INTO message (tracking, received_at, partner, via, size_bytes, state, turned_away, duplicate_of, kind,
                 type_code, msg_id, msg_key, gen_date, conversation, sender_organisation, sender_party, sender_level,
                 receiver_organisation, receiver_party, receiver_level, digest, came_as_digest)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)
               ON CONFLICT DO NOTHING RETURNING id";
    let envelope = new.envelope.as_ref().map(|(envelope, _)| envelope);
    let sender = envelope.map(|envelope| envelope.sender.address());
    let receiver = envelope.and_then(|envelope| envelope.receivers.first()).map(|receiver| receiver.party.address());
    let row = values![
        new.tracking.as_stored(),
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
        receiver.map(|address| level_word(address.level)),
        &ready.bytes.digest.0[..],
        ready.came_as.as_ref().map(|sealed| &sealed.digest.0[..])
    ];
    let Some(message) = db.insert_if_new(sql, row)?.map(MessageId) else { return Ok(None) };
    content::put(db, ready.sealer.month, message, &ready.bytes, ready.came_as.as_ref())?;
    patients::of_message(db, message, &ready.patients)?;
    Ok(Some(message))
}

/// Where the tracking id was not what kept it out, nothing helps: on a server, MsgIds that differ are told apart by their digests.
fn put_under_another_id(db: &Db<'_>, ready: &mut Ready) -> Result<(), Fault> {
    let tracking = free_tracking(db, ready.new.tracking)?;
    if tracking == ready.new.tracking {
        return Err(Fault::lasting(
            "another message keeps this one out, and neither its MsgId nor its tracking id says why",
        ));
    }
    ready.seal_again(tracking);
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreOptions;
    use crate::store::db::{Home, Server};

    const NOW: Timestamp = Timestamp::from_millis(1_772_442_900_000);

    /// All that come bring the same tracking id.
    fn new() -> NewMessage {
        NewMessage {
            tracking: TrackingId::new(&Seeded::new(1)),
            received_at: NOW,
            partner: PartnerName::parse("hospital").expect("a name"),
            via: "test",
            bytes: "a message".into(),
            came_as: Some("what came".into()),
            envelope: None,
            patients: Vec::new(),
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_tracking_id_is_given_once_and_the_bytes_are_found_under_it() {
        for home in [Some(Home::Embedded), Server::of_test().map(Home::Postgres)].into_iter().flatten() {
            let folder = tempfile::tempdir().expect("a folder");
            let (data, keys) = (folder.path().join("data"), folder.path().join("keys"));
            let store = Store::open(&StoreOptions { folder: data, home, max_bytes: None, keys }, NOW).expect("opens");
            let mut given = vec![store.turn_away(new(), Why::Unreadable, Vec::new()).await.expect("recorded")];
            given.push(store.turn_away(new(), Why::Unreadable, Vec::new()).await.expect("recorded"));
            for _ in 0..2 {
                let stored = store.receive(new(), None).await.expect("stored");
                let Stored::New { tracking, .. } = stored else { panic!("{stored:?}") };
                given.push(tracking);
            }
            assert_eq!(given[0], new().tracking);
            let unjudged = store.unjudged(9).await.expect("read");
            assert!(unjudged.len() == 2 && unjudged.iter().all(|one| one.bytes == new().bytes));
            given.sort();
            given.dedup();
            assert_eq!(given.len(), 4, "a tracking id was given twice");
        }
    }
}
