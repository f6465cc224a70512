//! What there is to explain about one message: the same decisions as the running gateway takes, kept with their reasons.

use crate::config::Installation;
use crate::domain::{Address, Chance, Clock, Fault, MessageState, PartnerName, Timestamp};
use crate::messages::apprec::rules::r099_version_follows_the_message::version;
use crate::messages::arrival_rules::r007_type_may_be_acknowledged::may_be_acknowledged;
use crate::messages::{Body, Judging, Parsed};
use crate::pipeline::{EarlierWanted, Facts, Fate, NotAdmitted, Original, Outcome, Purpose, admit, fates, process};
use crate::routing::{AppRecVersion, Standing};
use crate::rulebook::{Direction, Finding, Findings};
use crate::store::Store;
use crate::translation::versions::Known;

/// Whether the one who brings it is let in.
#[derive(Debug)]
pub(super) enum Door {
    /// Let in; the partner, and whether it was named or is the owner of the sender.
    Open { partner: PartnerName, named: bool },
    /// The partner that was named does not own the sender.
    ForeignSender(PartnerName),
    /// No partner owns the sender.
    NobodyOwns(Address),
    /// The sender has no HER-id.
    NoSender,
    /// The partner's own system is about to send it, and it may not be sent as it is.
    NotFitToSend(PartnerName),
}

/// A message, explained.
pub(super) struct Explained<'p> {
    pub(super) parsed: &'p Parsed,
    pub(super) door: Door,
    /// For an AppRec: the message that it answers, as far as the store knows one.
    pub(super) original: Option<Original>,
    pub(super) fates: Vec<Fate<'p>>,
    /// What becomes of it; `None` when it is not let in.
    pub(super) outcome: Option<Outcome>,
    pub(super) apprecs: Vec<AppRecSent>,
}

/// A negative AppRec that is sent because of it.
pub(super) struct AppRecSent {
    /// In whose name.
    pub(super) answering: Address,
    /// To whose system.
    pub(super) to: PartnerName,
    pub(super) version: &'static str,
    /// What it is for.
    pub(super) refusals: Vec<Finding>,
}

/// Takes the decisions, for the one who brings it and as it was judged, where either is not the usual.
pub(super) async fn explain<'p>(
    parsed: &'p Parsed,
    bytes: &[u8],
    (from, judged_as): (Option<PartnerName>, Option<Direction>),
    installation: &Installation,
    clock: &dyn Clock,
    chance: &dyn Chance,
) -> Result<Explained<'p>, Fault> {
    let now = clock.now();
    let door = door(parsed, from, judged_as, installation, now);
    let partner = match &door {
        Door::Open { partner, .. } | Door::ForeignSender(partner) | Door::NotFitToSend(partner) => partner.clone(),
        Door::NobodyOwns(_) | Door::NoSender => nobody(),
    };
    let original = original(parsed, &partner, installation).await?;
    let known = known(parsed, &partner, installation).await?;
    let judging = Judging::incoming(installation.limits).by(&installation.schemas);
    let facts = Facts {
        now,
        chance,
        partner: &partner,
        directory: &installation.directory,
        routes: &installation.routes,
        bytes,
        judging: &judging,
        original: original.as_ref(),
        known: &known,
    };
    let fates = match parsed.body {
        Body::Business(_) => fates(parsed, &facts),
        Body::Receipt(_) => Vec::new(),
    };
    let outcome = matches!(door, Door::Open { .. }).then(|| process(parsed, &facts));
    let apprecs = outcome.as_ref().map_or_else(Vec::new, |outcome| apprecs(parsed, &fates, outcome, &facts));
    Ok(Explained { parsed, door, original, fates, outcome, apprecs })
}

