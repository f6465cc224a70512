//! The numbers that an operator watches; each comes from a small index, and is not counted for ever, so that it stays cheap in a large
//! store.

use super::Store;
use super::columns::{OPEN, maybe_time};
use super::db::{Db, Value, values};
use super::pauses::not_paused;
use crate::delivery::State;
use crate::domain::{Fault, Timestamp};

/// A picture of the store at one moment.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Numbers {
    /// Messages that are not judged yet.
    pub messages_received: u64,
    /// Messages that wait for a person.
    pub messages_held: u64,
    /// Deliveries in the states that are not an end; those that wait for an AppRec up to 100,000.
    pub deliveries: Vec<(State, u64)>,
    /// When the oldest delivery that is not out yet, and whose partner is not paused, was queued.
    pub oldest_queued_at: Option<Timestamp>,
    /// Deliveries whose AppRec should have come by now, up to 100,000.
    pub receipts_overdue: u64,
    /// Partners who are paused.
    pub paused: u64,
}

/// Deliveries that wait for an AppRec are counted up to so many.
const UNANSWERED_MAX: u32 = 100_000;
const PAUSED: &str =
    "(SELECT DISTINCT partner FROM pause WHERE ended_at IS NULL AND since <= ?1 AND (until IS NULL OR until > ?1)) paused";

impl Numbers {
    /// Deliveries that are not out yet.
    pub fn queue_depth(&self) -> u64 {
        let waiting = [State::Behind, State::Queued, State::Sending];
        self.deliveries.iter().filter(|(state, _)| waiting.contains(state)).map(|(_, count)| count).sum()
    }
}

impl Store {
    /// Counts.
    pub async fn numbers(&self, now: Timestamp) -> Result<Numbers, Fault> {
        self.read(move |db| {
            let one = |rows: &str| count(db, rows, &[]);
            let awaiting = "delivery WHERE state = 'delivered' AND apprec_due IS NOT NULL";
            let overdue = format!("{awaiting} AND apprec_due < ?1");
            let deliveries = [
                (State::Behind, one("delivery WHERE state = 'behind'")?),
                (State::Queued, one("delivery WHERE state = 'queued'")?),
                (State::Sending, one("delivery WHERE state = 'sending'")?),
                (State::Delivered, one(&up_to_many(awaiting))?),
                (State::Dead, one("delivery WHERE state = 'dead'")?),
            ];
            Ok(Numbers {
                messages_received: one(&format!("message WHERE state = 'received' AND {OPEN}"))?,
                messages_held: one(&format!("message WHERE state = 'held' AND {OPEN}"))?,
                deliveries: deliveries.into(),
                oldest_queued_at: oldest(db, now)?,
                receipts_overdue: count(db, &up_to_many(&overdue), values![now.as_millis()])?,
                paused: count(db, PAUSED, values![now.as_millis()])?,
            })
        })
        .await
    }
}

fn count(db: &Db<'_>, rows: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
    let count: Option<i64> = db.one(&format!("SELECT count(*) FROM {rows}"), values, |row| row.get(0))?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

/// What was never answered grows with the years, and is not told apart beyond so many.
fn up_to_many(rows: &str) -> String {
    format!("(SELECT 1 FROM {rows} LIMIT {UNANSWERED_MAX}) unanswered")
}

/// The lowest id that is not out yet is also the one that has waited longest, or near enough.
fn oldest(db: &Db<'_>, now: Timestamp) -> Result<Option<Timestamp>, Fault> {
    let sql = format!(
        "SELECT min(queued_at) FROM delivery WHERE state IN ('queued', 'sending') AND {}",
        not_paused("delivery", "?1")
    );
    db.one(&sql, values![now.as_millis()], |row| maybe_time(row, 0)).map(Option::flatten)
}
