//! `validate`: judges messages in files by the rules alone, as their receiver would. No configuration is needed.
//!
//! Whether an address exists is for the receiver to know; here every receiver is taken to be the one it says it is.

use super::files;
use super::report::{Answer, Report, count};
use super::words::{Telling, apprec_codes, finding_as_json, shown_code};
use crate::domain::{HerId, Language, Level, PartnerName};
use crate::messages::apprec::rules::r099_version_follows_the_message::version;
use crate::messages::arrival_rules::r007_type_may_be_acknowledged::may_be_acknowledged;
use crate::messages::msghead::rules::RECEIVER_CHECKS;
use crate::messages::{self, Judging, MessageRole, MessageType, Parsed};
use crate::routing::{Acknowledges, AppRecVersion, Directory, OwnedParty, Partner};
use crate::rulebook::{Consequence, Direction, Finding};
use crate::xml::Limits;
use serde_json::{Value, json};
use std::path::PathBuf;

/// What a file came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    /// No rule refuses it or holds it.
    Good,
    /// Its receiver answers with a negative AppRec.
    Refused,
    /// Refused at the door, because nobody can be answered.
    TurnedAway,
    /// Nobody is answered; a person must look.
    Held,
}

impl Verdict {
    fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Refused => "refused",
            Self::TurnedAway => "turned away",
            Self::Held => "held",
        }
    }

    /// What it means for the sender.
    fn meaning(self, role: Option<MessageRole>) -> &'static str {
        match (self, role) {
            (Self::Good, _) => "",
            (Self::Refused, Some(MessageRole::Receipt)) => "an AppRec is never answered with an AppRec",
            (Self::Refused, _) => "a receiver answers with a negative AppRec",
            (Self::TurnedAway, _) => {
                "the transport says so at once; there is no AppRec, because nobody can be answered by one"
            }
            (Self::Held, _) => "there is no AppRec; a person must look",
        }
    }
}

/// One file and what was found in it.
struct Judged {
    name: String,
    verdict: Verdict,
    kind: Option<(&'static MessageType, String)>,
    findings: Vec<Finding>,
}

/// Judges every file; the answer is no when one of them would not go through.
pub fn validate(paths: &[PathBuf], language: Language) -> Report {
    let mut judged = Vec::new();
    let mut troubles = Vec::new();
    for path in paths {
        let name = files::shown(path);
        match files::read(path) {
            Ok(bytes) => judged.push(judge(name, &bytes)),
            Err(trouble) => troubles.push((name, trouble)),
        }
    }
    let all_good = judged.iter().all(|judged| judged.verdict == Verdict::Good);
    let answer = if troubles.is_empty() { Answer::of(all_good) } else { Answer::Fault };
    Report { answer, text: text(&judged, &troubles, language), json: as_json(&judged, &troubles) }
}

fn judge(name: String, bytes: &[u8]) -> Judged {
    let parsed = match messages::read(bytes, &Judging::incoming(Limits::default())) {
        Ok(parsed) => parsed,
        Err(unreadable) => {
            return Judged { name, verdict: Verdict::TurnedAway, kind: None, findings: unreadable.findings };
        }
    };
    let mut findings = parsed.findings.clone();
    findings.extend(findings_on_receivers(&parsed));
    let verdict = if parsed.envelope.sender.address().most_exact().is_none() {
        Verdict::TurnedAway
    } else if findings.iter().any(|finding| finding.consequence == Consequence::Hold) {
        Verdict::Held
    } else if findings.iter().any(|finding| finding.refusal().is_some()) {
        Verdict::Refused
    } else {
        Verdict::Good
    };
    Judged { name, verdict, kind: Some((parsed.kind, shown_code(&parsed.envelope.type_code))), findings }
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
        judged_as: Direction::Incoming,
        severities: std::sync::Arc::default(),
    };
    Directory::new([receiver]).ok()
}

impl Judged {
    /// The version and the error codes of the negative AppRec, if one is sent.
    fn apprec(&self) -> Option<(&'static str, Vec<&'static str>)> {
        let (kind, _) = self.kind.as_ref().filter(|(kind, _)| may_be_acknowledged(kind))?;
        let version = match version(kind, None) {
            AppRecVersion::V1_0 => "1.0",
            AppRecVersion::V1_1 => "1.1",
        };
        (self.verdict == Verdict::Refused).then(|| (version, apprec_codes(&self.findings)))
    }
}

fn text(judged: &[Judged], troubles: &[(String, String)], language: Language) -> String {
    let mut text = String::new();
    for one in judged {
        text += &one_as_text(one, language);
    }
    for (name, trouble) in troubles {
        text += &format!("{name}: {trouble}\n");
    }
    let number = |verdict| judged.iter().filter(|one| one.verdict == verdict).count();
    let verdicts = [Verdict::Good, Verdict::Refused, Verdict::TurnedAway, Verdict::Held];
    let mut numbers: Vec<_> = verdicts
        .iter()
        .map(|verdict| (number(*verdict), verdict.as_str()))
        .filter(|(number, word)| *number > 0 || *word == "good")
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    if !troubles.is_empty() {
        numbers.push(format!("{} not read", troubles.len()));
    }
    text + &format!("{}: {}", count(judged.len() + troubles.len(), "file", "files"), numbers.join(", "))
}

fn one_as_text(one: &Judged, language: Language) -> String {
    let mut text = format!("{}: {}", one.name, one.verdict.as_str());
    if let Some((kind, code)) = &one.kind {
        text += &format!(": {code}, {}", kind.label());
    }
    let meaning = one.verdict.meaning(one.kind.as_ref().map(|(kind, _)| kind.role));
    if !meaning.is_empty() {
        text += &format!("; {meaning}");
    }
    if let Some((version, codes)) = one.apprec() {
        text += &format!(" {version}: {}", codes.join(", "));
    }
    text.push('\n');
    let telling = Telling { name: &one.name, language, answered: one.apprec().is_some() };
    text + &one.findings.iter().map(|finding| telling.finding(finding)).collect::<String>()
}

fn as_json(judged: &[Judged], troubles: &[(String, String)]) -> Value {
    let one = |one: &Judged| {
        json!({
            "file": one.name,
            "verdict": one.verdict.as_str(),
            "type": one.kind.as_ref().map(|(_, code)| code),
            "kind": one.kind.as_ref().map(|(kind, _)| kind.label()),
            "apprec": one.apprec().map(|(version, codes)| json!({ "version": version, "errors": codes })),
            "findings": one.findings.iter().map(finding_as_json).collect::<Vec<_>>(),
        })
    };
    let trouble = |(name, trouble): &(String, String)| json!({ "file": name, "trouble": trouble });
    json!({
        "good": troubles.is_empty() && judged.iter().all(|one| one.verdict == Verdict::Good),
        "files": judged.iter().map(one).chain(troubles.iter().map(trouble)).collect::<Vec<_>>(),
    })
}
