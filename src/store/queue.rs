//! The queue: claim what is due under a lease, end an attempt, take back what a dead process left. It does not know what a
//! parcel means; which step follows a failure is decided above it.

use super::columns::{address, known, maybe_time, partner, time};
use super::content::{self, ParcelPlace, Sealed, Stored};
use super::db::{Db, Row, values};
use super::history::Happened;
use super::pauses::{last_end, not_paused};
use super::{Store, chain, line, outcome};
use crate::delivery::{Cause, DeliveryFailure, Evidence, Happening, NextStep, State};
use crate::domain::{
    DeliveryId, Fault, FaultKind, MessageId, Month, MsgId, Particular, Particulars, PartnerName, Timestamp, TrackingId,
};
use crate::pipeline::{Answered, Parcel, Purpose, What};
use bytes::Bytes;
use std::sync::Arc;
use tracing::error;

/// How many deliveries a partner may be given now.
pub type Slots = Vec<(PartnerName, usize)>;

/// A delivery under lease, with all that an attempt needs. Its attempt is open in the store.
#[derive(Clone)]
pub struct Claimed {
    /// Which.
    pub delivery: DeliveryId,
    /// The message it came from.
    pub message: MessageId,
    /// The name of that message.
    pub tracking: TrackingId,
    /// Whose system brought that message.
    pub from: PartnerName,
    /// Type and version in which that message came, as people read it: `plo 1.6`.
    pub kind: String,
    /// To whose system.
    pub partner: PartnerName,
    /// A message or an AppRec.
    pub purpose: Purpose,
    /// HER-id of the receiver.
    pub receiver: Option<crate::domain::HerId>,
    /// The id inside the bytes.
    pub msg_id: MsgId,
    /// Its type.
    pub type_code: String,
    /// Whether an AppRec is expected for it.
    pub expects_apprec: bool,
    /// The number of this attempt.
    pub attempt: u32,
    /// Failed attempts so far, since `queued_at`.
    pub failures: u32,
    /// Since when it can be tried: when it was queued, or the last pause of its partner was over.
    pub queued_at: Timestamp,
    /// The bytes, or why they are not at hand.
    pub bytes: Result<Bytes, NotAtHand>,
    held: Held,
}

/// Why the bytes of a delivery are not at hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAtHand {
    /// They could not be read now.
    Now,
    /// They are damaged, or were removed.
    Ever,
}

/// Where the bytes of a delivery are.
#[derive(Clone)]
enum Held {
    Message(Stored),
    Parcel(Month, ParcelPlace),
}

/// How an attempt ended.
pub enum Ended {
    /// Handed over; with the AppRec that the gateway sends on the receiver's behalf, if it does.
    HandedOver(Evidence, Option<Parcel>),
    /// Failed, and what comes next.
    Failed(DeliveryFailure, NextStep),
}

/// An attempt that a process left open.
#[derive(Clone, Debug)]
pub struct OpenAttempt {
    /// Of which delivery.
    pub delivery: DeliveryId,
    /// To whose system.
    pub partner: PartnerName,
    /// Its number.
    pub attempt: u32,
    /// Failed attempts so far.
    pub failures: u32,
    /// Since when it can be tried.
    pub queued_at: Timestamp,
}

impl Store {
    /// Claims what is due for partners with free slots, and opens an attempt for each. Also says when the next delivery of each
    /// of these partners is due.
    pub async fn claim(
        &self,
        slots: Slots,
        owner: String,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<(Vec<Claimed>, Vec<(PartnerName, Timestamp)>), Fault> {
        let work = move |db: &Db<'_>| {
            let mut claimed = Vec::new();
            let mut due = Vec::new();
            for (partner, free) in slots {
                let mut waiting = waiting(db, &partner, free, now)?;
                // One more than there is room for says when to look again.
                let is_due = |(_, due_at): &(Claimed, Timestamp)| *due_at <= now;
                let now_due = waiting.iter().take_while(|waiting| is_due(waiting)).count().min(free);
                if let Some((_, at)) = waiting.get(now_due) {
                    due.push((partner, *at));
                }
                for (delivery, _) in waiting.drain(..now_due) {
                    open_attempt(db, &delivery, &owner, now, lease_until)?;
                    claimed.push(delivery);
                }
            }
            Ok((claimed, due))
        };
        let (mut claimed, due) = self.writer.write(work).await?;
        for claimed in &mut claimed {
            claimed.bytes = self.bytes_of(claimed.delivery, claimed.held.clone()).await;
        }
        Ok((claimed, due))
    }

