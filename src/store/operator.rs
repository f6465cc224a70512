//! What a person may do to the queue by hand.

use super::db::{Db, values};
use super::history::Happened;
use super::{Store, line};
use crate::delivery::{Happening, State};
use crate::domain::{Actor, DeliveryId, Fault, Timestamp};
use crate::pipeline::What;

impl Store {
    /// Has dead deliveries tried again, with the whole patience of their partner before them. Answers those that were; what was
    /// not dead is left as it is, and that is recorded with it.
    pub async fn retry(
        &self,
        deliveries: Vec<DeliveryId>,
        reason: String,
        who: Actor,
        now: Timestamp,
    ) -> Result<Vec<DeliveryId>, Fault> {
        let work = move |db: &Db<'_>| {
            let mut retried = Vec::new();
            for delivery in deliveries {
                if retry(db, delivery, &reason, &who, now)? {
                    retried.push(delivery);
                }
            }
            Ok(retried)
        };
        self.writer.write(work).await
    }
}

fn retry(db: &Db<'_>, delivery: DeliveryId, reason: &str, who: &Actor, now: Timestamp) -> Result<bool, Fault> {
    let Some(place) = line::place_of(db, delivery)? else { return Ok(false) };
    let was_dead = place.state == State::Dead;
    if was_dead {
        let sql = "UPDATE delivery SET failures = 0, queued_at = ?2 WHERE id = ?1";
        db.execute(sql, values![delivery.0, now.as_millis()])?;
        Happened::to(place.message, now, What::Retried, reason).at_delivery(delivery).by(who).add(db)?;
    }
    line::happen(db, &place, Happening::Retried, now, now)?;
    Ok(was_dead)
}
