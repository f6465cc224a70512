//! Fetches the earlier messages that a translation may need: only what the partner that brings the message has a part in itself.

use super::Store;
use super::columns::{OrFault, her_id_column};
use crate::domain::{Address, Fault, Ident, PartnerName};
use crate::messages::recall;
use crate::pipeline::EarlierWanted;
use crate::translation::versions::Known;
use crate::xml::Limits;
use rusqlite::{Row, params};

/// So many of the latest notices of a sender about stays are looked through for one of the patient.
const RECENT: i64 = 2_000;

impl Store {
    /// What is known of what is wanted; what is not there is not known, which is no fault.
    pub fn earlier(&self, wanted: &EarlierWanted<'_>, partner: &PartnerName, limits: &Limits) -> Result<Known, Fault> {
        let mut known = Known::default();
        if let Some(thread) = wanted.thread {
            known.parent = self.known_to(partner, &thread.parent)?;
            if thread.parent != thread.conversation {
                known.first = self.known_to(partner, &thread.conversation)?;
            }
        }
        if let Some((patient, sender)) = wanted.stay {
            known.admission = self.open_stay(partner, patient, sender, limits)?;
        }
        Ok(known)
    }

    /// The latest notice of this sender about a stay of this patient, if it says that the stay began. One that says that it ended,
    /// that the notice was cancelled, or that the patient died, tells of no open stay.
    fn open_stay(
        &self,
        partner: &PartnerName,
        patient: &[Ident],
        sender: Address,
        limits: &Limits,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let Some(organisation) = sender.organisation else { return Ok(None) };
        let sql = "SELECT c.bytes FROM message m JOIN content c ON c.message_id = m.id
                   WHERE m.sender_organisation = ?1 AND m.partner = ?2 AND m.state = 'accepted'
                     AND m.type_code IN ('LOG_INNLAGT', 'LOG_UTSKREVET', 'LOG_DOD')
                   ORDER BY m.id DESC LIMIT ?3";
        self.read(|connection| {
            let mut select = connection.prepare_cached(sql).or_fault()?;
            let bytes = |row: &Row<'_>| row.get::<_, Vec<u8>>(0);
            let number = her_id_column(Some(organisation));
            let rows = select.query_map(params![number, partner.as_str(), RECENT], bytes).or_fault()?;
            for bytes in rows {
                let bytes = bytes.or_fault()?;
                let Some(notice) = recall(&bytes, limits) else { continue };
                let is_same = |one: &Ident| patient.iter().any(|other| one.says_the_same_as(other));
                if notice.patient.iter().any(is_same) {
                    let begins = notice.type_code == "LOG_INNLAGT" && notice.status != "C";
                    return Ok(begins.then_some(bytes));
                }
            }
            Ok(None)
        })
    }
}
