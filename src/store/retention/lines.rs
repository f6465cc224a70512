//! Removes lines of the history that were kept long enough, by whole seals. The seals stay, and a line that is signed for says which
//! are emptied: all of them, also those that earlier lines said, which may be removed themselves.

use super::content::Because;
use super::holds::Held;
use crate::domain::{Fault, Month, Particulars, Timestamp};
use crate::pipeline::What;
use crate::proof::{Gap, Interval, PublicKey, Removal, Seal, leaf};
use crate::store::chain::{COLUMNS, line};
use crate::store::db::{Db, values};
use crate::store::safe::Safe;
use crate::store::{Store, removals};
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many lines go in one transaction, or those of one seal.
const LINES_AT_ONCE: u64 = 4_000;

/// Why the lines of a seal stay although their time is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stays {
    /// Some are held.
    Held,
    /// One says under what later lines were written.
    InForce,
    /// It is the last seal.
    Last,
}

/// A seal whose time is over.
pub(super) struct Due {
    pub(super) seal: Seal,
    /// When its last line was written.
    pub(super) month: Month,
    pub(super) stays: Option<Stays>,
}

impl Store {
    /// Removes the lines of some seals. Answers how many, and whether there may be more.
    pub(super) async fn remove_some_lines(
        &self,
        first_kept: Month,
        because: Because,
        now: Timestamp,
    ) -> Result<(i64, bool), Fault> {
        let goes: Vec<Seal> = self
            .read(move |db| {
                let due = due(db, first_kept)?.into_iter().filter(|due| due.stays.is_none());
                let (mut lines, mut some) = (0, Vec::new());
                for Due { seal, .. } in due {
                    if lines > 0 && lines + seal.lines() > LINES_AT_ONCE {
                        break;
                    }
                    lines += seal.lines();
                    some.push(seal);
                }
                Ok(some)
            })
            .await?;
        if goes.is_empty() {
            return Ok((0, false));
        }
        let safe = Arc::clone(&self.safe);
        let removed = self.writer.write(move |db| remove(db, &safe, &goes, &because, now)).await?;
        Ok((removed, true))
    }
}

/// The seals whose lines were all written before a month, and are there; with why some stay.
pub(super) fn due(db: &Db<'_>, first_kept: Month) -> Result<Vec<Due>, Fault> {
    let sql = "SELECT s.text, h.at, s.number = (SELECT max(number) FROM seal) FROM seal s JOIN history h ON h.id = s.last
               WHERE h.at < ?1 ORDER BY s.number";
    let mut due = Vec::new();
    db.each(sql, values![first_kept.start().as_millis()], |row| {
        let seal = Seal::parse(&row.get::<String>(0)?);
        let seal = seal.map_err(|_| Fault::lasting("a seal is none; `bindeledd log verify` says where"))?;
        let month = Month::of(Timestamp::from_millis(row.get(1)?));
        due.push(Due { seal, month, stays: row.get::<bool>(2)?.then_some(Stays::Last) });
        Ok(())
    })?;
    let held = Held::now(db)?;
    let lines = held.lines(db)?;
    for Due { seal, stays, .. } in &mut due {
        let (first, last) = (seal.first as i64, seal.last as i64);
        if stays.is_none() && (lines.range(first..=last).next().is_some() || held.has_lines_of(db, first, last)?) {
            *stays = Some(Stays::Held);
        }
    }
    keep_what_is_in_force(db, &mut due)?;
    Ok(due)
}

/// A line that says under what the gateway works is kept as long as lines that were written under it.
fn keep_what_is_in_force(db: &Db<'_>, due: &mut [Due]) -> Result<(), Fault> {
    let sql = "SELECT id FROM history WHERE message_id IS NULL AND what = ?1 ORDER BY id";
    let said = db.all(sql, values![What::Configured.as_str()], |row| row.get::<i64>(0))?;
    let said: BTreeSet<i64> = said.into_iter().collect();
    let kept = due.iter().filter(|due| due.stays.is_some()).map(|due| due.seal.first as i64);
    let behind = due.last().map(|due| due.seal.last as i64 + 1);
    let in_force = kept.chain(behind).filter_map(|first| said.range(..first).next_back().copied());
    let in_force: BTreeSet<i64> = in_force.collect();
    for Due { seal, stays, .. } in due {
        let has = in_force.range(seal.first as i64..=seal.last as i64).next().is_some();
        *stays = stays.or(has.then_some(Stays::InForce));
    }
    Ok(())
}

