//! What becomes of each receiver: legs, a refusal, or nothing because it is not ours.

use super::facts::Facts;
use super::version::{Rendered, Version, unsupported, version_for};
use crate::domain::{PartnerName, Receiver};
use crate::messages::Parsed;
use crate::messages::arrival_rules::r003_a_receiver_is_ours as r003;
use crate::messages::msghead::rules::RECEIVER_CHECKS;
use crate::messages::plo::rules::r158_a_reservation_stops_forwarding as r158;
use crate::routing::{Selection, Standing, Traits, select};
use crate::rulebook::{Consequence, Detail, Direction, Finding, Findings};

/// The fate of one receiver.
pub struct Fate<'p> {
    /// Which.
    pub receiver: &'p Receiver,
    /// How its address stands to us.
    pub standing: Standing,
    /// The routes that were asked, and the legs of the one that fitted.
    pub selection: Selection,
    /// What is wrong with it; its refusals refuse this receiver only.
    pub findings: Vec<Finding>,
    /// What the message is in the versions and forms of partners who do not understand it as it came.
    pub translations: Vec<(PartnerName, Rendered)>,
    /// Why nothing can be sent for now, though nothing is wrong with it: a defect of ours.
    pub defect: Option<String>,
}

impl Fate<'_> {
    /// True when an AppRec may be sent in the name of this receiver: its organisation is one of ours.
    pub fn is_of_ours(&self) -> bool {
        self.standing != Standing::NotOurs || self.is_refused()
    }

    /// True when this receiver is refused.
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(|finding| finding.refusal().is_some())
    }

    /// Into which version and form it is translated for a partner, and by which rules; `None` for who gets it as it came.
    pub fn translated_for(&self, partner: &PartnerName) -> Option<&str> {
        let of_partner = self.translations.iter().find(|(name, _)| name == partner);
        of_partner.map(|(_, rendered)| rendered.told.as_str())
    }

    /// The legs, unless it is refused.
    pub fn legs(&self) -> &[(PartnerName, bool)] {
        if self.is_refused() || self.defect.is_some() { &[] } else { &self.selection.legs }
    }
}

/// Decides for every receiver on its own: a copy receiver is a full receiver (rule R-067).
pub fn fates<'p>(parsed: &'p Parsed, facts: &Facts<'_>) -> Vec<Fate<'p>> {
    let receivers = parsed.envelope.receivers.iter().enumerate();
    receivers.map(|(position, receiver)| fate(parsed, position, receiver, facts)).collect()
}

fn fate<'p>(parsed: &'p Parsed, position: usize, receiver: &'p Receiver, facts: &Facts<'_>) -> Fate<'p> {
    let address = receiver.party.address();
    let traits = Traits {
        message_type: &parsed.envelope.type_code,
        version: parsed.kind.version,
        sender: parsed.envelope.sender.address(),
        receiver: address,
        role: receiver.role,
    };
    let standing = facts.directory.standing(address);
    let mut selection = select(traits, facts.routes, facts.directory);
    let kept_back = parsed.reserved && r158::keep_to_the_receiver(&standing, &mut selection.legs);
    // A route to a partner by name may take what no owner takes; only what nobody takes is judged by its address.
    let mut findings: Vec<Finding> = if selection.legs.is_empty() {
        let by_address = RECEIVER_CHECKS.iter().find_map(|check| check(receiver, position, facts.directory));
        let nobody =
            || Finding::new(&r003::RULE).with(Consequence::Note).about_receiver(position).found(Detail::address(address));
        by_address.or_else(|| (standing == Standing::NotOurs).then(nobody)).into_iter().collect()
    } else {
        let partners = selection.legs.iter().filter_map(|(name, _)| facts.directory.partner(name));
        partners.filter_map(|partner| unsupported(parsed, partner, position)).take(1).collect()
    };
    let (mut translations, mut defect) = (Vec::new(), None);
    // What goes nowhere needs no other version.
    let goes_on = parsed.findings.refusals().next().is_none() && parsed.findings.holds().next().is_none();
    if goes_on && findings.iter().all(|finding| finding.refusal().is_none()) {
        for partner in selection.legs.iter().filter_map(|(name, _)| facts.directory.partner(name)) {
            match version_for(parsed, partner, position, facts) {
                Version::AsReceived => {}
                Version::Translated(rendered) => translations.push((partner.name.clone(), rendered)),
                Version::Refused(reasons) => findings.extend(reasons),
                Version::Defect(why) => defect = Some(why),
            }
        }
    }
    findings.extend(kept_back.then(|| Finding::new(&r158::RULE).with(Consequence::Note).about_receiver(position)));
    let findings = agreed(findings, facts);
    Fate { receiver, standing, selection, findings, translations, defect }
}

/// What was agreed with the partner that brought the message, on what the path itself finds: an unknown service may be a warning (E21 is the
/// customer's choice, HIS 80415:2012, test 20).
pub(super) fn agreed(mut findings: Vec<Finding>, facts: &Facts<'_>) -> Vec<Finding> {
    if let Some(partner) = facts.directory.partner(facts.partner) {
        partner.severities.settle(&mut findings, Direction::Incoming);
    }
    findings
}
