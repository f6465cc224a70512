//! Finds messages, newest first. Every criterion has an index that is in that order, so that a first page is read and no more.

use super::Store;
use super::db::{Db, Value};
use super::views::{MESSAGE_COLUMNS, MessageRow, message_row};
use crate::domain::{Fault, HerId, MessageId, MessageState, MsgId, PartnerName, Timestamp};

/// Which messages to list. What is `None` does not matter.
#[derive(Clone, Default, Debug)]
pub struct MessageFilter {
    /// Only in this state.
    pub state: Option<MessageState>,
    /// Only from this partner.
    pub partner: Option<PartnerName>,
    /// Only of this type.
    pub type_code: Option<String>,
    /// Only with this MsgId; the message that such an AppRec of ours answers, too.
    pub msg_id: Option<MsgId>,
    /// Only of the conversation that this message began.
    pub conversation: Option<MsgId>,
    /// Only from this HER-id, of an organisation or under one.
    pub sender: Option<HerId>,
    /// Only to this HER-id, as first receiver.
    pub receiver: Option<HerId>,
    /// Only with a finding of this rule.
    pub rule: Option<String>,
    /// Only received from this time on.
    pub since: Option<Timestamp>,
    /// Only received before this time.
    pub until: Option<Timestamp>,
    /// Only older than this one: the last of the page before.
    pub before: Option<MessageId>,
    /// At most so many.
    pub limit: usize,
}

/// Messages are numbered as they are written, and received a moment before: a clock that was set back by more than this, in
/// milliseconds, is the only thing that can hide one from a search by time.
const DISORDER_MILLIS: i64 = 3_600_000;

impl Store {
    /// Messages, newest first.
    pub async fn messages(&self, filter: &MessageFilter) -> Result<Vec<MessageRow>, Fault> {
        let filter = filter.clone();
        self.read(move |db| {
            let search = Search::of(db, &filter)?;
            let conditions = if search.conditions.is_empty() {
                String::new()
            } else {
                format!("WHERE {}", search.conditions.join(" AND "))
            };
            let limit = search.values.len() + 1;
            let sql = format!("SELECT {MESSAGE_COLUMNS} FROM message m {conditions} ORDER BY m.id DESC LIMIT ?{limit}");
            let mut values = search.values;
            values.push(Value::from(i64::try_from(filter.limit).unwrap_or(i64::MAX)));
            db.all(&sql, &values, message_row)
        })
        .await
    }
}

/// Only what is asked for stands in the statement, so that the database sees which index fits.
#[derive(Default)]
struct Search<'f> {
    conditions: Vec<String>,
    values: Vec<Value<'f>>,
}

impl<'f> Search<'f> {
    fn of(db: &Db<'_>, filter: &'f MessageFilter) -> Result<Self, Fault> {
        let mut search = Self::default();
        search.equals("m.state", filter.state.map(MessageState::as_str));
        search.equals("m.partner", filter.partner.as_ref().map(PartnerName::as_str));
        search.equals("m.type_code", filter.type_code.as_deref());
        search.party(db, "sender", filter.sender)?;
        search.party(db, "receiver", filter.receiver)?;
        if let Some(id) = &filter.msg_id {
            let (key, written) = (search.bind(id.key()), search.bind(id.as_written()));
            search.conditions.push(format!(
                "m.id IN (SELECT id FROM message WHERE msg_key = {key} AND turned_away IS NULL
                          UNION SELECT id FROM message WHERE msg_key = {key} AND turned_away IS NOT NULL
                          UNION SELECT message_id FROM delivery WHERE purpose = 'apprec' AND msg_id = {written})"
            ));
        }
        if let Some(id) = &filter.conversation {
            let key = search.bind(id.key());
            search.conditions.push(format!(
                "m.id IN (SELECT id FROM message WHERE conversation = {key} AND conversation <> msg_key
                          UNION SELECT id FROM message WHERE msg_key = {key} AND turned_away IS NULL)"
            ));
        }
        if let Some(rule) = &filter.rule {
            let rule = search.bind(rule.as_str());
            search
                .conditions
                .push(format!("EXISTS (SELECT 1 FROM finding f WHERE f.rule = {rule} AND f.message_id = m.id)"));
        }
        search.times(db, filter)?;
        if let Some(before) = filter.before {
            let before = search.bind(before.0);
            search.conditions.push(format!("m.id < {before}"));
        }
        Ok(search)
    }

    fn bind(&mut self, value: impl Into<Value<'f>>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn equals(&mut self, column: &str, value: Option<&'f str>) {
        if let Some(value) = value {
            let value = self.bind(value);
            self.conditions.push(format!("{column} = {value}"));
        }
    }

    /// A HER-id is of an organisation or of something under one. Which, is looked up, so that one index serves.
    fn party(&mut self, db: &Db<'_>, side: &str, her_id: Option<HerId>) -> Result<(), Fault> {
        let Some(number) = her_id.map(|her_id| i64::from(her_id.number())) else { return Ok(()) };
        let is_any = |level: &str| {
            let sql = format!("SELECT 1 FROM message WHERE {side}_{level} = ?1 LIMIT 1");
            db.exists(&sql, &[Value::from(number)])
        };
        let number = self.bind(number);
        self.conditions.push(match (is_any("party")?, is_any("organisation")?) {
            (true, false) => format!("m.{side}_party = {number}"),
            (false, _) => format!("m.{side}_organisation = {number}"),
            (true, true) => format!("(m.{side}_party = {number} OR m.{side}_organisation = {number})"),
        });
        Ok(())
    }

    /// Times are narrowed to numbers first, which are in the order of the answer.
    fn times(&mut self, db: &Db<'_>, filter: &MessageFilter) -> Result<(), Fault> {
        let first = |at: i64| {
            let sql = "SELECT id FROM message WHERE received_at >= ?1 ORDER BY received_at, id LIMIT 1";
            db.one(sql, &[Value::from(at)], |row| row.get::<i64>(0))
        };
        if let Some(since) = filter.since.map(Timestamp::as_millis) {
            let number = first(since.saturating_sub(DISORDER_MILLIS))?.unwrap_or(i64::MAX);
            let (since, number) = (self.bind(since), self.bind(number));
            self.conditions.push(format!("m.id >= {number} AND +m.received_at >= {since}"));
        }
        if let Some(until) = filter.until.map(Timestamp::as_millis) {
            let number = first(until.saturating_add(DISORDER_MILLIS))?.unwrap_or(i64::MAX);
            let (until, number) = (self.bind(until), self.bind(number));
            self.conditions.push(format!("m.id <= {number} AND +m.received_at < {until}"));
        }
        Ok(())
    }
}
