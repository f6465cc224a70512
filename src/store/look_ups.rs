//! Looking is an act: whoever asks for a patient, or for lines to take away, is written into the history before there is an answer.

use super::Store;
use super::chain::{COLUMNS, Line, line};
use super::content;
use super::db::{Db, values};
use super::history::Happened;
use super::patients;
use super::person;
use super::safe::Safe;
use crate::access::LogLine;
use crate::domain::{Actor, DeliveryId, Fault, MessageId, Particular, Particulars, PersonId, Timestamp, TrackingId};
use crate::pipeline::What;
use crate::vault::Pseudonym;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Of what the lines are wanted.
#[derive(Clone)]
pub enum Wanted {
    /// Of everything.
    All,
    /// Of one message.
    Message(TrackingId),
    /// Of the messages about a person, of the AppRecs that answer them, and of whoever has asked for that person.
    Patient(PersonId),
}

/// What is asked, by whom, and what for.
#[derive(Clone)]
pub struct Question {
    /// Of what.
    pub wanted: Wanted,
    /// Not what was written before this.
    pub since: Option<Timestamp>,
    /// Not what was written from this on.
    pub until: Option<Timestamp>,
    /// What for, in words that are safe to show.
    pub purpose: String,
    /// Who asks.
    pub who: Actor,
}

/// Lines of the history.
pub struct Found {
    /// The line that says that they were asked for.
    pub asked: i64,
    /// The pseudonym of the patient, if it was asked for one.
    pub patient: Option<Pseudonym>,
    /// How many numbers of that patient are linked to the one that was asked for.
    pub linked: usize,
    /// The lines, in order.
    pub lines: Vec<LogLine>,
}

/// How often it is written down that somebody looks at lists, in milliseconds: once an hour for each account.
const SUMMARY_MILLIS: i64 = 3_600_000;
/// So many of the latest look-ups are searched for the one of this hour.
const RECENT: i64 = 100;

impl Store {
    /// Answers a question, and has written down before that it was asked.
    pub async fn look_up(&self, question: Question, now: Timestamp) -> Result<Found, Fault> {
        let (asked, patient) = self.write_question(&question, What::LookedUp, now).await?;
        let read = move |db: &Db<'_>| {
            db.at_one_moment(|| {
                let numbers = numbers(db, &question, patient)?;
                let mut trackings = BTreeMap::new();
                let lines = numbers.iter().map(|number| log_line(db, *number, &mut trackings));
                let linked = patient.map(|one| person::all(db, one)).transpose()?.map_or(0, |all| all.len() - 1);
                Ok(Found { asked, patient, linked, lines: lines.collect::<Result<_, _>>()? })
            })
        };
        self.read(read).await
    }

    /// Writes down that somebody looks at lists and states, which show no content and no patient: in summary.
    pub async fn view(&self, who: Actor, now: Timestamp) -> Result<(), Fault> {
        self.writer.write(move |db| view(db, &who, now)).await
    }

    /// Writes down what is asked. Answers the number of that line, and the pseudonym of whom it is about.
    pub(super) async fn write_question(
        &self,
        question: &Question,
        what: What,
        now: Timestamp,
    ) -> Result<(i64, Option<Pseudonym>), Fault> {
        let (question, safe) = (question.clone(), Arc::clone(&self.safe));
        self.writer.write(move |db| write_question(db, &safe, &question, what, now)).await
    }
}

fn write_question(
    db: &Db<'_>,
    safe: &Safe,
    question: &Question,
    what: What,
    now: Timestamp,
) -> Result<(i64, Option<Pseudonym>), Fault> {
    let Question { wanted, since, until, purpose, who } = question;
    let patient = match wanted {
        Wanted::Patient(person) => Some(patients::pseudonym(db, safe, person)?),
        Wanted::All | Wanted::Message(_) => None,
    };
    let said = Particulars::default()
        .with("of", wanted.word())
        .maybe("patient", patient.map(|patient| Particular::Word(patient.to_string())))
        .maybe("since", *since)
        .maybe("until", *until)
        .with("purpose", Particular::Word(purpose.clone()));
    let message = match wanted {
        Wanted::Message(tracking) => Some(message_of(db, *tracking)?),
        Wanted::All | Wanted::Patient(_) => None,
    };
    let line = match message {
        Some(message) => Happened::to(message, now, what, purpose),
        None => Happened::in_the_log(now, what, purpose),
    };
    let number = line.by(who).saying(said).add(db)?;
    patients::of_line(db, number, patient.as_slice())?;
    Ok((number, patient))
}

