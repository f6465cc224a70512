//! An AppRec that came in: matched to the delivery that it answers, and sent back the way the message came.

use super::facts::{Facts, Original, OriginalDelivery};
use super::outcome::{Answered, Content, Entry, Outcome, Parcel, Purpose, What};
use super::version::{Rendered, apprec_for};
use crate::delivery::State;
use crate::domain::{Address, MessageState, Role};
use crate::messages::Parsed;
use crate::messages::apprec::model::AppRec;
use crate::messages::apprec::rules::{
    r100_one_apprec_per_receiver as r100, r101_late_apprec_is_tolerated as r101, r107_original_is_named_exactly as r107,
    r108_original_is_known as r108, r109_addresses_are_mirrored as r109,
};
use crate::rulebook::{Consequence, Finding};
use crate::translation::versions::{Edition, Translation, Wanted, translate_as_within};

/// Decides what becomes of an AppRec.
pub(super) fn receive_apprec(parsed: &Parsed, apprec: &AppRec, facts: &Facts<'_>) -> Outcome {
    match facts.original.and_then(|original| Some((original, delivery_of(apprec, original, facts)?))) {
        None => unmatched(parsed, apprec),
        Some((_, delivery)) if is_answered(delivery.state) && delivery.answered_by_gateway && !apprec.is_positive() => {
            contradicted(parsed, delivery)
        }
        Some((_, delivery)) if is_answered(delivery.state) => ignored(parsed),
        Some((original, delivery)) => matched(parsed, apprec, original, delivery, facts),
    }
}

/// The delivery it answers: one to the partner that brought the AppRec (nobody answers for another), with the address and
/// role that the AppRec says it answers as; or the only one to that partner.
fn delivery_of<'o>(apprec: &AppRec, original: &'o Original, facts: &Facts<'_>) -> Option<&'o OriginalDelivery> {
    let from = apprec.sender.hcp.party().address();
    let copy = apprec.sender.role.as_ref().is_some_and(|role| role.v == "COP");
    let role = if copy { Role::Copy } else { Role::Primary };
    let own: Vec<_> = original.deliveries.iter().filter(|d| d.partner == *facts.partner && d.apprec_due.is_some()).collect();
    let fits = |d: &&&OriginalDelivery| same_party(d.receiver, from);
    own.iter()
        .find(|d| fits(d) && d.role == role)
        .or_else(|| own.iter().find(fits))
        .or_else(|| own.first().filter(|_| own.len() == 1))
        .copied()
}

fn same_party(delivered: Address, answering: Address) -> bool {
    match (delivered.party, answering.party) {
        (Some(one), Some(other)) => one == other,
        _ => delivered.organisation.is_some() && delivered.organisation == answering.organisation,
    }
}

fn is_answered(state: State) -> bool {
    matches!(state, State::Acknowledged | State::Rejected)
}

/// No AppRec back, never (rule R-117); a person must look.
fn unmatched(parsed: &Parsed, apprec: &AppRec) -> Outcome {
    let finding = r108::unknown(&apprec.original.id);
    let history = vec![Entry::new(What::Held, finding.sentence(crate::domain::Language::En))];
    outcome(MessageState::Held, with(parsed, [finding]), history)
}

/// A second AppRec for the same message and receiver is ignored (rule R-100), whatever it says.
fn ignored(parsed: &Parsed) -> Outcome {
    let finding = r100::second();
    let history = vec![Entry::new(What::AppRecIgnored, finding.sentence(crate::domain::Language::En))];
    outcome(MessageState::Duplicate, with(parsed, [finding]), history)
}

/// The gateway said "taken in" on the receiver's behalf, and the receiver says "refused". A second AppRec must not be sent on
/// (rule R-100), but the sender relies on a message that nobody has: a person must see to it.
fn contradicted(parsed: &Parsed, delivery: &OriginalDelivery) -> Outcome {
    let why = format!("the receiver refuses delivery {}, which the gateway has acknowledged on its behalf", delivery.id);
    let finding = r100::second().with(Consequence::Hold);
    outcome(MessageState::Held, with(parsed, [finding]), vec![Entry::new(What::Held, why)])
}

