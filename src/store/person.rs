//! Numbers that are one person's: a D-number that became a national identity number. Somebody who knows says so, and can take it back;
//! no message decides it, for a wrong number in one would show a stranger's messages to whoever asks.

use super::Store;
use super::db::{Db, values};
use super::history::Happened;
use super::patients;
use crate::domain::{Actor, Fault, Particular, Particulars, PersonId, Timestamp};
use crate::pipeline::What;
use crate::vault::Pseudonym;
use std::sync::Arc;

/// What became of a wish to link or to unlink.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Linked {
    /// It was done; this line of the history says so, and the person has so many numbers now.
    Done {
        /// The line.
        line: i64,
        /// How many numbers.
        numbers: usize,
    },
    /// It was so already.
    Already,
}

impl Store {
    /// From here on both numbers are one person's, with all that were linked to either before.
    pub async fn link_numbers(
        &self,
        one: PersonId,
        other: PersonId,
        reason: String,
        who: Actor,
        now: Timestamp,
    ) -> Result<Linked, Fault> {
        let safe = Arc::clone(&self.safe);
        let job = move |db: &Db<'_>| {
            let (one, other) = (patients::pseudonym(db, &safe, &one)?, patients::pseudonym(db, &safe, &other)?);
            let mut numbers = all(db, one)?;
            if numbers.contains(&other) {
                return Ok(Linked::Already);
            }
            numbers.extend(all(db, other)?);
            name(db, &numbers)?;
            let said =
                Particulars::default().with("linked", "numbers").with("patient", word(one)).with("other", word(other));
            let line = Happened::in_the_log(now, What::Linked, &reason).by(&who).saying(said).add(db)?;
            patients::of_line(db, line, &[one, other])?;
            Ok(Linked::Done { line, numbers: numbers.len() })
        };
        self.writer.write(job).await
    }

    /// From here on a number stands for itself again.
    pub async fn unlink_number(&self, one: PersonId, reason: String, who: Actor, now: Timestamp) -> Result<Linked, Fault> {
        let safe = Arc::clone(&self.safe);
        let job = move |db: &Db<'_>| {
            let one = patients::pseudonym(db, &safe, &one)?;
            let numbers = all(db, one)?;
            let others: Vec<_> = numbers.iter().copied().filter(|other| *other != one).collect();
            if others.is_empty() {
                return Ok(Linked::Already);
            }
            // The one that goes may be the one by which the others are named.
            for pseudonym in &numbers {
                db.execute("DELETE FROM person WHERE pseudonym = ?1", values![&pseudonym.0[..]])?;
            }
            if others.len() > 1 {
                name(db, &others)?;
            }
            let said = Particulars::default().with("unlinked", "number").with("patient", word(one));
            let line = Happened::in_the_log(now, What::Linked, &reason).by(&who).saying(said).add(db)?;
            patients::of_line(db, line, &numbers)?;
            Ok(Linked::Done { line, numbers: 1 })
        };
        self.writer.write(job).await
    }
}

/// All pseudonyms of a person by one of them, in a fixed order; that one alone where nothing is linked to it.
pub(super) fn all(db: &Db<'_>, one: Pseudonym) -> Result<Vec<Pseudonym>, Fault> {
    let sql = "SELECT p.pseudonym FROM person p WHERE p.person = (SELECT person FROM person WHERE pseudonym = ?1) ORDER BY p.pseudonym";
    let linked = db.all(sql, values![&one.0[..]], |row| row.get::<[u8; 16]>(0).map(Pseudonym))?;
    Ok(if linked.is_empty() { vec![one] } else { linked })
}

/// Names them by the first of them.
fn name(db: &Db<'_>, pseudonyms: &[Pseudonym]) -> Result<(), Fault> {
    for pseudonym in pseudonyms {
        let sql = "INSERT INTO person (pseudonym, person) VALUES (?1, ?2)
                   ON CONFLICT (pseudonym) DO UPDATE SET person = excluded.person";
        db.execute(sql, values![&pseudonym.0[..], &pseudonyms[0].0[..]])?;
    }
    Ok(())
}

fn word(pseudonym: Pseudonym) -> Particular {
    Particular::Word(pseudonym.to_string())
}
