//! Pauses: nothing is handed over to a partner for a while, because a person says so: its system is down, or about to be. What comes for
//! it meanwhile waits, and nobody is told that it failed.

use super::Store;
use super::columns::{maybe_time, time};
use super::db::{Db, Row, values};
use super::history::Happened;
use crate::domain::{Actor, Fault, Particulars, PartnerName, Timestamp};
use crate::pipeline::What;

/// What somebody wants paused.
#[derive(Clone, Debug)]
pub struct ToPause {
    /// Deliveries to whom.
    pub partner: PartnerName,
    /// From when on.
    pub since: Timestamp,
    /// Until when; `None`: until somebody ends it. Later than `since`.
    pub until: Option<Timestamp>,
}

/// A pause that has not ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PauseRow {
    /// Its number.
    pub number: i64,
    /// Deliveries to whom; a name that may be gone from the configuration.
    pub partner: String,
    /// From when on; it may lie ahead.
    pub since: Timestamp,
    /// Until when, if that is known.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: String,
    /// Who asked for it.
    pub who: String,
    /// The line that says so.
    pub line: i64,
}

/// What waits for a partner.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Waiting {
    /// Deliveries that are not out yet.
    pub not_out: u64,
    /// Deliveries that were given up.
    pub dead: u64,
}

/// True for a row of `delivery`, by this name, whose partner is not paused at the moment of this parameter.
pub(super) fn not_paused(delivery: &str, now: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM pause p WHERE p.partner = {delivery}.partner AND p.ended_at IS NULL AND p.since <= {now}
                       AND (p.until IS NULL OR p.until > {now}))"
    )
}

/// When the last pause of its partner ended: no delivery has been waiting to be tried for longer than since then.
pub(super) fn last_end(delivery: &str, now: &str) -> String {
    let end = "coalesce(p.ended_at, p.until)";
    format!("(SELECT max({end}) FROM pause p WHERE p.partner = {delivery}.partner AND {end} > p.since AND {end} <= {now})")
}

impl Store {
    /// Pauses deliveries to a partner. Attempts under way come to their end. Answers the number of the pause.
    pub async fn pause(&self, what: ToPause, reason: String, who: Actor, now: Timestamp) -> Result<i64, Fault> {
        self.writer.write(move |db| pause(db, &what, &reason, &who, now)).await
    }

    /// Ends the pauses of a partner that run now, and takes back those that lie ahead if `also_planned`. Answers how many.
    pub async fn resume(
        &self,
        partner: PartnerName,
        also_planned: bool,
        reason: String,
        who: Actor,
        now: Timestamp,
    ) -> Result<usize, Fault> {
        self.writer.write(move |db| resume(db, &partner, also_planned, &reason, &who, now)).await
    }

    /// Pauses that run or lie ahead, in the order in which they begin.
    pub async fn pauses(&self, now: Timestamp) -> Result<Vec<PauseRow>, Fault> {
        let sql = "SELECT number, partner, since, until, reason, who, line FROM pause
                   WHERE ended_at IS NULL AND (until IS NULL OR until > ?1) ORDER BY since, number";
        self.read(move |db| db.all(sql, values![now.as_millis()], row)).await
    }

    /// What waits for each partner for whom something does, by name.
    pub async fn waiting(&self) -> Result<Vec<(String, Waiting)>, Fault> {
        self.read(|db| {
            let mut waiting = std::collections::BTreeMap::<String, Waiting>::new();
            for state in ["behind", "queued", "sending", "dead"] {
                // Each state by itself, for each has an index over it alone.
                let sql = format!("SELECT partner, count(*) FROM delivery WHERE state = '{state}' GROUP BY partner");
                for (partner, count) in db.all(&sql, &[], |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)))? {
                    let (of, count) = (waiting.entry(partner).or_default(), u64::try_from(count).unwrap_or_default());
                    *(if state == "dead" { &mut of.dead } else { &mut of.not_out }) += count;
                }
            }
            Ok(waiting.into_iter().collect())
        })
        .await
    }
}

fn row(row: &Row<'_>) -> Result<PauseRow, Fault> {
    Ok(PauseRow {
        number: row.get(0)?,
        partner: row.get(1)?,
        since: time(row, 2)?,
        until: maybe_time(row, 3)?,
        reason: row.get(4)?,
        who: row.get(5)?,
        line: row.get(6)?,
    })
}

fn pause(db: &Db<'_>, what: &ToPause, reason: &str, who: &Actor, now: Timestamp) -> Result<i64, Fault> {
    let number: i64 = db.one("SELECT coalesce(max(number), 0) + 1 FROM pause", &[], |row| row.get(0))?.unwrap_or(1);
    let said = about(&what.partner, number).with("from", what.since);
    let said = what.until.into_iter().fold(said, |said, until| said.with("until", until));
    let line = Happened::in_the_log(now, What::Paused, reason).by(who).saying(said).add(db)?;
    let sql = "INSERT INTO pause (number, partner, since, until, reason, who, line) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let (since, until) = (what.since.as_millis(), what.until.map(Timestamp::as_millis));
    db.execute(sql, values![number, what.partner.as_str(), since, until, reason, who.as_str(), line])?;
    Ok(number)
}

fn about(partner: &PartnerName, number: i64) -> Particulars {
    Particulars::default().with("partner", partner).with("pause", number)
}

fn resume(
    db: &Db<'_>,
    partner: &PartnerName,
    also_planned: bool,
    reason: &str,
    who: &Actor,
    now: Timestamp,
) -> Result<usize, Fault> {
    let sql = "SELECT number FROM pause WHERE partner = ?1 AND ended_at IS NULL AND (until IS NULL OR until > ?2)
                 AND (since <= ?2 OR ?3 = 1) ORDER BY number";
    let given = values![partner.as_str(), now.as_millis(), i64::from(also_planned)];
    let numbers = db.all(sql, given, |row| row.get::<i64>(0))?;
    for number in &numbers {
        db.execute("UPDATE pause SET ended_at = ?2 WHERE number = ?1", values![*number, now.as_millis()])?;
        Happened::in_the_log(now, What::Resumed, reason).by(who).saying(about(partner, *number)).add(db)?;
    }
    Ok(numbers.len())
}
