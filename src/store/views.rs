//! What people and programs may read of the store. Metadata only; the content of a message is in none of it.

use super::columns::{address, known, maybe_time, partner, role, time};
use super::db::{Db, Row, values};
use super::{Store, content};
use crate::delivery::State;
use crate::domain::{Address, DeliveryId, Fault, MessageId, MessageState, MsgId, PartnerName, Role, Timestamp, TrackingId};
use std::sync::Arc;

/// One message in a list.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Its place in the store; lists are in this order, newest first.
    pub message: MessageId,
    /// Its name.
    pub tracking: TrackingId,
    /// When it came.
    pub received_at: Timestamp,
    /// Whose system brought it.
    pub partner: PartnerName,
    /// By which transport.
    pub via: String,
    /// Its size.
    pub size_bytes: u64,
    /// Where it stands.
    pub state: MessageState,
    /// Why it was not taken in, if it was not.
    pub turned_away: Option<String>,
    /// The label of its type.
    pub kind: Option<String>,
    /// `MsgInfo/Type`.
    pub type_code: Option<String>,
    /// Its MsgId.
    pub msg_id: Option<MsgId>,
    /// How often the same bytes came again.
    pub repeats: u64,
    /// Its sender.
    pub sender: Address,
    /// Its primary receiver.
    pub receiver: Address,
}

/// One message with all that hangs on it.
#[derive(Clone, Debug)]
pub struct MessageDetail {
    /// The message.
    pub row: MessageRow,
    /// What the rules found.
    pub findings: Vec<FindingRow>,
    /// What went out because of it.
    pub deliveries: Vec<DeliveryRow>,
    /// What happened, in order.
    pub history: Vec<HistoryRow>,
}

/// One finding as stored.
#[derive(Clone, Debug)]
pub struct FindingRow {
    /// The rule's number.
    pub rule: String,
    /// What followed.
    pub consequence: String,
    /// About which receiver, if about one.
    pub receiver: Option<u32>,
    /// Line and column.
    pub place: Option<(u32, u32)>,
    /// XPath.
    pub path: Option<String>,
    /// What was found.
    pub found: Option<String>,
    /// Its own words, for [`told_again`](super::told_again).
    pub words: Option<String>,
}

/// One delivery.
#[derive(Clone, Debug)]
pub struct DeliveryRow {
    /// Which.
    pub delivery: DeliveryId,
    /// The message it came from.
    pub tracking: TrackingId,
    /// `message` or `apprec`.
    pub purpose: String,
    /// To whose system.
    pub partner: PartnerName,
    /// For which receiver.
    pub receiver: Address,
    /// In which role.
    pub role: Role,
    /// Its type.
    pub type_code: String,
    /// The route or the rule that sent it.
    pub route: String,
    /// Where it stands.
    pub state: State,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When it is tried next.
    pub due_at: Option<Timestamp>,
    /// Attempts so far.
    pub attempts: u32,
    /// Until when its AppRec is in time.
    pub apprec_due: Option<Timestamp>,
    /// The message that brought its AppRec; the message itself when the gateway answered on the receiver's behalf.
    pub answered_by: Option<MessageId>,
    /// What the last attempt came to.
    pub last: Option<AttemptRow>,
}

/// One attempt.
#[derive(Clone, Debug)]
pub struct AttemptRow {
    /// Its number.
    pub number: u32,
    /// `delivered`, `temporary`, `permanent`, `unknown`; `None` while it is open.
    pub outcome: Option<String>,
    /// Why.
    pub cause: Option<String>,
}

/// One line of history.
#[derive(Clone, Debug)]
pub struct HistoryRow {
    /// When.
    pub at: Timestamp,
    /// About which delivery, if about one.
    pub delivery: Option<DeliveryId>,
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

/// Which deliveries to list.
#[derive(Clone, Default, Debug)]
pub struct DeliveryFilter {
    /// Only in this state.
    pub state: Option<State>,
    /// Only to this partner.
    pub partner: Option<PartnerName>,
    /// Only older than this one.
    pub before: Option<DeliveryId>,
    /// At most so many.
    pub limit: usize,
}

pub(super) const MESSAGE_COLUMNS: &str =
    "m.id, m.tracking, m.received_at, m.partner, m.via, m.size_bytes, m.state, m.turned_away, m.kind,
  m.type_code, m.msg_id, m.repeats, m.sender_organisation, m.sender_party, m.sender_level, m.receiver_organisation,
  m.receiver_party, m.receiver_level";

const DELIVERY_COLUMNS: &str = "d.id, m.tracking, d.purpose, d.partner, d.receiver_organisation, d.receiver_party,
  d.receiver_level, d.role, d.type_code, d.route, d.state, d.queued_at, d.due_at, d.attempts, d.apprec_due, a.number, a.outcome,
  a.cause, d.answered_by FROM delivery d JOIN message m ON m.id = d.message_id
  LEFT JOIN attempt a ON a.delivery_id = d.id AND a.number = d.attempts";

impl Store {
    /// Deliveries, newest first.
    pub async fn deliveries(&self, filter: &DeliveryFilter) -> Result<Vec<DeliveryRow>, Fault> {
        let filter = filter.clone();
        self.read(move |db| {
            let mut conditions = vec!["d.id < ?1".to_owned()];
            conditions.extend(filter.state.map(of_state));
            conditions.extend(filter.partner.as_ref().map(|_| "d.partner = ?3".to_owned()));
            let conditions = conditions.join(" AND ");
            let sql = format!("SELECT {DELIVERY_COLUMNS} WHERE {conditions} ORDER BY d.id DESC LIMIT ?2");
            let (before, limit) = (filter.before.map_or(i64::MAX, |id| id.0), filter.limit as i64);
            match &filter.partner {
                None => db.all(&sql, values![before, limit], delivery_row),
                Some(partner) => db.all(&sql, values![before, limit, partner.as_str()], delivery_row),
            }
        })
        .await
    }

