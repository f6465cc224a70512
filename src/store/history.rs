//! Adds lines to the history; there is no other verb.

use super::chain::{self, Line};
use super::db::{Db, values};
use super::particulars;
use crate::domain::{Actor, DeliveryId, Fault, MessageId, Particulars, Timestamp};
use crate::pipeline::What;
use serde_json::value::RawValue;

/// A line that is about to be written.
pub(super) struct Happened<'h> {
    message: Option<MessageId>,
    delivery: Option<DeliveryId>,
    at: Timestamp,
    what: What,
    why: &'h str,
    who: Option<&'h Actor>,
    facts: Particulars,
}

impl<'h> Happened<'h> {
    /// To a message.
    pub(super) fn to(message: MessageId, at: Timestamp, what: What, why: &'h str) -> Self {
        Self { message: Some(message), ..Self::in_the_log(at, what, why) }
    }

    /// To no message: to the log itself, or to the gateway.
    pub(super) fn in_the_log(at: Timestamp, what: What, why: &'h str) -> Self {
        Self { message: None, delivery: None, at, what, why, who: None, facts: Particulars::default() }
    }

    /// To this delivery of the message.
    pub(super) fn at_delivery(self, delivery: DeliveryId) -> Self {
        Self { delivery: Some(delivery), ..self }
    }

    /// By hand, or asked for.
    pub(super) fn by(self, who: &'h Actor) -> Self {
        Self { who: Some(who), ..self }
    }

    /// With these particulars.
    pub(super) fn saying(self, facts: Particulars) -> Self {
        Self { facts, ..self }
    }

    /// Writes it. Answers its number.
    pub(super) fn add(self, db: &Db<'_>) -> Result<i64, Fault> {
        let (message, delivery) = (self.message.map(|id| id.0), self.delivery.map(|id| id.0));
        let (at, what, who) = (self.at.as_millis(), self.what.as_str(), self.who.map(Actor::as_str));
        let facts = (!self.facts.is_empty()).then(|| particulars::json(&self.facts)).transpose()?;
        let raw = facts.clone().map(RawValue::from_string).transpose().map_err(Fault::lasting)?;
        let line = |number| Line {
            number,
            message,
            delivery,
            at,
            what: what.to_owned(),
            why: self.why.to_owned(),
            who: who.map(str::to_owned),
            facts: raw,
        };
        let (number, link) = chain::next(db, line)?;
        let sql = "INSERT INTO history (id, message_id, delivery_id, at, what, why, link, who, facts)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        db.tell(sql, values![number, message, delivery, at, what, self.why, &link.0[..], who, facts])?;
        db.remember((number, link.0));
        Ok(number)
    }
}
