//! Writes one outcome: verdict, findings, parcels, what is answered, history. All of it, in the caller's transaction.

use super::columns::{her_id_column, level_word};
use super::content::{self, Sealed, Sealer};
use super::db::{Db, values};
use super::history::Happened;
use super::{line, words};
use crate::delivery::Happening;
use crate::domain::{DeliveryId, Fault, MessageId, Month, Particular, Particulars, Timestamp};
use crate::pipeline::{Answered, Entry, Outcome, Parcel, What};
use crate::rulebook::{About, Finding};

/// An outcome whose parcels are sealed.
pub(super) struct Decided {
    pub(super) outcome: Outcome,
    month: Month,
    parcels: Vec<Option<Sealed>>,
    /// The line that says under which configuration and rules it was decided.
    under: Option<i64>,
}

impl Decided {
    pub(super) fn new(outcome: Outcome, sealer: &Sealer, under: Option<i64>) -> Self {
        let parcels = outcome.parcels.iter().map(|parcel| sealer.parcel(parcel)).collect();
        Self { outcome, month: sealer.month, parcels, under }
    }
}

/// `is_new`: the message was stored in this transaction, in the state that the outcome says.
pub(super) fn write(db: &Db<'_>, message: MessageId, decided: &Decided, is_new: bool, now: Timestamp) -> Result<(), Fault> {
    let Decided { outcome, month, parcels, under } = decided;
    if !is_new {
        set_message_state(db, message, outcome)?;
    }
    findings(db, message, &outcome.findings)?;
    let why = format!("{}; findings: {}", outcome.state.as_str(), outcome.findings.len());
    Happened::to(message, now, What::Judged, &why).saying(judged(&outcome.findings, *under)).add(db)?;
    let mut deliveries = Vec::new();
    for (parcel, sealed) in outcome.parcels.iter().zip(parcels) {
        deliveries.push(insert_parcel(db, message, parcel, sealed.as_ref().map(|sealed| (*month, sealed)), now)?);
    }
    for Entry { what, why, parcel } in &outcome.history {
        let line = Happened::to(message, now, *what, why);
        let line = match parcel {
            None => line,
            Some(at) => {
                line.at_delivery(deliveries[*at]).saying(particulars_of(&outcome.parcels[*at], parcels[*at].as_ref()))
            }
        };
        line.add(db)?;
    }
    match outcome.answers {
        Some(answered) => answer(db, message, answered, now),
        None => Ok(()),
    }
}

/// What the rules found, by their numbers.
pub(super) fn judged(findings: &[Finding], under: Option<i64>) -> Particulars {
    let found = |finding: &Finding| {
        let of_rule = Particulars::default().with("rule", finding.rule.id).with("follows", finding.consequence.as_str());
        Particular::from(of_rule)
    };
    let findings: Vec<_> = findings.iter().map(found).collect();
    Particulars::default().maybe("under", under).maybe("findings", (!findings.is_empty()).then_some(findings))
}

/// What goes to whom.
pub(super) fn particulars_of(parcel: &Parcel, own: Option<&Sealed>) -> Particulars {
    let said = Particulars::default()
        .with("purpose", parcel.purpose.as_str())
        .with("partner", &parcel.to)
        .maybe("receiver", Particular::address(parcel.receiver))
        .with("role", parcel.role)
        .maybe("type", Particular::code(&parcel.type_code))
        .maybe("msg_id", Particular::msg_id(&parcel.msg_id));
    match own {
        None => said,
        Some(own) => said.with("size", own.size_bytes as i64).with("digest", own.digest),
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
        db.tell(sql, row)?;
    }
    Ok(())
}

/// A parcel is queued at once, or stands behind the one of its conversation that is on its way.
pub(super) fn insert_parcel(
    db: &Db<'_>,
    message: MessageId,
    parcel: &Parcel,
    own: Option<(Month, &Sealed)>,
    now: Timestamp,
) -> Result<DeliveryId, Fault> {
    let sql =
        "INSERT INTO delivery (id, message_id, purpose, partner, receiver_organisation, receiver_party, receiver_level, role,
                 msg_id, type_code, route, line, queued_at, apprec_due, own_month, state, due_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
                 CASE WHEN EXISTS (SELECT 1 FROM delivery b WHERE b.partner = ?4 AND b.line = ?12 AND b.state IN ('queued', 'sending'))
                   THEN 'behind' ELSE 'queued' END,
                 CASE WHEN EXISTS (SELECT 1 FROM delivery b WHERE b.partner = ?4 AND b.line = ?12 AND b.state IN ('queued', 'sending'))
                   THEN NULL ELSE ?13 END)";
    let id = db.next_id("delivery")?;
    let row = values![
        id,
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
        now.as_millis(),
        parcel.apprec_due.map(Timestamp::as_millis),
        own.map(|(month, _)| month.to_string())
    ];
    let delivery = DeliveryId(db.insert_as(id, sql, row)?);
    if let Some((month, sealed)) = own {
        content::put_parcel(db, month, delivery, sealed)?;
    }
    Ok(delivery)
}

/// Marks a delivery as answered by the message that brought, or was, the AppRec.
pub(super) fn answer(db: &Db<'_>, by: MessageId, answered: Answered, now: Timestamp) -> Result<(), Fault> {
    let Some(place) = line::place_of(db, answered.delivery)? else {
        return Err(Fault::lasting(format!("delivery {} is gone", answered.delivery)));
    };
    let happening = if answered.positive { Happening::PositiveAppRec } else { Happening::NegativeAppRec };
    line::happen(db, &place, happening, now, now)?;
    let sql = "UPDATE delivery SET answered_by = ?2 WHERE id = ?1 AND answered_by IS NULL";
    db.tell(sql, values![answered.delivery.0, by.0])
}