impl Wanted {
    /// In a word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Message(_) => "message",
            Self::Patient(_) => "patient",
        }
    }
}

/// The message with this tracking id.
pub(super) fn message_of(db: &Db<'_>, tracking: TrackingId) -> Result<MessageId, Fault> {
    let sql = "SELECT id FROM message WHERE tracking = ?1";
    let found = db.one(sql, values![tracking.as_stored()], |row| row.get(0))?;
    found.map(MessageId).ok_or_else(|| Fault::lasting(format!("there is no message {tracking}")))
}

fn view(db: &Db<'_>, who: &Actor, now: Timestamp) -> Result<(), Fault> {
    let sql = "SELECT at, who, facts FROM history WHERE message_id IS NULL AND what = ?1 ORDER BY id DESC LIMIT ?2";
    let lists = Particulars::default().with("of", "lists");
    let said = Some(super::particulars::json(&lists)?);
    let of_this_hour = db.find(sql, values![What::LookedUp.as_str(), RECENT], |row| {
        let (at, by, facts): (i64, Option<String>, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let is_recent = now.as_millis() - at < SUMMARY_MILLIS;
        Ok((is_recent && by.as_deref() == Some(who.as_str()) && facts == said).then_some(()))
    })?;
    if of_this_hour.is_some() {
        return Ok(());
    }
    let why = "lists of messages and deliveries, within an hour from here";
    Happened::in_the_log(now, What::LookedUp, why).by(who).saying(lists).add(db).map(|_| ())
}

/// The numbers of the lines that are wanted, in order. Of everything: only those within the times.
pub(super) fn numbers(db: &Db<'_>, question: &Question, patient: Option<Pseudonym>) -> Result<BTreeSet<i64>, Fault> {
    let mut messages = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    match (&question.wanted, patient) {
        (Wanted::Message(tracking), _) => {
            messages.insert(message_of(db, *tracking)?.0);
        }
        (Wanted::Patient(_), Some(patient)) => {
            let linked = person::all(db, patient)?;
            messages.extend(patients::messages(db, &linked)?);
            numbers.extend(patients::lines(db, &linked)?);
        }
        (Wanted::Patient(_), None) | (Wanted::All, _) => {
            let (since, until) = bounds(question);
            let sql = "SELECT id FROM history WHERE at >= ?1 AND at < ?2";
            return Ok(db.all(sql, values![since, until], |row| row.get(0))?.into_iter().collect());
        }
    }
    for message in patients::with_answers(db, &messages)? {
        let sql = "SELECT id FROM history WHERE message_id = ?1";
        numbers.extend(db.all(sql, values![message], |row| row.get::<i64>(0))?);
    }
    within(db, numbers, question)
}

fn bounds(question: &Question) -> (i64, i64) {
    (question.since.map_or(i64::MIN, Timestamp::as_millis), question.until.map_or(i64::MAX, Timestamp::as_millis))
}

/// Those that were written within the times.
fn within(db: &Db<'_>, numbers: BTreeSet<i64>, question: &Question) -> Result<BTreeSet<i64>, Fault> {
    if question.since.is_none() && question.until.is_none() {
        return Ok(numbers);
    }
    let (since, until) = bounds(question);
    let mut left = BTreeSet::new();
    for number in numbers {
        let sql = "SELECT 1 FROM history WHERE id = ?1 AND at >= ?2 AND at < ?3";
        if db.exists(sql, values![number, since, until])? {
            left.insert(number);
        }
    }
    Ok(left)
}

fn log_line(db: &Db<'_>, number: i64, trackings: &mut BTreeMap<i64, Option<TrackingId>>) -> Result<LogLine, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM history h WHERE h.id = ?1");
    let gone = || Fault::lasting(format!("line {number} is gone; `bindeledd log verify` says more"));
    let (line, _) = db.one(&sql, values![number], line)?.ok_or_else(gone)?;
    let Line { number, message, delivery, at, what, why, who, facts } = line;
    let mut named = None;
    if let Some(message) = message {
        let tracking = match trackings.entry(message) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let sql = "SELECT id, tracking, received_at FROM message WHERE id = ?1";
                *place.insert(db.one(sql, values![message], |row| content::stored(row, 0))?.map(|stored| stored.tracking))
            }
        };
        named = tracking.map(|tracking| (MessageId(message), tracking));
    }
    Ok(LogLine {
        number,
        at: Timestamp::from_millis(at),
        message: named,
        delivery: delivery.map(DeliveryId),
        what,
        why,
        who,
        facts: facts.and_then(|facts| serde_json::from_str(facts.get()).ok()),
    })
}
