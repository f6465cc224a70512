//! Removes messages that were kept long enough, with all that hangs by them: some at a time, each time with a line that says which.

use super::content::Because;
use super::holds::Held;
use super::proofs::{Gone, Roll};
use crate::domain::{Digest, Fault, Month, Particulars, Timestamp, TrackingId};
use crate::store::columns::known;
use crate::store::db::{Db, Row, values};
use crate::store::{Store, months};

/// So many messages are looked at in one transaction.
const AT_ONCE: i64 = 250;

/// Where in a month it goes on: behind the message that came at this time and has this number.
#[derive(Clone, Copy)]
pub(super) struct Behind {
    at: i64,
    message: i64,
}

impl Behind {
    pub(super) fn nothing(month: Month) -> Self {
        Self { at: month.start().as_millis(), message: 0 }
    }
}

/// A message of a month.
struct Candidate {
    gone: Gone,
    received_at: i64,
    /// It is not judged, is on its way to somebody, or is answered within its time.
    is_under_way: bool,
}

impl Store {
    /// Removes some messages of a month. Answers how many, and where to go on; `None` at the end of the month.
    pub(super) async fn remove_some_messages(
        &self,
        month: Month,
        behind: Behind,
        because: Because,
        now: Timestamp,
    ) -> Result<(i64, Option<Behind>), Fault> {
        self.writer.write(move |db| remove_some(db, month, behind, &because, now)).await
    }
}

/// The next messages of a month, in the order in which they came.
fn candidates(db: &Db<'_>, month: Month, behind: Behind, limit: i64, now: Timestamp) -> Result<Vec<Candidate>, Fault> {
    let sql = "SELECT m.id, m.tracking, m.digest, m.received_at, m.state = 'received' OR EXISTS (
                 SELECT 1 FROM delivery d WHERE d.message_id = m.id AND (d.state IN ('behind', 'queued', 'sending')
                   OR (d.state = 'delivered' AND d.apprec_due >= ?5)))
               FROM message m WHERE m.received_at >= ?1 AND m.received_at < ?2 AND (m.received_at > ?1 OR m.id > ?3)
               ORDER BY m.received_at, m.id LIMIT ?4";
    let end = month.end().as_millis();
    db.all(sql, values![behind.at, end, behind.message, limit, now.as_millis()], candidate)
}

fn candidate(row: &Row<'_>) -> Result<Candidate, Fault> {
    let tracking: String = row.get(1)?;
    let tracking = known(TrackingId::parse(&tracking).ok(), 1)?;
    let gone = Gone { message: row.get(0)?, tracking, digest: row.get::<Option<[u8; 32]>>(2)?.map(Digest) };
    Ok(Candidate { gone, received_at: row.get(3)?, is_under_way: row.get(4)? })
}

fn remove_some(
    db: &Db<'_>,
    month: Month,
    behind: Behind,
    because: &Because,
    now: Timestamp,
) -> Result<(i64, Option<Behind>), Fault> {
    if month.end().as_millis() > now.as_millis() {
        return Err(Fault::lasting(format!("{month} is not over")));
    }
    let candidates = candidates(db, month, behind, AT_ONCE, now)?;
    let next = candidates.last().map(|last| Behind { at: last.received_at, message: last.gone.message });
    let held = Held::now(db)?;
    let goes = |candidate: &Candidate| !candidate.is_under_way && !held.has(candidate.gone.message, month);
    let mut goes: Vec<Gone> = candidates.into_iter().filter(goes).map(|candidate| candidate.gone).collect();
    goes.sort_unstable_by_key(|gone| gone.message);
    if goes.is_empty() {
        return Ok((0, next));
    }
    let (mut roll, mut contents) = (Roll::default(), 0);
    for gone in &goes {
        contents += remove(db, gone.message, month)?;
        roll.add(gone);
    }
    let said = Particulars::default()
        .with("removed", "metadata")
        .with("month", month)
        .with("messages", roll.count())
        .maybe("with_content", Some(contents).filter(|contents| *contents > 0))
        .with("root", roll.root());
    because.write(db, now, &format!("what is known of messages of {month}"), said)?;
    Ok((roll.count(), next))
}

/// Removes one message. Answers how many contents were still there of it: where a month is held, or was not removed yet.
fn remove(db: &Db<'_>, message: i64, month: Month) -> Result<i64, Fault> {
    let of_it = values![message];
    let sql = "SELECT id, own_month FROM delivery WHERE message_id = ?1 AND own_month IS NOT NULL";
    let parcels = db.all(sql, of_it, |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)))?;
    let mut contents = 0;
    for (delivery, own_month) in parcels {
        let table = months::parcels(known(own_month.parse().ok(), 1)?);
        if db.has_table(&table)? {
            contents += db.execute(&format!("DELETE FROM {table} WHERE delivery_id = ?1"), values![delivery])?;
        }
    }
    let table = months::content(month);
    if db.has_table(&table)? {
        contents += db.execute(&format!("DELETE FROM {table} WHERE message_id = ?1"), of_it)?;
    }
    for sql in [
        "DELETE FROM attempt WHERE delivery_id IN (SELECT id FROM delivery WHERE message_id = ?1)",
        "DELETE FROM delivery WHERE message_id = ?1",
        "UPDATE delivery SET answered_by = NULL WHERE answered_by = ?1",
        // That another message had its MsgId stays known; which one is not any more.
        "UPDATE message SET duplicate_of = id WHERE duplicate_of = ?1",
        "DELETE FROM finding WHERE message_id = ?1",
        "DELETE FROM patient WHERE message_id = ?1",
        "DELETE FROM message WHERE id = ?1",
    ] {
        db.execute(sql, of_it)?;
    }
    Ok(i64::try_from(contents).unwrap_or(i64::MAX))
}

/// What there is of a month: messages, those under way, those that are held.
pub(super) fn counts(db: &Db<'_>, held: &Held, month: Month, now: Timestamp) -> Result<(i64, i64, i64), Fault> {
    let (mut all, mut under_way, mut kept) = (0, 0, 0);
    for candidate in candidates(db, month, Behind::nothing(month), i64::MAX, now)? {
        all += 1;
        if candidate.is_under_way {
            under_way += 1;
        } else if held.has(candidate.gone.message, month) {
            kept += 1;
        }
    }
    Ok((all, under_way, kept))
}

/// The months before one in which messages came that are still known, oldest first.
pub(super) fn months_before(db: &Db<'_>, first_kept: Month) -> Result<Vec<Month>, Fault> {
    let (mut months, mut from, end) = (Vec::new(), i64::MIN, first_kept.start().as_millis());
    let sql = "SELECT min(received_at) FROM message WHERE received_at >= ?1 AND received_at < ?2";
    while let Some(at) = db.one(sql, values![from, end], |row| row.get::<Option<i64>>(0))?.flatten() {
        let month = Month::of(Timestamp::from_millis(at));
        months.push(month);
        from = month.end().as_millis();
    }
    Ok(months)
}
