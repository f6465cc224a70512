//! Who sends and who receives: an organisation, and under it a service or a professional (HIS 1153).

use super::{HerId, Private};
use std::fmt;

/// One identifier of a party: `Ident/Id` with `Ident/TypeId`. The value may be a person's number, so it cannot be formatted.
#[derive(Clone, PartialEq, Eq)]
pub struct Ident {
    /// The identifier itself.
    pub id: Private<String>,
    /// `TypeId/@V`: HER, ENH, HPR, FNR …
    pub type_code: String,
    /// `TypeId/@S`: the OID of the list that the type code belongs to.
    pub type_system: String,
    /// `TypeId/@DN`: the type in words.
    pub type_name: String,
}

impl Ident {
    /// Whether it is the same identifier, of the same type.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        self.type_code == other.type_code && self.id.expose().trim() == other.id.expose().trim()
    }

    /// The HER-id, if this is one.
    pub fn her_id(&self) -> Option<HerId> {
        (self.type_code == "HER").then(|| HerId::parse(self.id.expose()))?
    }
}

/// An organisation or one of its services.
#[derive(Clone, PartialEq, Eq)]
pub struct Unit {
    /// `OrganisationName`.
    pub name: String,
    /// Its identifiers, in the order of the message.
    pub idents: Vec<Ident>,
}

/// A professional who is a communication party (a GP), or who only signs.
#[derive(Clone, PartialEq, Eq)]
pub struct Professional {
    /// Given name and family name with a blank between, as AppRec wants it.
    pub name: Private<String>,
    /// The identifiers.
    pub idents: Vec<Ident>,
}

/// A sender or a receiver as the message names it.
#[derive(Clone, PartialEq, Eq)]
pub struct Party {
    /// Level 1: the legal entity.
    pub organisation: Unit,
    /// Level 2: the service.
    pub service: Option<Unit>,
    /// Level 2 for a GP; a mere signer when there is a service.
    pub professional: Option<Professional>,
}

impl Party {
    /// The address by HER-ids, as far as the message gives them.
    pub fn address(&self) -> Address {
        let service = self.service.as_ref().and_then(|unit| first_her_id(&unit.idents));
        let professional = || self.professional.as_ref().and_then(|person| first_her_id(&person.idents));
        let (party, level) = match (&self.service, service) {
            (_, Some(her_id)) => (Some(her_id), Level::Service),
            (Some(_), None) => (None, Level::Service),
            (None, None) => match professional() {
                Some(her_id) => (Some(her_id), Level::Person),
                None => (None, if self.professional.is_some() { Level::Person } else { Level::Organisation }),
            },
        };
        Address { organisation: first_her_id(&self.organisation.idents), party, level }
    }
}

fn first_her_id(idents: &[Ident]) -> Option<HerId> {
    idents.iter().find_map(Ident::her_id)
}

/// What kind of thing stands on level 2 of an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Nothing: only the organisation is named.
    Organisation,
    /// A service or department.
    Service,
    /// A professional who is a communication party.
    Person,
}

/// HER-ids of a party on both levels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Address {
    /// Level 1.
    pub organisation: Option<HerId>,
    /// Level 2, the communication party.
    pub party: Option<HerId>,
    /// What stands on level 2.
    pub level: Level,
}

impl Address {
    /// The HER-id that names this party most exactly.
    pub fn most_exact(&self) -> Option<HerId> {
        self.party.or(self.organisation)
    }
}

impl fmt::Display for Address {
    /// `9000100/9000101`; a missing level is shown as a hyphen.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |f: &mut fmt::Formatter<'_>, id: Option<HerId>| match id {
            Some(id) => write!(f, "{id}"),
            None => f.write_str("-"),
        };
        show(f, self.organisation)?;
        f.write_str("/")?;
        show(f, self.party)
    }
}

/// In which role a receiver stands in the message (code list 8112).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// `Receiver`.
    Primary,
    /// `OtherReceiver`: a copy receiver is a full receiver, with routing and AppRec of its own (rule R-067).
    Copy,
}

impl Role {
    /// The word used in the store and in what people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Copy => "copy",
        }
    }
}

/// One receiver of a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Receiver {
    /// Who.
    pub party: Party,
    /// In which role.
    pub role: Role,
}
