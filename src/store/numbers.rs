//! The numbers that an operator watches; each comes from a small index, so that counting stays cheap in a large store.

use super::Store;
use super::columns::OrFault;
use crate::delivery::State;
use crate::domain::{Fault, Timestamp};
use rusqlite::{Connection, OptionalExtension};

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
    pub fn numbers(&self, now: Timestamp) -> Result<Numbers, Fault> {
        self.read(|connection| {
            let one = |sql: &str| count(connection, sql);
            let awaiting = "SELECT count(*) FROM delivery WHERE state = 'delivered' AND apprec_due IS NOT NULL";
            let deliveries = [
                (State::Behind, one("SELECT count(*) FROM delivery WHERE state = 'behind'")?),
                (State::Queued, one("SELECT count(*) FROM delivery WHERE state = 'queued'")?),
                (State::Sending, one("SELECT count(*) FROM delivery WHERE state = 'sending'")?),
                (State::Delivered, one(awaiting)?),
                (State::Dead, one("SELECT count(*) FROM delivery WHERE state = 'dead'")?),
            ];
            Ok(Numbers {
                messages_received: one("SELECT count(*) FROM message WHERE state = 'received'")?,
                messages_held: one("SELECT count(*) FROM message WHERE state = 'held'")?,
                deliveries: deliveries.into(),
                oldest_queued_at: oldest(connection)?,
                receipts_overdue: one(&format!("{awaiting} AND apprec_due < {}", now.as_millis()))?,
            })
        })
    }
}

fn count(connection: &Connection, sql: &str) -> Result<u64, Fault> {
    let count: i64 = connection.query_row(sql, [], |row| row.get(0)).or_fault()?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The lowest id that is not out yet is also the one that has waited longest, or near enough.
fn oldest(connection: &Connection) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT min(queued_at) FROM delivery WHERE state IN ('queued', 'sending')";
    let at: Option<Option<i64>> = connection.query_row(sql, [], |row| row.get(0)).optional().or_fault()?;
    Ok(at.flatten().map(Timestamp::from_millis))
}
