//! Fetches the earlier messages that a translation may need: only what the partner that brings the message has a part in itself.

use super::Store;
use super::columns::her_id_column;
use super::content;
use super::conversation::{bytes, known_to};
use super::db::{Db, values};
use super::safe::Safe;
use crate::domain::{Address, Fault, Ident, PartnerName};
use crate::messages::recall;
use crate::pipeline::EarlierWanted;
use crate::translation::versions::Known;
use crate::xml::Limits;
use std::sync::Arc;

/// So many of the latest notices of a sender about stays are looked through for one of the patient.
const RECENT: i64 = 2_000;

impl Store {
    /// What is known of what is wanted; what is not there is not known, which is no fault.
    pub async fn earlier(&self, wanted: &EarlierWanted<'_>, partner: &PartnerName, limits: &Limits) -> Result<Known, Fault> {
        if wanted.thread.is_none() && wanted.stay.is_none() {
            return Ok(Known::default());
        }
        let thread = wanted.thread.cloned();
        let stay = wanted.stay.map(|(patient, sender)| (patient.to_vec(), sender));
        let (partner, limits, safe) = (partner.clone(), *limits, Arc::clone(&self.safe));
        self.read(move |db| {
            let mut known = Known::default();
            if let Some(thread) = thread {
                known.parent = known_to(db, &safe, &partner, &thread.parent)?;
                if thread.parent != thread.conversation {
                    known.first = known_to(db, &safe, &partner, &thread.conversation)?;
                }
            }
            if let Some((patient, sender)) = stay {
                known.admission = open_stay(db, &safe, &partner, &patient, sender, &limits)?;
            }
            Ok(known)
        })
        .await
    }
}

/// The latest notice of this sender about a stay of this patient, if it says that the stay began. One that says that it ended,
/// that the notice was cancelled, or that the patient died, tells of no open stay.
fn open_stay(
    db: &Db<'_>,
    safe: &Safe,
    partner: &PartnerName,
    patient: &[Ident],
    sender: Address,
    limits: &Limits,
) -> Result<Option<Vec<u8>>, Fault> {
    let Some(organisation) = sender.organisation else { return Ok(None) };
    let sql = "SELECT m.id, m.tracking, m.received_at FROM message m
               WHERE m.sender_organisation = ?1 AND m.partner = ?2 AND m.state = 'accepted'
                 AND m.type_code IN ('LOG_INNLAGT', 'LOG_UTSKREVET', 'LOG_DOD')
               ORDER BY m.id DESC LIMIT ?3";
    let values = values![her_id_column(Some(organisation)), partner.as_str(), RECENT];
    for stored in db.all(sql, values, |row| content::stored(row, 0))? {
        let Some(bytes) = bytes(db, safe, Some(stored))? else { continue };
        let Some(notice) = recall(&bytes, limits) else { continue };
        let is_same = |one: &Ident| patient.iter().any(|other| one.says_the_same_as(other));
        if notice.patient.iter().any(is_same) {
            let begins = notice.type_code == "LOG_INNLAGT" && notice.status != "C";
            return Ok(begins.then_some(bytes));
        }
    }
    Ok(None)
}
