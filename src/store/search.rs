//! Finds messages, newest first. Every criterion has an index that is in that order, so that a first page is read and no more.

use super::Store;
use super::columns::{ENDED_BADLY, OPEN};
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

/// Of several criteria the rarest leads, and the others are judged row by row. So many messages are counted to find it: entries of an
/// index, some hundred of which lie on a page.
const COUNTED: i64 = 20_000;

impl Store {
    /// Messages, newest first.
    pub async fn messages(&self, filter: &MessageFilter) -> Result<Vec<MessageRow>, Fault> {
        let filter = filter.clone();
        self.read(move |db| {
            let search = Search::of(db, &filter)?;
            let (from, number) = (search.from, search.number);
            let conditions = if search.conditions.is_empty() {
                String::new()
            } else {
                format!("WHERE {}", search.conditions.join(" AND "))
            };
            let limit = search.values.len() + 1;
            let sql = format!("SELECT {MESSAGE_COLUMNS} FROM {from} {conditions} ORDER BY {number} DESC LIMIT ?{limit}");
            let mut values = search.values;
            values.push(Value::from(i64::try_from(filter.limit).unwrap_or(i64::MAX)));
            db.all(&sql, &values, message_row)
        })
        .await
    }
}

/// A criterion with an index of its own.
enum Given<'f> {
    State(MessageState),
    Text(&'static str, &'f str),
    Type(&'f str),
    HerId(String, i64),
    /// There is an organisation and something else with this HER-id.
    EitherHerId(&'static str, i64),
    Rule(&'f str),
}

/// All of them that are given.
fn given<'f>(db: &Db<'_>, filter: &'f MessageFilter) -> Result<Vec<Given<'f>>, Fault> {
    let mut given = Vec::new();
    given.extend(filter.state.map(Given::State));
    given.extend(filter.partner.as_ref().map(|partner| Given::Text("partner", partner.as_str())));
    given.extend(filter.type_code.as_deref().map(Given::Type));
    for (side, her_id) in [("sender", filter.sender), ("receiver", filter.receiver)] {
        given.extend(her_id.map(|her_id| party(db, side, i64::from(her_id.number()))).transpose()?);
    }
    given.extend(filter.rule.as_deref().map(Given::Rule));
    Ok(given)
}

/// A HER-id is of an organisation or of something under one. Which, is looked up, so that one index serves.
fn party<'f>(db: &Db<'_>, side: &'static str, number: i64) -> Result<Given<'f>, Fault> {
    let is_any = |level: &str| {
        let sql = format!("SELECT 1 FROM message WHERE {side}_{level} = ?1 LIMIT 1");
        db.exists(&sql, &[Value::from(number)])
    };
    Ok(match (is_any("party")?, is_any("organisation")?) {
        (true, false) => Given::HerId(format!("{side}_party"), number),
        (false, _) => Given::HerId(format!("{side}_organisation"), number),
        (true, true) => Given::EitherHerId(side, number),
    })
}

impl Given<'_> {
    /// How many messages meet it, as far as they are counted.
    fn count(&self, db: &Db<'_>) -> Result<i64, Fault> {
        let (rows, value) = match self {
            Self::State(MessageState::Accepted) | Self::EitherHerId(..) => return Ok(COUNTED),
            Self::State(state) => {
                (format!("message WHERE state = ?1 AND {}", of_its_index(*state)), Value::from(state.as_str()))
            }
            Self::Text(column, text) => (format!("message WHERE {column} = ?1"), Value::from(*text)),
            Self::Type(code) => (format!("message m WHERE {}", of_type(db, code, "?1")), Value::from(*code)),
            Self::HerId(column, number) => (format!("message WHERE {column} = ?1"), Value::from(*number)),
            Self::Rule(rule) => ("finding WHERE rule = ?1".into(), Value::from(*rule)),
        };
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT ?2) counted");
        Ok(db.one(&sql, &[value, Value::from(COUNTED)], |row| row.get(0))?.unwrap_or(COUNTED))
    }
}

/// True for every message in this state; what the index over it is told by.
fn of_its_index(state: MessageState) -> &'static str {
    match state {
        MessageState::Received | MessageState::Held => OPEN,
        MessageState::Refused | MessageState::Duplicate => ENDED_BADLY,
        // Nearly all are: there is no index.
        MessageState::Accepted => "state = 'accepted'",
    }
}

/// The longest name of a type, in characters, that is in the index of a server: a sender may call it as it likes.
const INDEXED_TYPE_MAX: usize = 64;

/// True for every message of this type, whose value this parameter has. The index of a server is told by the length.
fn of_type(db: &Db<'_>, code: &str, parameter: &str) -> String {
    let is_indexed = code.chars().nth(INDEXED_TYPE_MAX).is_none();
    let length = if is_indexed { db.of_home("", " AND length(m.type_code) <= 64") } else { "" };
    format!("m.type_code = {parameter}{length}")
}

/// A column with a text that no index is over: where another criterion is known to be the rarest, nobody shall guess. What stands before
/// a column of numbers does the same.
fn without_index(db: &Db<'_>, column: &str) -> String {
    db.of_home(format!("+m.{column}"), format!("m.{column} || ''"))
}