/// The partner that owns a sender.
pub(super) fn owner(sender: Address, installation: &Installation) -> Option<PartnerName> {
    match installation.directory.standing(sender) {
        Standing::Ours(owner) => Some(owner),
        // A sender that names only its organisation may come from any partner that owns a party there.
        Standing::UnknownParty | Standing::NotOurs => {
            let may = |partner: &&crate::config::PartnerLink| installation.directory.may_send_as(&partner.name, sender);
            installation.partners.iter().find(may).map(|partner| partner.name.clone())
        }
    }
}

fn door(
    parsed: &Parsed,
    from: Option<PartnerName>,
    judged_as: Option<Direction>,
    installation: &Installation,
    now: Timestamp,
) -> Door {
    let sender = parsed.envelope.sender.address();
    let named = from.is_some();
    let owner = || owner(sender, installation);
    if sender.most_exact().is_none() {
        return Door::NoSender;
    }
    let Some(partner) = from.or_else(owner) else { return Door::NobodyOwns(sender) };
    let usual = || installation.directory.partner(&partner).map(|partner| partner.judged_as).unwrap_or_default();
    let judged_as = judged_as.unwrap_or_else(usual);
    match admit(parsed, &partner, judged_as, &installation.directory, now) {
        Ok(()) => Door::Open { partner, named },
        Err(NotAdmitted::NoSender(_)) => Door::NoSender,
        Err(NotAdmitted::NotFitToSend(_)) => Door::NotFitToSend(partner),
        Err(NotAdmitted::ForeignSender) if named => Door::ForeignSender(partner),
        Err(NotAdmitted::ForeignSender) => Door::NobodyOwns(sender),
    }
}

/// Stands for the partner of a message that nobody may bring; it is no partner of any installation.
fn nobody() -> PartnerName {
    PartnerName::parse("nobody").expect("these are lower case letters")
}

/// An AppRec goes where the message came from that it answers; only the store knows that.
async fn original(parsed: &Parsed, partner: &PartnerName, installation: &Installation) -> Result<Option<Original>, Fault> {
    let Body::Receipt(apprec) = &parsed.body else { return Ok(None) };
    match Store::open_beside(&installation.store())? {
        Some(store) => store.original(&apprec.original.id, partner).await,
        None => Ok(None),
    }
}

/// The earlier messages that a translation may need, as far as the store knows them.
async fn known(parsed: &Parsed, partner: &PartnerName, installation: &Installation) -> Result<Known, Fault> {
    let wanted = EarlierWanted::of(parsed, &installation.directory);
    let is_needed = wanted.thread.is_some() || wanted.stay.is_some();
    let store = if is_needed { Store::open_beside(&installation.store())? } else { None };
    match store {
        Some(store) => store.earlier(&wanted, partner, &installation.limits).await,
        None => Ok(Known::default()),
    }
}

/// The negative AppRecs of the outcome, with what they are for.
fn apprecs(parsed: &Parsed, fates: &[Fate<'_>], outcome: &Outcome, facts: &Facts<'_>) -> Vec<AppRecSent> {
    let of_message: Vec<Finding> = parsed.findings.refusals().cloned().collect();
    let whole = outcome.state == MessageState::Refused && !of_message.is_empty();
    let agreed = facts.directory.partner(facts.partner).map(|partner| partner.apprec_version(parsed.kind.apprec));
    let is_answered = |fate: &&Fate<'_>| match whole {
        true => fate.is_of_ours() || !fate.selection.legs.is_empty(),
        false => fate.is_refused(),
    };
    let sent = |fate: &Fate<'_>| AppRecSent {
        answering: fate.receiver.party.address(),
        to: facts.partner.clone(),
        version: match version(parsed.kind, agreed) {
            AppRecVersion::V1_0 => "1.0",
            AppRecVersion::V1_1 => "1.1",
        },
        refusals: if whole { of_message.clone() } else { fate.findings.clone() },
    };
    let some = outcome.parcels.iter().any(|parcel| parcel.purpose == Purpose::AppRec);
    let answers = some && may_be_acknowledged(parsed.kind);
    fates.iter().filter(is_answered).filter(|_| answers).map(sent).collect()
}
