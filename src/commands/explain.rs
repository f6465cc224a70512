//! `explain`: step by step why a message would go where it goes, with the routes that lost and why.
//!
//! Nothing is sent and nothing is stored. Parties are shown by HER-id only: the name of one may be a person's.

use super::explained::{AppRecSent, Door, Explained, explain as decide, owner};
use super::files;
use super::report::{Answer, Report, count};
use super::unpacked;
use super::words::{Telling, apprec_codes, finding_as_json, shown_code};
use crate::config::Installation;
use crate::domain::{Chance, Clock, Fault, Language, Level, MessageState, PartnerName};
use crate::gateway::FromBundle;
use crate::messages::arrival_rules::r007_type_may_be_acknowledged::may_be_acknowledged;
use crate::messages::{self, Body, Judging, MessageRole, Parsed, Unreadable};
use crate::pipeline::Fate;
use crate::routing::{Acknowledges, Considered, Standing};
use crate::rulebook::Direction;
use crate::store::Store;
use crate::translation::forms::is_bundle;
use serde_json::{Value, json};
use std::path::Path;

/// What to explain, and how.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// The folder of the configuration.
    pub folder: &'q Path,
    /// The message.
    pub file: &'q Path,
    /// Who brings it; the owner of its sender when nobody is named.
    pub from: Option<&'q PartnerName>,
    /// In which language rules are told.
    pub language: Language,
}

/// Explains. The answer is no when the message would not go on as it is.
pub async fn explain(question: Question<'_>, clock: &dyn Clock, chance: &dyn Chance) -> Report {
    let installation = match files::installation(question.folder) {
        Ok(installation) => installation,
        Err(report) => return *report,
    };
    if let Some(stranger) = question.from.filter(|name| installation.directory.partner(name).is_none()) {
        return Report::trouble(format!("there is no partner `{stranger}` in {}", question.folder.display()));
    }
    let name = files::shown(question.file);
    let bytes = match files::read(question.file) {
        Ok(bytes) => bytes,
        Err(trouble) => return Report::trouble(format!("{name} {trouble}")),
    };
    let was_bundle = is_bundle(&bytes);
    let (bytes, notes) = match unpacked::message_in(bytes, question.from, &installation).await {
        Ok(FromBundle::Message(bytes, notes)) => (bytes.to_vec(), notes),
        Ok(FromBundle::NoMessage(findings)) => {
            return unreadable_message(&name, &Unreadable { findings }, question.language);
        }
        Err(fault) => return Report::fault(&fault),
    };
    let mut judging = judging(&bytes, question.from, &installation);
    if was_bundle {
        // What a Bundle becomes is judged as what its sender's system is about to send.
        judging.direction = Direction::Outgoing;
    }
    let mut parsed = match messages::read(&bytes, &judging) {
        Ok(parsed) => parsed,
        Err(unreadable) => return unreadable_message(&name, &unreadable, question.language),
    };
    parsed.findings.extend(notes);
    if let Err(fault) = compare(&mut parsed, &judging, &installation).await {
        return Report::fault(&fault);
    }
    let judged_as = was_bundle.then_some(Direction::Outgoing);
    match decide(&parsed, &bytes, (question.from.cloned(), judged_as), &installation, clock, chance).await {
        Ok(explained) => Shown { name, size: bytes.len(), explained, installation, language: question.language }.report(),
        Err(fault) => Report::fault(&fault),
    }
}

/// Judges it by what it refers to, where there is a log.
async fn compare(parsed: &mut Parsed, judging: &Judging, installation: &Installation) -> Result<(), Fault> {
    let Some(turn) = &parsed.turn else { return Ok(()) };
    if let Some(store) = Store::open_beside(&installation.store())? {
        let conversation = store.conversation(turn, &judging.limits).await?;
        parsed.compare_with(&conversation, judging);
    }
    Ok(())
}

/// As agreed with the partner that brings it, who is the owner of its sender unless another is named.
fn judging(bytes: &[u8], from: Option<&PartnerName>, installation: &Installation) -> Judging {
    let sender = || messages::reread(bytes, &installation.limits).map(|parsed| parsed.envelope.sender.address());
    let partner = from.cloned().or_else(|| owner(sender()?, installation));
    let partner = partner.and_then(|name| installation.directory.partner(&name));
    Judging::incoming(installation.limits).by(&installation.schemas).agreed_with(partner)
}

fn unreadable_message(name: &str, unreadable: &Unreadable, language: Language) -> Report {
    let telling = Telling { name, language, answered: false };
    let findings: String = unreadable.findings.iter().map(|finding| telling.finding(finding)).collect();
    let text = format!(
        "{name}: no message that could be answered\n{findings}\
         It would be turned away at the door: HTTP answers 422, a folder moves it to refused/. No AppRec, no route."
    );
    let findings: Vec<_> = unreadable.findings.iter().map(finding_as_json).collect();
    let json = json!({ "good": false, "file": name, "state": "turned-away", "findings": findings });
    Report { answer: Answer::No, text, json }
}