/// Only what is asked for stands in the statement, so that the database sees which index fits.
struct Search<'f> {
    from: &'static str,
    /// What the answer is in the order of.
    number: &'static str,
    conditions: Vec<String>,
    values: Vec<Value<'f>>,
}

impl<'f> Search<'f> {
    fn of(db: &Db<'_>, filter: &'f MessageFilter) -> Result<Self, Fault> {
        let mut search = Self { from: "message m", number: "m.id", conditions: Vec::new(), values: Vec::new() };
        let given = given(db, filter)?;
        let is_named = filter.msg_id.is_some() || filter.conversation.is_some();
        let lead = if is_named { Some(given.len()) } else { lead(db, &given)? };
        for (at, one) in given.into_iter().enumerate() {
            search.add(db, one, lead.is_none_or(|lead| lead == at), lead == Some(at));
        }
        search.names(filter);
        search.times(db, filter)?;
        Ok(search)
    }

    fn bind(&mut self, value: impl Into<Value<'f>>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// A criterion; by its index, or row by row.
    fn add(&mut self, db: &Db<'_>, one: Given<'f>, by_index: bool, leads: bool) {
        let number = |column: &str| if by_index { format!("m.{column}") } else { format!("+m.{column}") };
        let text = |column: &str| if by_index { format!("m.{column}") } else { without_index(db, column) };
        let condition = match one {
            Given::State(state) => {
                let value = self.bind(state.as_str());
                let index = if by_index { format!(" AND m.{}", of_its_index(state)) } else { String::new() };
                format!("{} = {value}{index}", text("state"))
            }
            Given::Text(column, given) => format!("{} = {}", text(column), self.bind(given)),
            Given::Type(code) if by_index => of_type(db, code, &self.bind(code)),
            Given::Type(code) => format!("{} = {}", text("type_code"), self.bind(code)),
            Given::HerId(column, given) => format!("{} = {}", number(&column), self.bind(given)),
            Given::EitherHerId(side, given) => {
                let (party, organisation) = (number(&format!("{side}_party")), number(&format!("{side}_organisation")));
                let given = self.bind(given);
                format!("({party} = {given} OR {organisation} = {given})")
            }
            Given::Rule(rule) if leads => {
                // From the findings to the messages, not the other way round; and each message once.
                (self.from, self.number) = ("finding f CROSS JOIN message m", "f.message_id");
                let rule = self.bind(rule);
                format!(
                    "f.rule = {rule} AND m.id = f.message_id AND NOT EXISTS (SELECT 1 FROM finding g
                       WHERE g.rule = f.rule AND g.message_id = f.message_id AND g.position < f.position)"
                )
            }
            Given::Rule(rule) => {
                let rule = self.bind(rule);
                format!("EXISTS (SELECT 1 FROM finding f WHERE f.rule = {rule} AND f.message_id = m.id)")
            }
        };
        self.conditions.push(condition);
    }

    fn names(&mut self, filter: &'f MessageFilter) {
        if let Some(id) = &filter.msg_id {
            let (key, written) = (self.bind(id.key()), self.bind(id.as_written()));
            self.conditions.push(format!(
                "m.id IN (SELECT id FROM message WHERE msg_key = {key} AND turned_away IS NULL
                          UNION SELECT id FROM message WHERE msg_key = {key} AND turned_away IS NOT NULL
                          UNION SELECT message_id FROM delivery WHERE purpose = 'apprec' AND msg_id = {written})"
            ));
        }
        if let Some(id) = &filter.conversation {
            let key = self.bind(id.key());
            self.conditions.push(format!(
                "m.id IN (SELECT id FROM message WHERE conversation = {key} AND conversation <> msg_key
                          UNION SELECT id FROM message WHERE msg_key = {key} AND turned_away IS NULL)"
            ));
        }
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
            self.conditions.push(format!("{} >= {number} AND +m.received_at >= {since}", self.number));
        }
        // One bound, not two: SQLite begins at the first that it reads.
        let mut below = filter.before.map(|before| before.0);
        if let Some(until) = filter.until.map(Timestamp::as_millis) {
            let behind = first(until.saturating_add(DISORDER_MILLIS))?.map(|number| number.saturating_add(1));
            below = below.into_iter().chain(behind).min();
            let until = self.bind(until);
            self.conditions.push(format!("+m.received_at < {until}"));
        }
        if let Some(below) = below {
            let (number, below) = (self.number, self.bind(below));
            self.conditions.push(format!("{number} < {below}"));
        }
        Ok(())
    }
}

/// Which criterion leads: the only one, or the rarest. Where all are common a page is soon full whichever leads.
fn lead(db: &Db<'_>, given: &[Given<'_>]) -> Result<Option<usize>, Fault> {
    if given.len() < 2 {
        return Ok(Some(0));
    }
    let mut rarest = (COUNTED, None);
    for (at, one) in given.iter().enumerate() {
        let count = one.count(db)?;
        if count < rarest.0 {
            rarest = (count, Some(at));
        }
    }
    Ok(rarest.1)
}
