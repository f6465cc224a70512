//! Writes one outcome: verdict, findings, parcels, what is answered, history. All of it, in the caller's transaction.

use super::columns::{her_id_column, level_word};
use super::db::{Db, values};
use super::{history, line, words};
use crate::delivery::{Happening, State};
use crate::domain::{DeliveryId, Fault, MessageId, Timestamp};
use crate::pipeline::{Answered, Content, Outcome, Parcel};
use crate::rulebook::{About, Finding};

pub(super) fn write(db: &Db<'_>, message: MessageId, outcome: &Outcome, now: Timestamp) -> Result<(), Fault> {
    set_message_state(db, message, outcome)?;
    findings(db, message, &outcome.findings)?;
    for entry in &outcome.history {
        history::add(db, message, None, now, entry.what, &entry.why)?;
    }
    for parcel in &outcome.parcels {
        insert_parcel(db, message, parcel, now)?;
    }
    match outcome.answers {
        Some(answered) => answer(db, message, answered, now),
        None => Ok(()),
    }
}

/// True when the delivery that the outcome answers has been answered since the facts were fetched.
pub(super) fn is_outdated(db: &Db<'_>, outcome: Option<&Outcome>) -> Result<bool, Fault> {
    let Some(answered) = outcome.and_then(|outcome| outcome.answers) else { return Ok(false) };
    let sql = "SELECT 1 FROM delivery WHERE id = ?1 AND answered_by IS NOT NULL";
    db.exists(sql, values![answered.delivery.0])
}

fn set_message_state(db: &Db<'_>, message: MessageId, outcome: &Outcome) -> Result<(), Fault> {
    let sql = "UPDATE message SET state = ?2 WHERE id = ?1 AND state = 'received'";
    match db.execute(sql, values![message.0, outcome.state.as_str()])? {
        1 => Ok(()),
        _ => Err(Fault::lasting(format!("message {message} was judged already"))),
    }
}

pub(super) fn findings(db: &Db<'_>, message: MessageId, findings: &[Finding]) -> Result<(), Fault> {
    let sql = "INSERT INTO finding VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    for (position, finding) in findings.iter().enumerate() {
        let receiver = match finding.about {
            About::Message => None,
            About::Receiver(receiver) => Some(receiver as i64),
        };
        let found = finding.found.as_ref().map(ToString::to_string);
        let (line, column) = finding.place.map_or((None, None), |place| (Some(place.line), Some(place.column)));
        let row = values![
            message.0,
            position as i64,
            finding.rule.id,
            finding.consequence.as_str(),
            receiver,
            line,
            column,
            finding.path.as_deref(),
            found,
            words::column(finding)
        ];
        db.execute(sql, row)?;
    }
    Ok(())
}

/// A parcel is queued at once, or stands behind the one of its conversation that is on its way.
pub(super) fn insert_parcel(db: &Db<'_>, message: MessageId, parcel: &Parcel, now: Timestamp) -> Result<DeliveryId, Fault> {
    let busy = line::is_busy(db, parcel.to.as_str(), &parcel.conversation)?;
    let (state, due) = if busy { (State::Behind, None) } else { (State::Queued, Some(now.as_millis())) };
    let own = match &parcel.content {
        Content::AsReceived => None,
        Content::Own(bytes) => Some(bytes.expose().as_slice()),
    };
    let sql =
        "INSERT INTO delivery (message_id, purpose, partner, receiver_organisation, receiver_party, receiver_level, role,
                 msg_id, type_code, route, line, state, queued_at, due_at, apprec_due, own_content)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
               RETURNING id";
    let row = values![
        message.0,
        parcel.purpose.as_str(),
        parcel.to.as_str(),
        her_id_column(parcel.receiver.organisation),
        her_id_column(parcel.receiver.party),
        level_word(parcel.receiver.level),
        parcel.role.as_str(),
        parcel.msg_id.as_written(),
        &parcel.type_code,
        &parcel.route,
        &parcel.conversation,
        state.as_str(),
        now.as_millis(),
        due,
        parcel.apprec_due.map(Timestamp::as_millis),
        own
    ];
    db.insert(sql, row).map(DeliveryId)
}

/// Marks a delivery as answered by the message that brought, or was, the AppRec.
pub(super) fn answer(db: &Db<'_>, by: MessageId, answered: Answered, now: Timestamp) -> Result<(), Fault> {
    let Some(place) = line::place_of(db, answered.delivery)? else {
        return Err(Fault::lasting(format!("delivery {} is gone", answered.delivery)));
    };
    let happening = if answered.positive { Happening::PositiveAppRec } else { Happening::NegativeAppRec };
    line::happen(db, &place, happening, now, now)?;
    let sql = "UPDATE delivery SET answered_by = ?2 WHERE id = ?1 AND answered_by IS NULL";
    db.execute(sql, values![answered.delivery.0, by.0]).map(|_| ())
}
