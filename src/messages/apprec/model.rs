//! AppRec 1.0 and 1.1 as types: one structure, two namespaces (HIS 80415).

use crate::domain::{Ident, MsgId, Party, Private, Professional, Unit};
use crate::messages::coded::Coded;
use crate::routing::AppRecVersion;

/// An application receipt.
#[derive(Clone, PartialEq, Eq)]
pub struct AppRec {
    /// Which of the two namespaces.
    pub version: AppRecVersion,
    /// `MIGversion`.
    pub mig_version: String,
    /// `SoftwareName`.
    pub software_name: Option<String>,
    /// `SoftwareVersion`.
    pub software_version: Option<String>,
    /// `GenDate`, as written.
    pub gen_date: String,
    /// `Id`.
    pub id: MsgId,
    /// `Sender`: who answers, the receiver of the original.
    pub sender: Side,
    /// `Receiver`: who is answered.
    pub receiver: Side,
    /// `Status`, 8258.
    pub status: Coded,
    /// `Error`, 8221.
    pub errors: Vec<Coded>,
    /// `OriginalMsgId`.
    pub original: Original,
}

/// `Sender` and `Receiver`.
#[derive(Clone, PartialEq, Eq)]
pub struct Side {
    /// `Role`.
    pub role: Option<Coded>,
    /// `HCP`.
    pub hcp: Hcp,
}

/// `HCP`: an institution or a professional.
#[derive(Clone, PartialEq, Eq)]
pub struct Hcp {
    /// `Inst` or `HCProf`.
    pub who: Who,
    /// `MedSpeciality`.
    pub speciality: Option<Coded>,
    /// `Address`.
    pub address: Option<Private<Address>>,
}

/// The choice in `HCP`.
#[derive(Clone, PartialEq, Eq)]
pub enum Who {
    /// `Inst`.
    Institution(Institution),
    /// `HCProf`, with its `Type`.
    Professional(Option<Coded>, Named),
}

/// `Inst`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Institution {
    /// Name and identifiers.
    pub named: Named,
    /// `Dept`, each with its `Type`.
    pub departments: Vec<(Option<Coded>, Named)>,
    /// `HCPerson`.
    pub persons: Vec<Named>,
}

/// What `Inst`, `Dept`, `HCPerson` and `HCProf` share: `Name`, `Id` with `TypeId`, `AdditionalId`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// `Name`; of a person or of an organisation.
    pub name: Option<Private<String>>,
    /// `Id` with `TypeId`, then every `AdditionalId`. `TypeId` has no code list here, so `type_system` is empty.
    pub idents: Vec<Ident>,
}

/// `Address`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// `Type`, 3401.
    pub address_type: Coded,
    /// `StreetAdr`, `PostalCode`, `City`, in this order.
    pub lines: [Option<String>; 3],
    /// `County`, 3402.
    pub county: Option<Coded>,
    /// `Country`, 9043.
    pub country: Option<Coded>,
    /// `CityDistr`.
    pub city_district: Option<Coded>,
    /// `TeleAddress/@V`.
    pub tele_addresses: Vec<String>,
}

/// `OriginalMsgId`.
#[derive(Clone, PartialEq, Eq)]
pub struct Original {
    /// `MsgType`: the type of the message answered.
    pub message_type: Coded,
    /// `IssueDate`: its GenDate, as written.
    pub issue_date: String,
    /// `Id`: its MsgId.
    pub id: MsgId,
}

impl AppRec {
    /// The namespace of a version.
    pub fn namespace(version: AppRecVersion) -> &'static str {
        match version {
            AppRecVersion::V1_0 => "http://www.kith.no/xmlstds/apprec/2004-11-21",
            AppRecVersion::V1_1 => "http://www.kith.no/xmlstds/apprec/2012-02-15",
        }
    }

    /// The literal in `MIGversion` of a version.
    pub fn mig_version(version: AppRecVersion) -> &'static str {
        match version {
            AppRecVersion::V1_0 => "1.0 2004-11-21",
            AppRecVersion::V1_1 => "v1.1 2012-02-15",
        }
    }

    /// True when the message was taken in: status 1, or 3, which accepts a claim in part.
    pub fn is_positive(&self) -> bool {
        matches!(self.status.v.as_str(), "1" | "3")
    }
}

impl Hcp {
    /// The party it names.
    pub fn party(&self) -> Party {
        match &self.who {
            Who::Institution(institution) => institution.party(),
            Who::Professional(_, named) => Party {
                organisation: Unit { name: String::new(), idents: Vec::new() },
                service: None,
                professional: Some(named.professional()),
            },
        }
    }
}

impl Institution {
    fn party(&self) -> Party {
        let unit = |named: &Named| Unit {
            name: named.name.as_ref().map(|name| name.expose().clone()).unwrap_or_default(),
            idents: named.idents.clone(),
        };
        Party {
            organisation: unit(&self.named),
            service: self.departments.first().map(|(_, named)| unit(named)),
            professional: self.persons.first().map(Named::professional),
        }
    }
}

impl Named {
    fn professional(&self) -> Professional {
        Professional { name: self.name.clone().unwrap_or_default(), idents: self.idents.clone() }
    }
}
