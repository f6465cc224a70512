//! The AppRecs that we write: negative ones for our own findings, positive ones on behalf of a partner that asked us to.

use super::facts::Facts;
use super::outcome::{Content, Parcel, Purpose};
use super::version::apprec_for;
use crate::domain::{Chance, Envelope, MsgId, PartnerName, Private, Receiver, Timestamp, new_uuid};
use crate::messages::apprec::rules::r099_version_follows_the_message::version;
use crate::messages::apprec::{Answer, compose, write};
use crate::messages::{MessageType, Parsed};
use crate::routing::{AppRecVersion, Partner};
use crate::rulebook::Finding;

/// The negative AppRec for one receiver, for the partner that sent the message.
pub(super) fn negative_apprec(parsed: &Parsed, receiver: &Receiver, refusals: &[Finding], facts: &Facts<'_>) -> Parcel {
    let sender = facts.directory.partner(facts.partner);
    let wanted = sender.map(|sender| sender.apprec_version(parsed.kind.apprec));
    let id = MsgId::new(new_uuid(facts.chance));
    let answer = Answer::Negative(refusals);
    let route = refusals.first().map_or("", |finding| finding.rule.id);
    let xml = parcel(&parsed.envelope, parsed.kind, receiver, &answer, wanted, id, facts.now, facts.partner, route);
    in_form(xml, sender, facts.now, facts.chance)
}

/// The positive AppRec for one receiver whose partner lets the gateway acknowledge what is handed over. `sender` is the partner with this
/// name, as far as it is still configured.
pub fn positive_apprec(
    parsed: &Parsed,
    receiver: &Receiver,
    (to, sender): (&PartnerName, Option<&Partner>),
    agreed: Option<AppRecVersion>,
    now: Timestamp,
    chance: &dyn Chance,
) -> Parcel {
    let id = MsgId::new(new_uuid(chance));
    let why = "acknowledged by the gateway";
    let xml = parcel(&parsed.envelope, parsed.kind, receiver, &Answer::Positive, agreed, id, now, to, why);
    in_form(xml, sender, now, chance)
}

/// In the form that the partner takes which it goes to.
fn in_form(mut parcel: Parcel, to: Option<&Partner>, now: Timestamp, chance: &dyn Chance) -> Parcel {
    if let Content::Own(xml) = &parcel.content
        && let Some(rendered) = apprec_for(to, xml.expose(), now, chance)
    {
        parcel.content = Content::Own(rendered.bytes);
    }
    parcel
}

#[expect(clippy::too_many_arguments, reason = "the two callers above are the signatures; this only joins them")]
fn parcel(
    envelope: &Envelope,
    kind: &MessageType,
    receiver: &Receiver,
    answer: &Answer<'_>,
    agreed: Option<AppRecVersion>,
    id: MsgId,
    now: Timestamp,
    to: &PartnerName,
    route: &str,
) -> Parcel {
    let apprec = compose(envelope, receiver, answer, version(kind, agreed), id.clone(), now);
    Parcel {
        purpose: Purpose::AppRec,
        to: to.clone(),
        receiver: envelope.sender.address(),
        role: receiver.role,
        conversation: id.key(),
        msg_id: id,
        type_code: "APPREC".into(),
        content: Content::Own(Private::new(write(&apprec).into_bytes())),
        apprec_due: None,
        route: route.into(),
    }
}
