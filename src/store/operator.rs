//! What a person may do to the queue by hand.

use super::columns::OrFault;
use super::{Store, history, line};
use crate::delivery::{Happening, State};
use crate::domain::{DeliveryId, Fault, Timestamp};
use crate::pipeline::What;
use rusqlite::Connection;

impl Store {
    /// Has dead deliveries tried again, with the whole patience of their partner before them. Answers those that were; what was
    /// not dead is left as it is, and that is recorded with it.
    pub async fn retry(
        &self,
        deliveries: Vec<DeliveryId>,
        reason: String,
        now: Timestamp,
    ) -> Result<Vec<DeliveryId>, Fault> {
        let work = move |connection: &Connection| {
            let mut retried = Vec::new();
            for delivery in deliveries {
                if retry(connection, delivery, &reason, now)? {
                    retried.push(delivery);
                }
            }
            Ok(retried)
        };
        self.writer.write(work).await
    }
}

fn retry(connection: &Connection, delivery: DeliveryId, reason: &str, now: Timestamp) -> Result<bool, Fault> {
    let Some(place) = line::place_of(connection, delivery)? else { return Ok(false) };
    let was_dead = place.state == State::Dead;
    if was_dead {
        let sql = "UPDATE delivery SET failures = 0, queued_at = ?2 WHERE id = ?1";
        connection.execute(sql, [delivery.0, now.as_millis()]).or_fault()?;
        history::add(connection, place.message, Some(delivery), now, What::Retried, reason)?;
    }
    line::happen(connection, &place, Happening::Retried, now, now)?;
    Ok(was_dead)
}
