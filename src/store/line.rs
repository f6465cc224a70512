//! The lines: parcels of one conversation to one partner, one at a time. And the only writer of a delivery's state.

use super::columns::known;
use super::db::{Db, values};
use super::history::Happened;
use crate::delivery::{Happening, State, next_state};
use crate::domain::{DeliveryId, Fault, MessageId, Timestamp};
use crate::pipeline::What;

/// A delivery as far as its place in line is concerned.
pub(super) struct Place {
    pub(super) delivery: DeliveryId,
    pub(super) message: MessageId,
    pub(super) partner: String,
    pub(super) line: String,
    pub(super) state: State,
    /// The first that stands behind in its line.
    behind: Option<DeliveryId>,
}

const PLACE: &str = "SELECT d.message_id, d.partner, d.line, d.state,
                       (SELECT min(b.id) FROM delivery b WHERE b.partner = d.partner AND b.line = d.line AND b.state = 'behind')
                     FROM delivery d WHERE d.id = ?1";

/// For who is about to ask for a place and to ask something else before: it comes with that answer.
pub(super) fn expect_place(db: &Db<'_>, delivery: DeliveryId) -> Result<(), Fault> {
    db.ask_ahead(PLACE, values![delivery.0])
}

/// It holds until the transaction adds a delivery or changes the state of one.
pub(super) fn place_of(db: &Db<'_>, delivery: DeliveryId) -> Result<Option<Place>, Fault> {
    db.one(PLACE, values![delivery.0], |row| {
        let state: String = row.get(3)?;
        let state = known(State::parse(&state), 3)?;
        let behind = row.get::<Option<i64>>(4)?.map(DeliveryId);
        Ok(Place { delivery, message: MessageId(row.get(0)?), partner: row.get(1)?, line: row.get(2)?, state, behind })
    })
}

/// True when a parcel of this line is queued or on its way, so that a new one must stand behind it.
fn is_busy(db: &Db<'_>, partner: &str, line: &str) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM delivery WHERE partner = ?1 AND line = ?2 AND state IN ('queued', 'sending')";
    db.exists(sql, values![partner, line])
}

/// Changes the state as something happens, and lets the next in line come up when this one leaves it. An illegal happening
/// is recorded and changes nothing. `due_at` is when a delivery that is queued becomes due.
pub(super) fn happen(
    db: &Db<'_>,
    place: &Place,
    happening: Happening,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<State, Fault> {
    let next = match next_state(place.state, happening) {
        Ok(next) => next,
        Err(illegal) => {
            Happened::to(place.message, now, What::Illegal, &illegal.to_string()).at_delivery(place.delivery).add(db)?;
            return Ok(place.state);
        }
    };
    if next == place.state {
        return Ok(next);
    }
    let enters_line = next.is_in_line() && !place.state.is_in_line();
    let next = if enters_line && is_busy(db, &place.partner, &place.line)? { State::Behind } else { next };
    set(db, place.delivery, next, due_at)?;
    if place.state.is_in_line() && !next.is_in_line() {
        let_next_come_up(db, place.behind, now)?;
    }
    Ok(next)
}

/// A lease belongs to the state "sending" only; `queue::claim` sets it.
fn set(db: &Db<'_>, delivery: DeliveryId, state: State, due_at: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE delivery SET state = ?2, due_at = ?3, lease_owner = NULL, lease_until = NULL WHERE id = ?1";
    let due = (state == State::Queued).then_some(due_at.as_millis());
    db.tell(sql, values![delivery.0, state.as_str(), due])
}

fn let_next_come_up(db: &Db<'_>, next: Option<DeliveryId>, now: Timestamp) -> Result<(), Fault> {
    let Some(next) = next else { return Ok(()) };
    let Some(place) = place_of(db, next)? else { return Ok(()) };
    // `queued_at` begins anew: its age counts from when it could be tried.
    db.tell("UPDATE delivery SET queued_at = ?2 WHERE id = ?1", values![next.0, now.as_millis()])?;
    happen(db, &place, Happening::TurnCame, now, now).map(|_| ())
}
