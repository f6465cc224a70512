//! Which messages are about whom, by pseudonyms: the number itself is never written.

use super::db::{Db, values};
use super::safe::Safe;
use crate::domain::{Fault, MessageId, PersonId};
use crate::vault::Pseudonym;

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
        db.execute(sql, values![&pseudonym.0[..], message.0])?;
    }
    Ok(())
}
