//! The choice: the first route whose criteria all hold, with a reason for every route that lost.

use super::directory::{Directory, Standing};
use super::table::{Criteria, Destination, LegSpec, Route, RouteTable};
use crate::domain::{Address, HerId, PartnerName, Role};
use std::fmt;

/// What a route may ask about: the traits of a message and of one of its receivers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Traits<'a> {
    /// `MsgInfo/Type`.
    pub message_type: &'a str,
    /// Version of the content, empty when it is opaque.
    pub version: &'a str,
    /// Who sends.
    pub sender: Address,
    /// Who is to receive.
    pub receiver: Address,
    /// In which role.
    pub role: Role,
}

/// The choice for one receiver.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selection {
    /// Every route that was asked, in order, until one fitted.
    pub considered: Vec<Considered>,
    /// The route that fitted.
    pub route: Option<String>,
    /// Where it sends: partner, and whether an AppRec is expected from there.
    pub legs: Vec<(PartnerName, bool)>,
}

/// One route that was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Considered {
    /// Its name.
    pub route: String,
    /// Why it lost; `None` for the one that won.
    pub lost: Option<Mismatch>,
}

/// Why a route did not fit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mismatch {
    /// The receiver is not in its list.
    Receiver,
    /// The sender is not in its list.
    Sender,
    /// The type is not in its list.
    MessageType,
    /// The version is not in its list.
    Version,
    /// It is for the other role.
    Role,
    /// It sends to the owner of the receiver's HER-id, and nobody of ours owns it.
    NoOwner,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Receiver => "the receiver's HER-id is not in its list",
            Self::Sender => "the sender's HER-id is not in its list",
            Self::MessageType => "the message type is not in its list",
            Self::Version => "the version is not in its list",
            Self::Role => "it is for receivers in the other role",
            Self::NoOwner => "it sends to the owner of the receiver's HER-id, and no partner owns it",
        })
    }
}

/// Asks the routes in order and takes the first that fits.
pub fn select(traits: Traits<'_>, table: &RouteTable, directory: &Directory) -> Selection {
    let owner = match directory.standing(traits.receiver) {
        Standing::Ours(owner) => Some(owner),
        Standing::UnknownParty | Standing::NotOurs => None,
    };
    let mut considered = Vec::new();
    for route in table.routes() {
        let lost = mismatch(route, traits, owner.as_ref());
        considered.push(Considered { route: route.name.clone(), lost });
        if lost.is_none() {
            let legs = legs_of(&route.legs, owner.as_ref());
            return Selection { considered, route: Some(route.name.clone()), legs };
        }
    }
    Selection { considered, route: None, legs: Vec::new() }
}

fn mismatch(route: &Route, traits: Traits<'_>, owner: Option<&PartnerName>) -> Option<Mismatch> {
    let Criteria { receiver, sender, message_type, version, role } = &route.criteria;
    let to_owner = || route.legs.iter().any(|leg| leg.to == Destination::Owner);
    if !names(receiver, traits.receiver) {
        Some(Mismatch::Receiver)
    } else if !names(sender, traits.sender) {
        Some(Mismatch::Sender)
    } else if !message_type.is_empty() && !message_type.iter().any(|pattern| pattern.fits(traits.message_type)) {
        Some(Mismatch::MessageType)
    } else if !version.is_empty() && !version.iter().any(|v| v == traits.version) {
        Some(Mismatch::Version)
    } else if role.is_some_and(|wanted| wanted != traits.role) {
        Some(Mismatch::Role)
    } else if owner.is_none() && to_owner() {
        Some(Mismatch::NoOwner)
    } else {
        None
    }
}

/// A list of HER-ids names an address when either level is in it; an empty list names all.
fn names(list: &[HerId], address: Address) -> bool {
    let contains = |her_id: Option<HerId>| her_id.is_some_and(|her_id| list.contains(&her_id));
    list.is_empty() || contains(address.organisation) || contains(address.party)
}

/// The partners of the legs, each once: a partner that is named twice gets the message once.
fn legs_of(specs: &[LegSpec], owner: Option<&PartnerName>) -> Vec<(PartnerName, bool)> {
    let mut legs: Vec<(PartnerName, bool)> = Vec::new();
    for spec in specs {
        let partner = match &spec.to {
            Destination::Owner => owner.cloned(),
            Destination::Partner(name) => Some(name.clone()),
        };
        if let Some(partner) = partner.filter(|p| legs.iter().all(|(known, _)| known != p)) {
            legs.push((partner, spec.expects_apprec));
        }
    }
    legs
}
