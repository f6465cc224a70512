//! The numbers that an operator watches; each comes from a small index, so that counting stays cheap in a large store.

use super::Store;
use super::columns::{OPEN, maybe_time};
use super::db::{Db, Value, values};
use crate::delivery::State;
use crate::domain::{Fault, Timestamp};

/// A picture of the store at one moment.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Numbers {
    /// Messages that are not judged yet.
    pub messages_received: u64,
    /// Messages that wait for a person.
    pub messages_held: u64,
    /// Deliveries in the states that are not an end.
    pub deliveries: Vec<(State, u64)>,
    /// When the oldest delivery that is not out yet was queued.
    pub oldest_queued_at: Option<Timestamp>,
    /// Deliveries whose AppRec should have come by now.
    pub receipts_overdue: u64,
}

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
            let one = |sql: &str| count(db, sql, &[]);
            let awaiting = "SELECT count(*) FROM delivery WHERE state = 'delivered' AND apprec_due IS NOT NULL";
            let overdue =
                "SELECT count(*) FROM delivery WHERE state = 'delivered' AND apprec_due IS NOT NULL AND apprec_due < ?1";
            let deliveries = [
                (State::Behind, one("SELECT count(*) FROM delivery WHERE state = 'behind'")?),
                (State::Queued, one("SELECT count(*) FROM delivery WHERE state = 'queued'")?),
                (State::Sending, one("SELECT count(*) FROM delivery WHERE state = 'sending'")?),
                (State::Delivered, one(awaiting)?),
                (State::Dead, one("SELECT count(*) FROM delivery WHERE state = 'dead'")?),
            ];
            Ok(Numbers {
                messages_received: one(&format!("SELECT count(*) FROM message WHERE state = 'received' AND {OPEN}"))?,
                messages_held: one(&format!("SELECT count(*) FROM message WHERE state = 'held' AND {OPEN}"))?,
                deliveries: deliveries.into(),
                oldest_queued_at: oldest(db)?,
                receipts_overdue: count(db, overdue, values![now.as_millis()])?,
            })
        })
        .await
    }
}

fn count(db: &Db<'_>, sql: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
    let count: Option<i64> = db.one(sql, values, |row| row.get(0))?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

/// The lowest id that is not out yet is also the one that has waited longest, or near enough.
fn oldest(db: &Db<'_>) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT min(queued_at) FROM delivery WHERE state IN ('queued', 'sending')";
    db.one(sql, &[], |row| maybe_time(row, 0)).map(Option::flatten)
}
