//! The door: whether a partner may hand this message over at all. Those who may not are told at once, by their transport.

use crate::domain::{PartnerName, Timestamp};
use crate::messages::Parsed;
use crate::messages::arrival_rules::r004_sender_can_be_determined as r004;
use crate::messages::msghead::rules::{RECEIVER_CHECKS, r025_gendate_is_of_our_time as r025};
use crate::routing::Directory;
use crate::rulebook::{Direction, Finding, Findings};

/// Why a message is not let in.
#[derive(Clone, Debug)]
pub enum NotAdmitted {
    /// Nobody can be answered: the sender is not named by any HER-id.
    NoSender(Vec<Finding>),
    /// The partner does not own the sender's HER-id.
    ForeignSender,
    /// Its sender's own system is about to send it, and it may not be sent as it is.
    NotFitToSend(Vec<Finding>),
}

/// Lets a message in when its sender is one of the partner's own, and when it is fit to be sent, if it was judged as about to be.
pub fn admit(
    parsed: &Parsed,
    partner: &PartnerName,
    judged_as: Direction,
    directory: &Directory,
    now: Timestamp,
) -> Result<(), NotAdmitted> {
    let sender = parsed.envelope.sender.address();
    if sender.most_exact().is_none() {
        let about_sender = |finding: &&Finding| finding.rule.id == r004::RULE.id;
        let findings = parsed.findings.iter().filter(about_sender).cloned().collect();
        return Err(NotAdmitted::NoSender(findings));
    }
    if !directory.may_send_as(partner, sender) {
        return Err(NotAdmitted::ForeignSender);
    }
    let findings = match judged_as {
        Direction::Incoming => Vec::new(),
        Direction::Outgoing => before_sending(parsed, partner, directory, now),
    };
    if findings.blocks().next().is_some() { Err(NotAdmitted::NotFitToSend(findings)) } else { Ok(()) }
}

/// What is said to a partner whose own system is about to send: every finding of the message, of its age and of its addresses.
fn before_sending(parsed: &Parsed, partner: &PartnerName, directory: &Directory, now: Timestamp) -> Vec<Finding> {
    let Some(partner) = directory.partner(partner) else { return Vec::new() };
    let receivers = parsed.envelope.receivers.iter().enumerate();
    let of_one = |(position, receiver)| RECEIVER_CHECKS.iter().find_map(|check| check(receiver, position, directory));
    let mut of_the_path: Vec<Finding> = receivers.filter_map(of_one).chain(r025::check(&parsed.envelope, now)).collect();
    partner.severities.settle(&mut of_the_path, Direction::Outgoing);
    parsed.findings.iter().cloned().chain(of_the_path).collect()
}