    async fn bytes_of(&self, delivery: DeliveryId, held: Held) -> Result<Bytes, NotAtHand> {
        let safe = Arc::clone(&self.safe);
        let read = move |db: &Db<'_>| match &held {
            Held::Message(stored) => content::of_message(db, &safe, *stored),
            Held::Parcel(month, place) => content::of_parcel(db, &safe, *month, delivery, place),
        };
        match self.read(read).await {
            Ok(Some(bytes)) => Ok(bytes.into()),
            Ok(None) => Err(NotAtHand::Ever),
            Err(fault) => {
                error!(delivery.id = %delivery, fault = fault.inner(), "the bytes of a delivery are not at hand");
                Err(if fault.kind() == FaultKind::Passing { NotAtHand::Now } else { NotAtHand::Ever })
            }
        }
    }

    /// Closes an attempt and moves the delivery on. An attempt that is not open any more changes nothing and answers false.
    pub async fn end(&self, delivery: DeliveryId, attempt: u32, ended: Ended, now: Timestamp) -> Result<bool, Fault> {
        let own = match &ended {
            Ended::HandedOver(_, Some(apprec)) => {
                let sealer = self.sealer(now).await?;
                sealer.parcel(apprec).map(|sealed| (sealer.month, sealed))
            }
            Ended::HandedOver(_, None) | Ended::Failed(..) => None,
        };
        self.writer.write(move |db| end(db, delivery, attempt, &ended, own.as_ref(), now)).await
    }

    /// Attempts that were left open: by any other process than `owner`, or under a lease that has run out.
    pub async fn left_open(&self, owner: &str, now: Timestamp) -> Result<Vec<OpenAttempt>, Fault> {
        let sql = format!(
            "SELECT id, partner, attempts, failures, queued_at, {} FROM delivery
             WHERE state = 'sending' AND (lease_owner <> ?1 OR lease_until < ?2) ORDER BY id",
            last_end("delivery", "?2")
        );
        let owner = owner.to_owned();
        self.read(move |db| {
            db.all(&sql, values![&owner, now.as_millis()], |row| {
                Ok(OpenAttempt {
                    delivery: DeliveryId(row.get(0)?),
                    partner: partner(row, 1)?,
                    attempt: row.get(2)?,
                    failures: row.get(3)?,
                    queued_at: since_when(row, 4, 5)?,
                })
            })
        })
        .await
    }
}

/// Nobody else changes the queue until the transaction ends: so it is still queued.
fn open_attempt(db: &Db<'_>, claimed: &Claimed, owner: &str, now: Timestamp, lease_until: Timestamp) -> Result<(), Fault> {
    let sql =
        "UPDATE delivery SET state = 'sending', due_at = NULL, attempts = attempts + 1, lease_owner = ?2, lease_until = ?3
               WHERE id = ?1 AND state = 'queued'";
    db.tell(sql, values![claimed.delivery.0, owner, lease_until.as_millis()])?;
    let sql = "INSERT INTO attempt (delivery_id, number, started_at) VALUES (?1, ?2, ?3)";
    db.tell(sql, values![claimed.delivery.0, claimed.attempt, now.as_millis()])
}

/// What is queued for a partner, and when it is due: the first, as many as there is room for and one more. Nothing, where the partner is
/// paused: the look at the whole queue, each second, finds the end of that.
fn waiting(db: &Db<'_>, partner: &PartnerName, free: usize, now: Timestamp) -> Result<Vec<(Claimed, Timestamp)>, Fault> {
    let sql = format!(
        "SELECT m.id, m.tracking, m.received_at, d.partner, d.purpose, d.receiver_organisation, d.receiver_party,
           d.receiver_level, d.msg_id, d.type_code, d.apprec_due IS NOT NULL, d.attempts + 1, d.failures, d.queued_at, d.own_month,
           m.partner, m.kind, d.id, d.due_at, {}
         FROM delivery d JOIN message m ON m.id = d.message_id
         WHERE d.state = 'queued' AND d.partner = ?1 AND {} ORDER BY d.due_at, d.id LIMIT ?2",
        last_end("d", "?3"),
        not_paused("d", "?3")
    );
    let given = values![partner.as_str(), free as i64 + 1, now.as_millis()];
    db.all(&sql, given, |row| Ok((claimed(row)?, time(row, 18)?)))
}

/// A delivery as it is when its next attempt is open.
fn claimed(row: &Row<'_>) -> Result<Claimed, Fault> {
    let (stored, purpose, receiver) = (content::stored(row, 0)?, row.get::<String>(4)?, address(row, 5)?);
    let purpose = if purpose == Purpose::AppRec.as_str() { Purpose::AppRec } else { Purpose::Message };
    let (partner_to, msg_id) = (partner(row, 3)?, MsgId::new(row.get::<String>(8)?));
    let place = || ParcelPlace { purpose, partner: partner_to.clone(), receiver, msg_id: msg_id.clone() };
    let held = match row.get::<Option<String>>(14)? {
        None => Held::Message(stored),
        Some(month) => Held::Parcel(known(month.parse().ok(), 14)?, place()),
    };
    Ok(Claimed {
        delivery: DeliveryId(row.get(17)?),
        message: stored.message,
        tracking: stored.tracking,
        from: partner(row, 15)?,
        kind: row.get::<Option<String>>(16)?.unwrap_or_default(),
        partner: partner_to,
        purpose,
        receiver: receiver.most_exact(),
        msg_id,
        type_code: row.get(9)?,
        expects_apprec: row.get(10)?,
        attempt: row.get(11)?,
        failures: row.get(12)?,
        queued_at: since_when(row, 13, 19)?,
        bytes: Err(NotAtHand::Now),
        held,
    })
}

