//! The door: whether a partner may hand this message over at all. Those who may not are told at once, by their transport.

use crate::domain::PartnerName;
use crate::messages::Parsed;
use crate::messages::arrival_rules::r004_sender_can_be_determined as r004;
use crate::routing::Directory;
use crate::rulebook::Finding;

/// Why a message is not let in.
#[derive(Clone, Debug)]
pub enum NotAdmitted {
    /// Nobody can be answered: the sender is not named by any HER-id.
    NoSender(Vec<Finding>),
    /// The partner does not own the sender's HER-id.
    ForeignSender,
}

/// Lets a message in when its sender is one of the partner's own.
pub fn admit(parsed: &Parsed, partner: &PartnerName, directory: &Directory) -> Result<(), NotAdmitted> {
    let sender = parsed.envelope.sender.address();
    if sender.most_exact().is_none() {
        let about_sender = |finding: &&Finding| finding.rule.id == r004::RULE.id;
        let findings = parsed.findings.iter().filter(about_sender).cloned().collect();
        return Err(NotAdmitted::NoSender(findings));
    }
    if directory.may_send_as(partner, sender) { Ok(()) } else { Err(NotAdmitted::ForeignSender) }
}
