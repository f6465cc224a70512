//! an AppRec after 96 hours is late, and still counts.

use crate::domain::Text;
use crate::domain::Timestamp;
use crate::rulebook::{Consequence, Enforced, Finding, Rule};
use std::time::Duration;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-101",
    name: "late_apprec_is_tolerated",
    holds: Text {
        en: "An AppRec comes within 96 hours of GenDate; a late one still counts",
        nb: "Applikasjonskvittering kommer innen 96 timer fra GenDate; en forsinket teller likevel",
        nn: "Applikasjonskvittering kjem innan 96 timar frå GenDate; ei forseinka tel likevel",
    },
    hint: Text {
        en: "Find out why the receiving system answers so late",
        nb: "Finn ut hvorfor mottakersystemet svarer så sent",
        nn: "Finn ut kvifor mottakarsystemet svarer så seint",
    },
    source: "HIS 80415:2012, 3.3.4, with errata 2017 and 2019",
    incoming: Consequence::Note,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Path,
};

/// How long a sender waits before silence counts as a refusal.
pub const PATIENCE: Duration = Duration::from_secs(96 * 60 * 60);

/// When an AppRec is overdue: 96 hours after GenDate, or after arrival if GenDate cannot be read or lies in the future.
pub fn deadline(generated_at: Option<Timestamp>, arrived_at: Timestamp) -> Timestamp {
    generated_at.unwrap_or(arrived_at).min(arrived_at).plus(PATIENCE)
}

/// The finding on an AppRec that comes after its deadline.
pub fn check(deadline: Option<Timestamp>, now: Timestamp) -> Option<Finding> {
    deadline.is_some_and(|deadline| now > deadline).then(|| Finding::new(&RULE))
}
