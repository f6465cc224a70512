//! Which messages, and which lines, are about whom, by pseudonyms: the number itself is never written.

use super::db::{Db, values};
use super::safe::Safe;
use crate::domain::{Fault, MessageId, PersonId};
use crate::vault::Pseudonym;
use std::collections::BTreeSet;

/// The pseudonym of somebody who is asked for.
pub(super) fn pseudonym(db: &Db<'_>, safe: &Safe, person: &PersonId) -> Result<Pseudonym, Fault> {
    safe.pseudonym(db, person)?.ok_or_else(|| Fault::lasting("the number of the patient is empty"))
}

/// The pseudonyms of some people, each once.
pub(super) fn pseudonyms(db: &Db<'_>, safe: &Safe, people: &[PersonId]) -> Result<Vec<Pseudonym>, Fault> {
    let mut pseudonyms = Vec::new();
    for person in people {
        pseudonyms.extend(safe.pseudonym(db, person)?);
    }
    pseudonyms.sort();
    pseudonyms.dedup();
    Ok(pseudonyms)
}

/// Writes down whom a message is about.
pub(super) fn of_message(db: &Db<'_>, message: MessageId, pseudonyms: &[Pseudonym]) -> Result<(), Fault> {
    for pseudonym in pseudonyms {
        let sql = "INSERT INTO patient (pseudonym, message_id) VALUES (?1, ?2)";
        db.tell(sql, values![&pseudonym.0[..], message.0])?;
    }
    Ok(())
}

/// Writes down whom a line is about that is about no message.
pub(super) fn of_line(db: &Db<'_>, line: i64, pseudonyms: &[Pseudonym]) -> Result<(), Fault> {
    for pseudonym in pseudonyms {
        db.execute("INSERT INTO patient_line (pseudonym, line) VALUES (?1, ?2)", values![&pseudonym.0[..], line])?;
    }
    Ok(())
}

/// The messages about one of them.
pub(super) fn messages(db: &Db<'_>, pseudonyms: &[Pseudonym]) -> Result<BTreeSet<i64>, Fault> {
    all(db, "SELECT message_id FROM patient WHERE pseudonym = ?1", pseudonyms)
}

/// The lines about one of them that are about no message.
pub(super) fn lines(db: &Db<'_>, pseudonyms: &[Pseudonym]) -> Result<BTreeSet<i64>, Fault> {
    all(db, "SELECT line FROM patient_line WHERE pseudonym = ?1", pseudonyms)
}

fn all(db: &Db<'_>, sql: &str, pseudonyms: &[Pseudonym]) -> Result<BTreeSet<i64>, Fault> {
    let mut found = BTreeSet::new();
    for pseudonym in pseudonyms {
        found.extend(db.all(sql, values![&pseudonym.0[..]], |row| row.get::<i64>(0))?);
    }
    Ok(found)
}

/// Some messages, and the AppRecs that answer them: these name no patient, and belong to what they answer.
pub(super) fn with_answers(db: &Db<'_>, messages: &BTreeSet<i64>) -> Result<BTreeSet<i64>, Fault> {
    let mut with_answers = messages.clone();
    for message in messages {
        let sql = "SELECT answered_by FROM delivery WHERE message_id = ?1 AND answered_by IS NOT NULL";
        with_answers.extend(db.all(sql, values![*message], |row| row.get::<i64>(0))?);
    }
    Ok(with_answers)
}
