//! Writes one outcome: verdict, findings, parcels, what is answered, history. All of it, in the caller's transaction.

use super::columns::{OrFault, her_id_column, level_word};
use super::{history, line, words};
use crate::delivery::{Happening, State};
use crate::domain::{DeliveryId, Fault, MessageId, Timestamp};
use crate::pipeline::{Answered, Content, Outcome, Parcel};
use crate::rulebook::{About, Finding};
use rusqlite::{Connection, params};

pub(super) fn write(connection: &Connection, message: MessageId, outcome: &Outcome, now: Timestamp) -> Result<(), Fault> {
    set_message_state(connection, message, outcome)?;
    findings(connection, message, &outcome.findings)?;
    for entry in &outcome.history {
        history::add(connection, message, None, now, entry.what, &entry.why)?;
    }
    for parcel in &outcome.parcels {
        insert_parcel(connection, message, parcel, now)?;
    }
    match outcome.answers {
        Some(answered) => answer(connection, message, answered, now),
        None => Ok(()),
    }
}

/// True when the delivery that the outcome answers has been answered since the facts were fetched.
pub(super) fn is_outdated(connection: &Connection, outcome: Option<&Outcome>) -> Result<bool, Fault> {
    let Some(answered) = outcome.and_then(|outcome| outcome.answers) else { return Ok(false) };
    let sql = "SELECT 1 FROM delivery WHERE id = ?1 AND answered_by IS NOT NULL";
    connection.prepare_cached(sql).or_fault()?.exists([answered.delivery.0]).or_fault()
}

fn set_message_state(connection: &Connection, message: MessageId, outcome: &Outcome) -> Result<(), Fault> {
    let sql = "UPDATE message SET state = ?2 WHERE id = ?1 AND state = 'received'";
    let mut update = connection.prepare_cached(sql).or_fault()?;
    match update.execute(params![message.0, outcome.state.as_str()]).or_fault()? {
        1 => Ok(()),
        _ => Err(Fault::lasting(format!("message {message} was judged already"))),
    }
}

pub(super) fn findings(connection: &Connection, message: MessageId, findings: &[Finding]) -> Result<(), Fault> {
    let sql = "INSERT INTO finding VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    for (position, finding) in findings.iter().enumerate() {
        let receiver = match finding.about {
            About::Message => None,
            About::Receiver(receiver) => Some(receiver as i64),
        };
        let found = finding.found.as_ref().map(ToString::to_string);
        let (line, column) = finding.place.map_or((None, None), |place| (Some(place.line), Some(place.column)));
        let row = params![
            message.0,
            position as i64,
            finding.rule.id,
            finding.consequence.as_str(),
            receiver,
            line,
            column,
            finding.path,
            found,
            words::column(finding)
        ];
        connection.prepare_cached(sql).or_fault()?.execute(row).or_fault()?;
    }
    Ok(())
}

/// A parcel is queued at once, or stands behind the one of its conversation that is on its way.
pub(super) fn insert_parcel(
    connection: &Connection,
    message: MessageId,
    parcel: &Parcel,
    now: Timestamp,
) -> Result<DeliveryId, Fault> {
    let busy = line::is_busy(connection, parcel.to.as_str(), &parcel.conversation)?;
    let (state, due) = if busy { (State::Behind, None) } else { (State::Queued, Some(now.as_millis())) };
    let own = match &parcel.content {
        Content::AsReceived => None,
        Content::Own(bytes) => Some(bytes.expose()),
    };
    let sql =
        "INSERT INTO delivery (message_id, purpose, partner, receiver_organisation, receiver_party, receiver_level, role,
                 msg_id, type_code, route, line, state, queued_at, due_at, apprec_due, own_content)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
    let row = params![
        message.0,
        parcel.purpose.as_str(),
        parcel.to.as_str(),
        her_id_column(parcel.receiver.organisation),
        her_id_column(parcel.receiver.party),
        level_word(parcel.receiver.level),
        parcel.role.as_str(),
        parcel.msg_id.as_written(),
        parcel.type_code,
        parcel.route,
        parcel.conversation,
        state.as_str(),
        now.as_millis(),
        due,
        parcel.apprec_due.map(Timestamp::as_millis),
        own
    ];
    connection.prepare_cached(sql).or_fault()?.execute(row).or_fault()?;
    Ok(DeliveryId(connection.last_insert_rowid()))
}

/// Marks a delivery as answered by the message that brought, or was, the AppRec.
pub(super) fn answer(connection: &Connection, by: MessageId, answered: Answered, now: Timestamp) -> Result<(), Fault> {
    let Some(place) = line::place_of(connection, answered.delivery)? else {
        return Err(Fault::lasting(format!("delivery {} is gone", answered.delivery)));
    };
    let happening = if answered.positive { Happening::PositiveAppRec } else { Happening::NegativeAppRec };
    line::happen(connection, &place, happening, now, now)?;
    let sql = "UPDATE delivery SET answered_by = ?2 WHERE id = ?1 AND answered_by IS NULL";
    connection.prepare_cached(sql).or_fault()?.execute(params![answered.delivery.0, by.0]).or_fault().map(|_| ())
}