struct Shown<'p> {
    name: String,
    size: usize,
    explained: Explained<'p>,
    installation: Installation,
    language: Language,
}

impl Shown<'_> {
    fn report(&self) -> Report {
        let good = self.is_accepted();
        let mut text = self.message();
        text += &self.door();
        text += &self.rules();
        for (number, fate) in self.explained.fates.iter().enumerate() {
            text += &format!("\nReceiver {} of {}\n", number + 1, self.explained.fates.len());
            text += &self.receiver(fate);
        }
        text += &self.answered();
        text += &self.outcome();
        Report { answer: Answer::of(good), text: text.trim_end().to_string(), json: self.as_json(good) }
    }

    fn is_accepted(&self) -> bool {
        self.explained.outcome.as_ref().is_some_and(|outcome| outcome.state == MessageState::Accepted)
    }

    fn message(&self) -> String {
        let parsed = self.explained.parsed;
        let envelope = &parsed.envelope;
        let kind = parsed.kind;
        let how = if kind.root.is_empty() {
            "by its MsgHead; its content is of no type we know and is carried unopened".to_string()
        } else {
            format!("by the root element {} of {}", kind.root, kind.namespace)
        };
        let follows = envelope.conversation.as_ref().map_or_else(
            || "begins with this message".to_string(),
            |reference| format!("began with {}, answers or follows {}", reference.conversation, reference.parent),
        );
        let lines = [
            ("type", format!("{} ({})", shown_code(&envelope.type_code), kind.label())),
            ("recognised", how),
            ("MsgId", envelope.msg_id.to_string()),
            ("conversation", follows),
            ("sender", envelope.sender.address().to_string()),
            ("receivers", self.receivers().join(", ")),
        ];
        // An AppRec belongs to the conversation of what it answers.
        let said = lines.iter().filter(|(name, _)| *name != "conversation" || kind.role == MessageRole::Business);
        let lines: String = said.map(|(name, value)| format!("  {name:<13} {value}\n")).collect();
        format!("{}, {}\n{lines}", self.name, count(self.size, "byte", "bytes"))
    }

    fn receivers(&self) -> Vec<String> {
        let receivers = &self.explained.parsed.envelope.receivers;
        receivers.iter().map(|r| format!("{} ({})", r.party.address(), r.role.as_str())).collect()
    }

    fn door(&self) -> String {
        let sentence = match &self.explained.door {
            Door::Open { partner, named: true } => format!("open for {partner}: it owns the sender"),
            Door::Open { partner, named: false } => format!("open for {partner}, the partner that owns the sender"),
            Door::ForeignSender(partner) => {
                format!("closed for {partner}: it does not own the sender; HTTP answers 403, and there is no AppRec")
            }
            Door::NotFitToSend(partner) => {
                format!("closed for {partner}: it may not be sent as it is; HTTP answers 422, and there is no AppRec")
            }
            Door::NobodyOwns(sender) => format!("closed: no partner may send as {sender}"),
            Door::NoSender => "closed: the sender has no HER-id (R-004), so nobody can be answered".into(),
        };
        format!("\nThe door\n  {sentence}\n")
    }

    fn rules(&self) -> String {
        let on_receivers = self.explained.fates.iter().flat_map(|fate| &fate.findings);
        let findings = self.explained.parsed.findings.iter().chain(on_receivers);
        let answered = !self.explained.apprecs.is_empty();
        let telling = Telling { name: &self.name, language: self.language, answered };
        let said: String = findings.map(|finding| telling.finding(finding)).collect();
        format!("\nThe rules\n{}", if said.is_empty() { "  have nothing to say\n".into() } else { said })
    }

    fn receiver(&self, fate: &Fate<'_>) -> String {
        let address = fate.receiver.party.address();
        let level = match address.level {
            Level::Organisation => "an organisation",
            Level::Service => "a service",
            Level::Person => "a professional",
        };
        let standing = match &fate.standing {
            Standing::Ours(owner) => format!("ours: {owner} owns it"),
            Standing::UnknownParty => "unknown, at an organisation of ours".into(),
            Standing::NotOurs => "nobody of ours".into(),
        };
        let mut text = format!("  {address}, {level}, {}: {standing}\n", fate.receiver.role.as_str());
        let width = fate.selection.considered.iter().map(|asked| asked.route.chars().count()).max().unwrap_or(0);
        for Considered { route, lost } in &fate.selection.considered {
            let why = lost.map_or_else(|| "takes it".to_string(), |why| format!("lost: {why}"));
            text += &format!("  route {route:<width$}  {why}\n");
        }
        if fate.selection.route.is_none() {
            text += "  no route takes it\n";
        }
        for (partner, expects_apprec) in fate.legs() {
            let version = fate.translated_for(partner).map_or_else(String::new, |into| format!("; translated {into}"));
            let who = self.who_acknowledges(partner, *expects_apprec);
            text += &format!("    → {partner}, by {}; {who}{version}\n", self.way(partner));
        }
        if fate.is_refused() {
            text += "    → nobody: it is refused for this receiver\n";
        }
        text
    }

    fn way(&self, partner: &PartnerName) -> String {
        let link = self.installation.partners.iter().find(|link| link.name == *partner);
        link.and_then(|link| link.receives.as_ref()).map_or_else(|| "no way out".into(), |receives| receives.way.shown())
    }

    fn who_acknowledges(&self, partner: &PartnerName, expects_apprec: bool) -> &'static str {
        let acknowledges = self.installation.directory.partner(partner).map(|partner| partner.acknowledges);
        match (expects_apprec && may_be_acknowledged(self.explained.parsed.kind), acknowledges) {
            (false, _) => "no AppRec is expected",
            (true, Some(Acknowledges::Gateway)) => "once it is handed over, the gateway sends the positive AppRec for it",
            (true, _) => "its system sends the AppRec",
        }
    }

    /// For an AppRec: what it answers.
    fn answered(&self) -> String {
        let Body::Receipt(apprec) = &self.explained.parsed.body else { return String::new() };
        let named = &apprec.original.id;
        let known = match &self.explained.original {
            Some(original) => format!("known: {} brought it, and the AppRec goes back there", original.partner),
            None => "not known in this store as one that was delivered to this partner and waits for an AppRec".into(),
        };
        format!("\nThe message that it answers\n  MsgId {named}\n  {known}\n")
    }

    fn outcome(&self) -> String {
        let Some(outcome) = &self.explained.outcome else {
            return "\nWhat becomes of it\n  turned away: recorded, delivered to nobody, told to the partner at once\n"
                .into();
        };
        let mut text = format!("\nWhat becomes of it\n  {}\n", outcome.state.as_str());
        for entry in &outcome.history {
            text += &format!("  {}: {}\n", entry.what.as_str(), entry.why);
        }
        for AppRecSent { answering, to, version, refusals } in &self.explained.apprecs {
            let codes = apprec_codes(refusals).join(", ");
            text += &format!("  AppRec {version} to {to} in the name of {answering}: status 2, {codes}\n");
        }
        text
    }

    fn as_json(&self, good: bool) -> Value {
        let Explained { parsed, door, fates, outcome, apprecs, original } = &self.explained;
        let envelope = &parsed.envelope;
        let (open, partner) = match door {
            Door::Open { partner, .. } => (true, Some(partner)),
            Door::ForeignSender(partner) | Door::NotFitToSend(partner) => (false, Some(partner)),
            Door::NobodyOwns(_) | Door::NoSender => (false, None),
        };
        json!({
            "good": good,
            "file": self.name,
            "size_bytes": self.size,
            "type": shown_code(&envelope.type_code),
            "kind": parsed.kind.label(),
            "msg_id": envelope.msg_id.is_uuid().then(|| envelope.msg_id.to_string()),
            "conversation": envelope.conversation.as_ref().map(|reference| reference.conversation.to_string()),
            "sender": envelope.sender.address().to_string(),
            "door": { "open": open, "partner": partner.map(PartnerName::as_str) },
            "findings": parsed.findings.iter().map(finding_as_json).collect::<Vec<_>>(),
            "receivers": fates.iter().map(|fate| self.fate_as_json(fate)).collect::<Vec<_>>(),
            "answers": original.as_ref().map(|original| original.partner.as_str()),
            "state": outcome.as_ref().map_or("turned-away", |outcome| outcome.state.as_str()),
            "history": outcome.iter().flat_map(|outcome| &outcome.history)
                .map(|entry| json!({ "what": entry.what.as_str(), "why": entry.why })).collect::<Vec<_>>(),
            "apprecs": apprecs.iter().map(apprec_as_json).collect::<Vec<_>>(),
        })
    }

    fn fate_as_json(&self, fate: &Fate<'_>) -> Value {
        let asked = |asked: &Considered| json!({ "route": asked.route, "lost": asked.lost.map(|why| why.to_string()) });
        let leg = |(partner, expects): &(PartnerName, bool)| {
            let apprec = self.who_acknowledges(partner, *expects);
            let translated = fate.translated_for(partner);
            json!({ "partner": partner.as_str(), "way": self.way(partner), "apprec": apprec, "translated": translated })
        };
        json!({
            "address": fate.receiver.party.address().to_string(),
            "role": fate.receiver.role.as_str(),
            "owner": match &fate.standing {
                Standing::Ours(owner) => Some(owner.as_str()),
                Standing::UnknownParty | Standing::NotOurs => None,
            },
            "considered": fate.selection.considered.iter().map(asked).collect::<Vec<_>>(),
            "route": fate.selection.route,
            "legs": fate.legs().iter().map(leg).collect::<Vec<_>>(),
            "findings": fate.findings.iter().map(finding_as_json).collect::<Vec<_>>(),
        })
    }
}

fn apprec_as_json(AppRecSent { answering, to, version, refusals }: &AppRecSent) -> Value {
    json!({
        "to": to.as_str(),
        "answering": answering.to_string(),
        "version": version,
        "status": "2",
        "errors": apprec_codes(refusals),
    })
}