fn matched(
    parsed: &Parsed,
    apprec: &AppRec,
    original: &Original,
    delivery: &OriginalDelivery,
    facts: &Facts<'_>,
) -> Outcome {
    let mirrored = (apprec.sender.hcp.party().address(), apprec.receiver.hcp.party().address());
    let more = [
        r101::check(delivery.apprec_due, facts.now),
        r107::check(apprec, &delivery.type_code, &original.gen_date),
        r109::check(mirrored, delivery.receiver, original.sender),
    ];
    let positive = apprec.is_positive();
    let why = format!("answers delivery {}: {}", delivery.id, if positive { "accepted" } else { "refused" });
    let mut outcome = outcome(
        MessageState::Accepted,
        with(parsed, more.into_iter().flatten()),
        vec![Entry::new(What::AppRecMatched, why)],
    );
    outcome.answers = Some(Answered { delivery: delivery.id, positive });
    let content = match for_the_sender(parsed, original, delivery, facts) {
        None => Content::AsReceived,
        Some(rendered) => {
            let why = format!("for {} {}", original.partner, rendered.told);
            outcome.tell_of_next(What::Translated, why);
            Content::Own(rendered.bytes)
        }
    };
    outcome.parcels.push(Parcel {
        purpose: Purpose::AppRec,
        to: original.partner.clone(),
        receiver: original.sender,
        role: delivery.role,
        msg_id: parsed.envelope.msg_id.clone(),
        type_code: parsed.envelope.type_code.clone(),
        content,
        conversation: parsed.envelope.msg_id.key(),
        apprec_due: None,
        route: "back the way the message came".into(),
    });
    outcome
}

/// In the version and the form of the sender's system; `None` when the AppRec goes on as it came.
fn for_the_sender(parsed: &Parsed, original: &Original, delivery: &OriginalDelivery, facts: &Facts<'_>) -> Option<Rendered> {
    let version = in_the_version_of_the_sender(parsed, original, delivery, facts);
    let version = version.map(Rendered::of);
    let bytes = version.as_ref().map_or(facts.bytes, |rendered| rendered.bytes.expose());
    let form = apprec_for(facts.directory.partner(&original.partner), bytes, facts.now, facts.chance);
    form.or(version)
}

/// An AppRec goes on unchanged, so that the text of every error reaches the sender's user (rules ). In other names, which
/// change no text, only where its receiver answered a translation, or where the sender's system does not understand it; and it names
/// the message by the type that was sent, where the receiver got another.
fn in_the_version_of_the_sender(
    parsed: &Parsed,
    original: &Original,
    delivery: &OriginalDelivery,
    facts: &Facts<'_>,
) -> Option<Translation> {
    let sender = facts.directory.partner(&original.partner);
    let understood = sender.is_none_or(|sender| sender.understands.takes("apprec", parsed.kind.version));
    let sent_type = (delivery.type_code != original.type_code).then_some(original.type_code.as_str());
    let usual = original.apprec.filter(|_| delivery.translated || !understood)?;
    let wanted = sender.map_or(usual, |sender| sender.apprec_version(usual));
    let understands = Edition::of("apprec", wanted.as_str())?.alone();
    let wanted = Wanted { sent_type, ..Wanted::of(&understands) };
    let translation = translate_as_within(facts.bytes, wanted, facts.judging).ok()?;
    (!translation.losses.is_empty()).then_some(translation)
}

fn with(parsed: &Parsed, more: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
    parsed.findings.iter().cloned().chain(more).collect()
}

fn outcome(state: MessageState, findings: Vec<Finding>, history: Vec<Entry>) -> Outcome {
    Outcome { state, findings, parcels: Vec::new(), answers: None, history }
}
