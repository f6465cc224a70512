//! Judges a message by itself, as its receiver would: no partner, no route, no log is known.
//!
//! Whether an address exists is for the receiver to know; here every receiver is taken to be the one it says it is.

use crate::domain::{HerId, Level, PartnerName};
use crate::messages::apprec::error_code;
use crate::messages::apprec::rules::r099_version_follows_the_message::version;
use crate::messages::arrival_rules::{
    r004_sender_can_be_determined as r004, r007_type_may_be_acknowledged::may_be_acknowledged,
};
use crate::messages::msghead::rules::RECEIVER_CHECKS;
use crate::messages::{Judging, MessageRole, MessageType, Parsed, read};
use crate::routing::{Acknowledges, AppRecVersion, Directory, OwnedParty, Partner, Understands};
use crate::rulebook::{Consequence, Direction, Finding};

/// What there is to say about a message by itself.
pub struct Judgement {
    /// Which type it is; `None` when no message could be read.
    pub kind: Option<&'static MessageType>,
    /// `MsgInfo/Type/@V`, or `APPREC`.
    pub type_code: Option<String>,
    /// Everything that was found, settled for the direction judged.
    pub findings: Vec<Finding>,
    /// The AppRec that its receiver would send; `None` when none is to be sent.
    pub answer: Option<ExpectedAnswer>,
}

/// What the receiving side would answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExpectedAnswer {
    /// In which version.
    pub version: AppRecVersion,
    /// Codes of list 8221; none in a positive one.
    pub errors: Vec<&'static str>,
}

impl ExpectedAnswer {
    /// `Status/@V`: 1 is taken in, 2 is refused.
    pub fn status(&self) -> u8 {
        if self.errors.is_empty() { 1 } else { 2 }
    }
}

impl Judgement {
    /// Whether it goes through: nothing in it refuses, holds or blocks it.
    pub fn is_accepted(&self) -> bool {
        !self.findings.iter().any(|finding| finding.consequence.stops())
    }
}

/// Judges.
pub fn judge_alone(bytes: &[u8], judging: &Judging) -> Judgement {
    let parsed = match read(bytes, judging) {
        Ok(parsed) => parsed,
        Err(unreadable) => {
            return Judgement { kind: None, type_code: None, findings: unreadable.findings, answer: None };
        }
    };
    let findings = all_findings(&parsed, judging);
    // What a receiver would answer is decided by a receiver's obligations, whichever way the message was judged.
    let answer = match judging.direction {
        Direction::Incoming => answer(&parsed, &findings),
        Direction::Outgoing => {
            let incoming = Judging { direction: Direction::Incoming, ..judging.clone() };
            read(bytes, &incoming).ok().and_then(|parsed| answer(&parsed, &all_findings(&parsed, &incoming)))
        }
    };
    Judgement { kind: Some(parsed.kind), type_code: Some(parsed.envelope.type_code), findings, answer }
}

fn all_findings(parsed: &Parsed, judging: &Judging) -> Vec<Finding> {
    let mut of_receivers = findings_on_receivers(parsed);
    judging.settle(&mut of_receivers);
    let mut findings: Vec<Finding> = parsed.findings.iter().cloned().chain(of_receivers).collect();
    if parsed.kind.role == MessageRole::Receipt {
        // R-004 is about whom to answer, and a receipt is never answered; that the gateway must know who brings one is another matter.
        let about_sender = findings.iter_mut().filter(|finding| finding.rule.id == r004::RULE.id);
        about_sender.for_each(|finding| finding.consequence = Consequence::Note);
    }
    findings
}

fn answer(parsed: &Parsed, findings: &[Finding]) -> Option<ExpectedAnswer> {
    let held = findings.iter().any(|finding| finding.consequence == Consequence::Hold);
    let nobody = parsed.envelope.sender.address().most_exact().is_none();
    if held || nobody || !may_be_acknowledged(parsed.kind) {
        return None;
    }
    let mut errors = Vec::new();
    for code in findings.iter().filter_map(Finding::refusal).map(error_code) {
        if !errors.contains(&code) {
            errors.push(code);
        }
    }
    Some(ExpectedAnswer { version: version(parsed.kind, None), errors })
}

fn findings_on_receivers(parsed: &Parsed) -> Vec<Finding> {
    if parsed.kind.role == MessageRole::Receipt {
        return Vec::new();
    }
    let Some(directory) = as_if_all_receivers_were_ours(parsed) else { return Vec::new() };
    let receivers = parsed.envelope.receivers.iter().enumerate();
    let finding = |(position, receiver)| RECEIVER_CHECKS.iter().find_map(|check| check(receiver, position, &directory));
    receivers.filter_map(finding).collect()
}

/// A directory in which every organisation that is named has the parties that are named, and one more: so that a receiver
/// without a party is noticed.
fn as_if_all_receivers_were_ours(parsed: &Parsed) -> Option<Directory> {
    let party = |organisation: HerId, party: HerId| OwnedParty {
        organisation,
        organisation_name: String::new(),
        party: Some(party),
        level: Level::Service,
        name: String::new(),
    };
    let another = HerId::new(HerId::MAX)?;
    let addresses = parsed.envelope.receivers.iter().map(|receiver| receiver.party.address());
    let parties = addresses.map(|address| {
        let named = address.party.unwrap_or(another);
        party(address.organisation.unwrap_or(another), named)
    });
    let receiver = Partner {
        name: PartnerName::parse("receiver")?,
        title: String::new(),
        parties: parties.collect(),
        acknowledges: Acknowledges::Receiver,
        apprec: None,
        accepts: Vec::new(),
        understands: Understands::default(),
        left_over: crate::routing::LeftOver::Report,
        judged_as: Direction::Incoming,
        severities: std::sync::Arc::default(),
    };
    Directory::new([receiver]).ok()
}
