//! The whole path on one screen.

use super::acknowledge::negative_apprec;
use super::facts::Facts;
use super::outcome::{Content, Entry, Outcome, Parcel, Purpose, What};
use super::receipt::receive_apprec;
use super::route::{Fate, agreed, fates};
use crate::domain::{Language, MessageState};
use crate::messages::apprec::rules::r101_late_apprec_is_tolerated::deadline;
use crate::messages::arrival_rules::{r003_a_receiver_is_ours as r003, r007_type_may_be_acknowledged::may_be_acknowledged};
use crate::messages::msghead::rules::r025_gendate_is_of_our_time as r025;
use crate::messages::{Body, Parsed};
use crate::rulebook::{Finding, Findings};

/// Decides what becomes of a message: judged, then each receiver on its own, then answered where an answer is due.
pub fn process(parsed: &Parsed, facts: &Facts<'_>) -> Outcome {
    if let Body::Receipt(apprec) = &parsed.body {
        return receive_apprec(parsed, apprec, facts);
    }
    let fates = fates(parsed, facts);
    let refusals: Vec<Finding> = parsed.findings.refusals().cloned().collect();
    let mut outcome = if parsed.findings.holds().next().is_some() {
        held(parsed, &fates)
    } else if fates.iter().all(|fate| fate.legs().is_empty() && !fate.is_of_ours() && fate.defect.is_none()) {
        nobody_of_ours(parsed, &fates)
    } else if refusals.is_empty() {
        routed(parsed, &fates, facts)
    } else {
        refused(parsed, &fates, &refusals, facts)
    };
    let of_time = r025::check(&parsed.envelope, facts.now);
    outcome.findings.extend(agreed(of_time.into_iter().collect(), facts));
    outcome
}

/// So many reasons of a refusal stand in the history one by one.
const TOLD_REASONS: usize = 10;

/// The message itself is wrong: one negative AppRec for each receiver of ours (rule R-100), and nothing is delivered.
fn refused(parsed: &Parsed, fates: &[Fate<'_>], refusals: &[Finding], facts: &Facts<'_>) -> Outcome {
    let mut outcome = start(MessageState::Refused, parsed, fates);
    let reasons = refusals.iter().take(TOLD_REASONS);
    outcome.history.extend(reasons.map(|finding| Entry::new(What::Refused, finding.sentence(Language::En))));
    if refusals.len() > TOLD_REASONS {
        let more = refusals.len() - TOLD_REASONS;
        outcome.history.push(Entry::new(What::Refused, format!("{more} more reasons, all among the findings")));
    }
    for fate in fates.iter().filter(|fate| fate.is_of_ours() || !fate.selection.legs.is_empty()) {
        answer_negatively(&mut outcome, parsed, fate, refusals, facts);
    }
    outcome
}

/// The message is good: legs for every receiver that has some, a negative AppRec for every one that is refused.
fn routed(parsed: &Parsed, fates: &[Fate<'_>], facts: &Facts<'_>) -> Outcome {
    let mut outcome = start(MessageState::Accepted, parsed, fates);
    for fate in fates {
        if fate.is_refused() {
            for finding in &fate.findings {
                outcome.history.push(Entry::new(What::Refused, finding.sentence(Language::En)));
            }
            answer_negatively(&mut outcome, parsed, fate, &fate.findings, facts);
        } else if fate.legs().is_empty() {
            let no_route = || format!("no route for receiver {}", fate.receiver.party.address());
            let why = fate.defect.clone().unwrap_or_else(no_route);
            outcome.history.push(Entry::new(What::Held, why));
        } else {
            send(&mut outcome, parsed, fate, facts);
        }
    }
    let delivers = outcome.parcels.iter().any(|parcel| parcel.purpose == Purpose::Message);
    outcome.state = match (delivers, fates.iter().any(Fate::is_refused)) {
        (true, _) => MessageState::Accepted,
        (false, true) => MessageState::Refused,
        (false, false) => MessageState::Held,
    };
    outcome
}

fn send(outcome: &mut Outcome, parsed: &Parsed, fate: &Fate<'_>, facts: &Facts<'_>) {
    let envelope = &parsed.envelope;
    let route = fate.selection.route.as_deref().unwrap_or_default();
    let receiver = fate.receiver.party.address();
    for (partner, expects_apprec) in fate.legs() {
        outcome.tell_of_next(What::Routed, format!("{receiver} to {partner} by route {route}"));
        let rendered = fate.translations.iter().find(|(name, _)| name == partner).map(|(_, rendered)| rendered);
        if let Some(rendered) = rendered {
            outcome.tell_of_next(What::Translated, format!("for {partner} {}", rendered.told));
        }
        outcome.parcels.push(Parcel {
            purpose: Purpose::Message,
            to: partner.clone(),
            receiver,
            role: fate.receiver.role,
            msg_id: envelope.msg_id.clone(),
            type_code: rendered.and_then(|it| it.type_code).unwrap_or(&envelope.type_code).to_string(),
            content: rendered.map_or(Content::AsReceived, |rendered| Content::Own(rendered.bytes.clone())),
            conversation: envelope.conversation_key(),
            apprec_due: expects_apprec.then(|| deadline(envelope.generated_at, facts.now)),
            route: route.into(),
        });
    }
}

fn answer_negatively(outcome: &mut Outcome, parsed: &Parsed, fate: &Fate<'_>, refusals: &[Finding], facts: &Facts<'_>) {
    if may_be_acknowledged(parsed.kind) {
        let parcel = negative_apprec(parsed, fate.receiver, refusals, facts);
        let why = format!("negative, for receiver {}", fate.receiver.party.address());
        outcome.tell_of_next(What::AppRecWritten, why);
        outcome.parcels.push(parcel);
    }
}

fn held(parsed: &Parsed, fates: &[Fate<'_>]) -> Outcome {
    let mut outcome = start(MessageState::Held, parsed, fates);
    let why = parsed.findings.holds().next().map_or_else(String::new, |finding| finding.sentence(Language::En));
    outcome.history.push(Entry::new(What::Held, why));
    outcome
}

/// No AppRec, neither positive nor negative: that would be to speak for an organisation that is not ours (rule R-003).
fn nobody_of_ours(parsed: &Parsed, fates: &[Fate<'_>]) -> Outcome {
    let mut outcome = start(MessageState::Held, parsed, fates);
    let finding = Finding::new(&r003::RULE);
    outcome.history.push(Entry::new(What::Held, finding.sentence(Language::En)));
    outcome.findings.push(finding);
    outcome
}

fn start(state: MessageState, parsed: &Parsed, fates: &[Fate<'_>]) -> Outcome {
    let of_receivers = fates.iter().flat_map(|fate| fate.findings.iter());
    let findings = parsed.findings.iter().chain(of_receivers).cloned().collect();
    Outcome { state, findings, parcels: Vec::new(), answers: None, history: Vec::new() }
}