/// Since when it can be tried: it was queued, and the last pause of its partner was over.
fn since_when(row: &Row<'_>, queued_at: usize, last_end: usize) -> Result<Timestamp, Fault> {
    let queued_at = time(row, queued_at)?;
    Ok(maybe_time(row, last_end)?.map_or(queued_at, |end| queued_at.max(end)))
}

fn end(
    db: &Db<'_>,
    delivery: DeliveryId,
    attempt: u32,
    ended: &Ended,
    own: Option<&(Month, Sealed)>,
    now: Timestamp,
) -> Result<bool, Fault> {
    let (outcome, cause): (&str, &Cause) = match ended {
        Ended::HandedOver(evidence, _) => ("delivered", &evidence.proof),
        Ended::Failed(failure, _) => (failure.as_str(), failure.cause()),
    };
    let sql = "UPDATE attempt SET ended_at = ?3, outcome = ?4, cause = ?5
               WHERE delivery_id = ?1 AND number = ?2 AND ended_at IS NULL";
    let row = values![delivery.0, attempt, now.as_millis(), outcome, cause.to_string()];
    line::expect_place(db, delivery)?;
    chain::expect_lines(db)?;
    if db.execute(sql, row)? == 0 {
        return Ok(false);
    }
    let Some(place) = line::place_of(db, delivery)? else { return Ok(false) };
    match ended {
        Ended::HandedOver(evidence, apprec) => {
            let apprec = apprec.as_ref().map(|apprec| (apprec, own.map(|(month, sealed)| (*month, sealed))));
            handed_over(db, &place, attempt, evidence, apprec, now)?;
        }
        Ended::Failed(failure, step) => failed(db, &place, attempt, failure, *step, now)?,
    }
    Ok(true)
}

fn handed_over(
    db: &Db<'_>,
    place: &line::Place,
    attempt: u32,
    evidence: &Evidence,
    apprec: Option<(&Parcel, Option<(Month, &Sealed)>)>,
    now: Timestamp,
) -> Result<(), Fault> {
    line::happen(db, place, Happening::Receipt, now, now)?;
    let why = format!("to {}: {}", place.partner, evidence.proof);
    of_attempt(place, attempt, now, What::Delivered, &why).add(db)?;
    // Its own AppRec overtook the end of the attempt: a receiver answers once (rule R-100).
    let is_answered = matches!(place.state, State::Acknowledged | State::Rejected);
    let Some((apprec, own)) = apprec.filter(|_| !is_answered) else { return Ok(()) };
    outcome::insert_parcel(db, place.message, apprec, own, now)?;
    let why = format!("positive, on behalf of {}", place.partner);
    let said = outcome::particulars_of(apprec, own.map(|(_, sealed)| sealed));
    let line = Happened::to(place.message, now, What::AppRecWritten, &why).at_delivery(place.delivery).saying(said);
    line.add(db)?;
    outcome::answer(db, place.message, Answered { delivery: place.delivery, positive: true }, now)
}

fn failed(
    db: &Db<'_>,
    place: &line::Place,
    attempt: u32,
    failure: &DeliveryFailure,
    step: NextStep,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE delivery SET failures = failures + 1 WHERE id = ?1";
    db.tell(sql, values![place.delivery.0])?;
    let (happening, due, what, next) = match step {
        NextStep::Wait(at) => (Happening::PutBack, at, What::PutBack, format!("again at {at}")),
        NextStep::GiveUp(why) => (Happening::GivenUp, now, What::GivenUp, why.as_str().to_string()),
    };
    line::happen(db, place, happening, due, now)?;
    let why = format!("to {}: {} failure, {}; {next}", place.partner, failure.as_str(), failure.cause());
    of_attempt(place, attempt, now, what, &why).add(db).map(|_| ())
}

/// A line about one attempt.
fn of_attempt<'h>(place: &line::Place, attempt: u32, now: Timestamp, what: What, why: &'h str) -> Happened<'h> {
    let said = Particulars::default().with("partner", Particular::Word(place.partner.clone())).with("attempt", attempt);
    Happened::to(place.message, now, what, why).at_delivery(place.delivery).saying(said)
}