fn remove(db: &Db<'_>, safe: &Safe, goes: &[Seal], because: &Because, now: Timestamp) -> Result<i64, Fault> {
    let not_whole =
        |what: String| Fault::lasting(format!("no lines are removed: {what}; `bindeledd log verify` says where"));
    let signing = safe.signing(db)?;
    let mut seals = Vec::new();
    db.each("SELECT text FROM seal ORDER BY number", &[], |row| {
        let seal = Seal::parse(&row.get::<String>(0)?).map_err(|_| not_whole("a seal is none".into()))?;
        seals.push(seal);
        Ok(())
    })?;
    let held = Held::now(db)?;
    let held_lines = held.lines(db)?;
    for seal in goes {
        let (first, last) = (seal.first as i64, seal.last as i64);
        if held_lines.range(first..=last).next().is_some() || held.has_lines_of(db, first, last)? {
            return Err(Fault::passing("what is to be removed was held meanwhile"));
        }
        // What is not what was sealed must be found, and not be removed.
        if !is_whole(db, &seals, seal)? {
            return Err(not_whole(format!("seal {} is not over its lines, or they are gone", seal.number)));
        }
    }
    // What earlier lines said is believed only where the log has signed it.
    let before = removals::newest(db, &seals, Some(&PublicKey(signing.public())))?;
    let gaps = with(before.map(|before| before.gaps).unwrap_or_default(), goes, &seals);
    let lines: i64 = goes.iter().map(|seal| seal.lines() as i64).sum();
    let said = Particulars::default().with("removed", "history").with("lines", lines);
    let said = said.and(Removal::particulars(&gaps, |text| signing.sign(text)));
    let word = if goes.len() == 1 { "seal" } else { "seals" };
    let number = because.write(db, now, &format!("{lines} lines of the history, of {} {word}", goes.len()), said)?;
    for seal in goes {
        let (first, last) = (seal.first as i64, seal.last as i64);
        let sql = "INSERT INTO emptied (last, first, seal, line) VALUES (?1, ?2, ?3, ?4)";
        db.execute(sql, values![last, first, seal.number as i64, number])?;
        db.execute("DELETE FROM history WHERE id BETWEEN ?1 AND ?2", values![first, last])?;
        db.execute("DELETE FROM patient_line WHERE line BETWEEN ?1 AND ?2", values![first, last])?;
    }
    Ok(lines)
}

/// Whether a seal is still over the lines that are there.
fn is_whole(db: &Db<'_>, seals: &[Seal], seal: &Seal) -> Result<bool, Fault> {
    let at = usize::try_from(seal.number - 1).unwrap_or(usize::MAX);
    let before = at.checked_sub(1).and_then(|before| seals.get(before));
    if seals.get(at) != Some(seal) || !seal.follows(before) {
        return Ok(false);
    }
    let (mut interval, mut expected) = (Interval::after(before), seal.first as i64);
    let sql = format!("SELECT {COLUMNS} FROM history h WHERE h.id BETWEEN ?1 AND ?2 ORDER BY h.id");
    db.each(&sql, values![seal.first as i64, seal.last as i64], |row| {
        let (line, _) = line(row)?;
        interval.add(leaf(line.text()?.as_bytes()));
        expected += i64::from(line.number == expected);
        Ok(())
    })?;
    let made = interval.seal(Timestamp::from_millis(seal.at));
    Ok(expected == seal.last as i64 + 1 && made.as_ref() == Some(seal))
}

/// All gaps, with those that come now.
fn with(before: Vec<Gap>, goes: &[Seal], seals: &[Seal]) -> Vec<Gap> {
    let earlier = before.iter().flat_map(|gap| gap.seals.0..=gap.seals.1);
    let all: BTreeSet<u64> = earlier.chain(goes.iter().map(|seal| seal.number)).collect();
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for number in all {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let seals_of = |(first, last): (u64, u64)| {
        let (first, last) = (usize::try_from(first - 1).ok()?, usize::try_from(last).ok()?);
        Gap::over(seals.get(first..last)?)
    };
    runs.into_iter().filter_map(seals_of).collect()
}
