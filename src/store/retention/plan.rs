//! What will go, by class and month, and what stays although its time is over.

use super::holds::Held;
use super::lines::{Due, Stays};
use super::{content, lines, metadata};
use crate::domain::{Class, Fault, FirstKept, Month, Timestamp};
use crate::store::Store;
use crate::store::db::{Db, values};

/// Why something stays although its time is over.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum KeptBack {
    /// A person holds it.
    Held,
    /// It is on its way, or waits for an answer.
    UnderWay,
    /// A line says under what later lines were written.
    InForce,
    /// Lines of the last seal.
    LastSeal,
    /// Lines under no seal yet.
    NotSealed,
}

impl KeptBack {
    /// In a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::UnderWay => "under way",
            Self::InForce => "in force",
            Self::LastSeal => "the last seal",
            Self::NotSealed => "not sealed",
        }
    }
}

/// What there is of a class and a month whose time is over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanRow {
    /// Of which class.
    pub class: Class,
    /// Of which month.
    pub month: Month,
    /// How many messages will go; of the history: lines.
    pub goes: i64,
    /// How many bytes that is, roughly.
    pub bytes: i64,
    /// How many stay, and why. Content goes by the whole month, so that here only those count that keep it.
    pub stays: Vec<(KeptBack, i64)>,
}

/// What a message takes without its content, and a line without its words, roughly, with its share of the indexes.
const MESSAGE_BYTES: i64 = 1_800;
const LINE_BYTES: i64 = 200;

impl Store {
    /// What of that which is older than the first months that are kept will go, oldest first in each class; of months that are not over,
    /// what would go if they were.
    pub async fn plan(&self, first_kept: FirstKept, now: Timestamp) -> Result<Vec<PlanRow>, Fault> {
        self.read(move |db| {
            let mut rows = Vec::new();
            for class in Class::ALL {
                match first_kept.of(class) {
                    None => {}
                    Some(month) => match class {
                        Class::Content => rows.extend(of_content(db, month)?),
                        Class::Metadata => rows.extend(of_metadata(db, month, now)?),
                        Class::History => rows.extend(of_history(db, month)?),
                    },
                }
            }
            Ok(rows)
        })
        .await
    }

    /// Whether a message came at or after one moment and before another.
    pub async fn came_between(&self, since: Timestamp, until: Timestamp) -> Result<bool, Fault> {
        let sql = "SELECT 1 FROM message WHERE received_at >= ?1 AND received_at < ?2";
        self.read(move |db| db.exists(sql, values![since.as_millis(), until.as_millis()])).await
    }
}

fn of_content(db: &Db<'_>, first_kept: Month) -> Result<Vec<PlanRow>, Fault> {
    let row = |row: content::MonthRow| {
        let stays = [(KeptBack::Held, row.held), (KeptBack::UnderWay, row.under_way)];
        let stays: Vec<_> = stays.into_iter().filter(|(_, count)| *count > 0).collect();
        let (goes, bytes) = if stays.is_empty() { (row.messages, row.bytes) } else { (0, 0) };
        PlanRow { class: Class::Content, month: row.month, goes, bytes, stays }
    };
    Ok(content::months_before(db, first_kept.start())?.into_iter().map(row).collect())
}

fn of_metadata(db: &Db<'_>, first_kept: Month, now: Timestamp) -> Result<Vec<PlanRow>, Fault> {
    let held = Held::now(db)?;
    let row = |month| {
        let (all, under_way, kept) = metadata::counts(db, &held, month, now)?;
        let goes = all - under_way - kept;
        let stays = [(KeptBack::Held, kept), (KeptBack::UnderWay, under_way)];
        let stays = stays.into_iter().filter(|(_, count)| *count > 0).collect();
        Ok(PlanRow { class: Class::Metadata, month, goes, bytes: goes * MESSAGE_BYTES, stays })
    };
    metadata::months_before(db, first_kept)?.into_iter().map(row).collect()
}

fn of_history(db: &Db<'_>, first_kept: Month) -> Result<Vec<PlanRow>, Fault> {
    let mut rows: Vec<PlanRow> = Vec::new();
    for Due { seal, month, stays } in lines::due(db, first_kept)? {
        let (first, last, count) = (seal.first as i64, seal.last as i64, seal.lines() as i64);
        match stays {
            Some(stays) => add(&mut rows, month, Some((why(stays), count)), (0, 0)),
            None => {
                let sql = format!(
                    "SELECT CAST(coalesce(sum(length(why) + coalesce(length(facts), 0)), 0) AS {}) FROM history WHERE id BETWEEN ?1 AND ?2",
                    db.of_home("INTEGER", "bigint")
                );
                let words: i64 = db.one(&sql, values![first, last], |row| row.get(0))?.unwrap_or_default();
                add(&mut rows, month, None, (count, words + count * LINE_BYTES));
            }
        }
    }
    let sql = "SELECT at FROM history WHERE id > (SELECT coalesce(max(last), 0) FROM seal) AND at < ?1";
    for at in db.all(sql, values![first_kept.start().as_millis()], |row| row.get(0))? {
        add(&mut rows, Month::of(Timestamp::from_millis(at)), Some((KeptBack::NotSealed, 1)), (0, 0));
    }
    Ok(rows)
}

fn why(stays: Stays) -> KeptBack {
    match stays {
        Stays::Held => KeptBack::Held,
        Stays::InForce => KeptBack::InForce,
        Stays::Last => KeptBack::LastSeal,
    }
}

fn add(rows: &mut Vec<PlanRow>, month: Month, stays: Option<(KeptBack, i64)>, (goes, bytes): (i64, i64)) {
    let at = rows.iter().position(|row| row.month == month).unwrap_or_else(|| {
        rows.push(PlanRow { class: Class::History, month, goes: 0, bytes: 0, stays: Vec::new() });
        rows.len() - 1
    });
    let row = &mut rows[at];
    (row.goes, row.bytes) = (row.goes + goes, row.bytes + bytes);
    if let Some((why, count)) = stays {
        match row.stays.iter_mut().find(|(one, _)| *one == why) {
            Some((_, all)) => *all += count,
            None => row.stays.push((why, count)),
        }
    }
}