    /// The bytes of a message as received; `None` when they are gone.
    pub async fn bytes(&self, message: MessageId) -> Result<Option<Vec<u8>>, Fault> {
        let sql = "SELECT id, tracking, received_at FROM message WHERE id = ?1";
        let safe = Arc::clone(&self.safe);
        self.read(move |db| {
            let Some(stored) = db.one(sql, values![message.0], |row| content::stored(row, 0))? else { return Ok(None) };
            content::of_message(db, &safe, stored)
        })
        .await
    }

    /// One message with all that hangs on it.
    pub async fn message(&self, tracking: TrackingId) -> Result<Option<MessageDetail>, Fault> {
        self.read(move |db| {
            let sql = format!("SELECT {MESSAGE_COLUMNS} FROM message m WHERE m.tracking = ?1");
            db.one(&sql, values![tracking.as_stored()], message_row)?.map(|row| detail(db, row)).transpose()
        })
        .await
    }
}

/// The state as a word, not as a value: SQLite knows by it which index over the deliveries of one state fits. Those that are not out yet
/// are few, and their indexes are in the order of the queue: SQLite would rather look at all deliveries, which are in the right order.
fn of_state(state: State) -> String {
    let state_is = format!("state = '{}'", state.as_str());
    match state {
        State::Behind | State::Queued | State::Sending => format!("d.id IN (SELECT id FROM delivery WHERE {state_is})"),
        State::Delivered | State::Acknowledged | State::Rejected | State::Dead => format!("d.{state_is}"),
    }
}

fn detail(db: &Db<'_>, row: MessageRow) -> Result<MessageDetail, Fault> {
    let id = values![row.message.0];
    let findings = "SELECT rule, consequence, receiver, line_number, column_number, path, found, says FROM finding
                    WHERE message_id = ?1 ORDER BY position";
    let deliveries = format!("SELECT {DELIVERY_COLUMNS} WHERE d.message_id = ?1 ORDER BY d.id");
    let history = "SELECT at, delivery_id, what, why FROM history WHERE message_id = ?1 ORDER BY id";
    Ok(MessageDetail {
        findings: db.all(findings, id, finding_row)?,
        deliveries: db.all(&deliveries, id, delivery_row)?,
        history: db.all(history, id, history_row)?,
        row,
    })
}

pub(super) fn message_row(row: &Row<'_>) -> Result<MessageRow, Fault> {
    let (tracking, state): (String, String) = (row.get(1)?, row.get(6)?);
    Ok(MessageRow {
        message: MessageId(row.get(0)?),
        tracking: known(TrackingId::parse(&tracking).ok(), 1)?,
        received_at: time(row, 2)?,
        partner: partner(row, 3)?,
        via: row.get(4)?,
        size_bytes: row.get::<i64>(5)?.unsigned_abs(),
        state: known(MessageState::parse(&state), 6)?,
        turned_away: row.get(7)?,
        kind: row.get(8)?,
        type_code: row.get(9)?,
        msg_id: row.get::<Option<String>>(10)?.map(MsgId::new),
        repeats: row.get::<i64>(11)?.unsigned_abs(),
        sender: address(row, 12)?,
        receiver: address(row, 15)?,
    })
}

fn delivery_row(row: &Row<'_>) -> Result<DeliveryRow, Fault> {
    let (tracking, state): (String, String) = (row.get(1)?, row.get(10)?);
    let number: Option<u32> = row.get(15)?;
    let (outcome, cause) = (row.get(16)?, row.get(17)?);
    Ok(DeliveryRow {
        delivery: DeliveryId(row.get(0)?),
        tracking: known(TrackingId::parse(&tracking).ok(), 1)?,
        purpose: row.get(2)?,
        partner: partner(row, 3)?,
        receiver: address(row, 4)?,
        role: role(row, 7)?,
        type_code: row.get(8)?,
        route: row.get(9)?,
        state: known(State::parse(&state), 10)?,
        queued_at: time(row, 11)?,
        due_at: maybe_time(row, 12)?,
        attempts: row.get(13)?,
        apprec_due: maybe_time(row, 14)?,
        answered_by: row.get::<Option<i64>>(18)?.map(MessageId),
        last: number.map(|number| AttemptRow { number, outcome, cause }),
    })
}

fn finding_row(row: &Row<'_>) -> Result<FindingRow, Fault> {
    let (line, column): (Option<u32>, Option<u32>) = (row.get(3)?, row.get(4)?);
    Ok(FindingRow {
        rule: row.get(0)?,
        consequence: row.get(1)?,
        receiver: row.get(2)?,
        place: line.zip(column),
        path: row.get(5)?,
        found: row.get(6)?,
        words: row.get(7)?,
    })
}

fn history_row(row: &Row<'_>) -> Result<HistoryRow, Fault> {
    let delivery: Option<i64> = row.get(1)?;
    Ok(HistoryRow { at: time(row, 0)?, delivery: delivery.map(DeliveryId), what: row.get(2)?, why: row.get(3)? })
}
