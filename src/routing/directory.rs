//! Who is ours: partners, the organisations and parties they own, and what the gateway does on their behalf.

use super::table::Pattern;
use super::understands::{LeftOver, Understands};
use crate::domain::{Address, HerId, Level, PartnerName};
use crate::rulebook::{Direction, Severities};
use std::collections::HashMap;
use std::sync::Arc;

/// A partner: one system at the other end of a connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Partner {
    /// Its name; the stem of its file.
    pub name: PartnerName,
    /// What people call it.
    pub title: String,
    /// The parties it owns. It may send only as these, and gets what is addressed to them.
    pub parties: Vec<OwnedParty>,
    /// Who sends the positive AppRec for what is delivered to it.
    pub acknowledges: Acknowledges,
    /// The AppRec version it wants, whatever the message version says (agreed between the parties, HIS 80415 errata 2015).
    pub apprec: Option<AppRecVersion>,
    /// The types its system supports; empty means all. Others are refused with T10 (rule R-023).
    pub accepts: Vec<Pattern>,
    /// Which versions its system understands; messages in others are translated for it, or refused.
    pub understands: Understands,
    /// What becomes of that in its Bundles which no message has a place for.
    pub left_over: LeftOver,
    /// How its messages are judged: as received from elsewhere, or as about to be sent by a system connected to us.
    pub judged_as: Direction,
    /// What was agreed with it instead of what the rules say.
    pub severities: Arc<Severities>,
}

/// A service or a professional, or a whole organisation without services, that a partner's system serves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnedParty {
    /// HER-id of the organisation, level 1.
    pub organisation: HerId,
    /// The organisation's name.
    pub organisation_name: String,
    /// HER-id on level 2; `None` when the organisation itself is the party.
    pub party: Option<HerId>,
    /// What it is.
    pub level: Level,
    /// The name of the service or professional's list, for people.
    pub name: String,
}

/// One HER-id of ours, with what it is called on both levels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Listed<'d> {
    /// Whose system has it; an organisation may be served by several.
    pub partner: Option<&'d PartnerName>,
    /// What it is.
    pub level: Level,
    /// What it is called.
    pub name: &'d str,
    /// The organisation that it is part of; itself for an organisation.
    pub organisation: (HerId, &'d str),
}

/// Who sends the positive AppRec.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Acknowledges {
    /// The receiving system, as the standard wants it (HIS 80415:2012, 3.2).
    #[default]
    Receiver,
    /// The gateway on its behalf, once the message is handed over.
    Gateway,
}

/// The versions of AppRec.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AppRecVersion {
    /// 1.0 2004-11-21.
    V1_0,
    /// 1.1 2012-02-15.
    V1_1,
}

impl AppRecVersion {
    /// The version as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
        }
    }
}

impl Partner {
    /// Whether its system supports a type of message (rule R-023).
    pub fn supports(&self, type_code: &str) -> bool {
        self.accepts.is_empty() || self.accepts.iter().any(|pattern| pattern.fits(type_code))
    }

    /// The AppRec version for it, given the one that belongs to its message: what was agreed, or else one that its system understands.
    pub fn apprec_version(&self, usual: AppRecVersion) -> AppRecVersion {
        let newest_first = [AppRecVersion::V1_1, AppRecVersion::V1_0];
        let understood = |version: AppRecVersion| self.understands.takes("apprec", version.as_str());
        match self.apprec {
            Some(agreed) => agreed,
            None if understood(usual) => usual,
            None => newest_first.into_iter().find(|version| understood(*version)).unwrap_or(usual),
        }
    }
}

/// How an address stands to us.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// A party of ours; this partner owns it.
    Ours(PartnerName),
    /// The organisation is ours, the party on level 2 is not known there.
    UnknownParty,
    /// The organisation is not one of ours.
    NotOurs,
}

/// Two partners that claim the same HER-id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DirectoryConflict {
    /// The HER-id in question.
    pub her_id: HerId,
    /// Who had it first.
    pub first: PartnerName,
    /// Who claims it too.
    pub second: PartnerName,
}

/// All partners, and who owns which HER-id.
#[derive(Clone, Default, Debug)]
pub struct Directory {
    partners: HashMap<PartnerName, Partner>,
    parties: HashMap<HerId, PartnerName>,
    organisations: HashMap<HerId, Option<PartnerName>>,
}

impl Directory {
    /// What is known of a HER-id: of a service or professional, or of an organisation as a whole.
    pub fn listed(&self, her_id: HerId) -> Option<Listed<'_>> {
        let owned = self.partners.values().flat_map(|partner| partner.parties.iter().map(move |owned| (partner, owned)));
        let mut all: Vec<_> =
            owned.filter(|(_, owned)| owned.party == Some(her_id) || owned.organisation == her_id).collect();
        all.sort_by_key(|(partner, owned)| (owned.party != Some(her_id), &partner.name));
        let (_, owned) = all.first()?;
        let organisation = (owned.organisation, owned.organisation_name.as_str());
        let (level, name) = match owned.party {
            Some(party) if party == her_id => (owned.level, owned.name.as_str()),
            _ => (Level::Organisation, organisation.1),
        };
        let partner = self.parties.get(&her_id).or_else(|| self.organisations.get(&her_id)?.as_ref());
        Some(Listed { partner, level, name, organisation })
    }

    /// Builds the directory; a party has exactly one owner.
    pub fn new(partners: impl IntoIterator<Item = Partner>) -> Result<Self, DirectoryConflict> {
        let mut directory = Self::default();
        for partner in partners {
            for owned in &partner.parties {
                directory.enter(&partner.name, owned)?;
            }
            directory.partners.insert(partner.name.clone(), partner);
        }
        Ok(directory)
    }

    fn enter(&mut self, name: &PartnerName, owned: &OwnedParty) -> Result<(), DirectoryConflict> {
        let conflict =
            |her_id, first: &PartnerName| Err(DirectoryConflict { her_id, first: first.clone(), second: name.clone() });
        match owned.party {
            Some(party) => {
                self.organisations.entry(owned.organisation).or_insert(None);
                match self.parties.insert(party, name.clone()) {
                    Some(first) if first != *name => conflict(party, &first),
                    _ => Ok(()),
                }
            }
            None => match self.organisations.insert(owned.organisation, Some(name.clone())) {
                Some(Some(first)) if first != *name => conflict(owned.organisation, &first),
                _ => Ok(()),
            },
        }
    }

    /// How an address stands to us (rules ).
    pub fn standing(&self, address: Address) -> Standing {
        let Some(organisation) = address.organisation.and_then(|her_id| self.organisations.get(&her_id)) else {
            return Standing::NotOurs;
        };
        match (address.party.and_then(|her_id| self.parties.get(&her_id)), organisation) {
            (Some(owner), _) => Standing::Ours(owner.clone()),
            (None, Some(owner)) => Standing::Ours(owner.clone()),
            (None, None) => Standing::UnknownParty,
        }
    }

    /// True when some partner owns this HER-id on level 2.
    pub fn owns_party(&self, her_id: HerId) -> bool {
        self.parties.contains_key(&her_id)
    }

    /// True when the partner may send as this address: it owns the most exact HER-id in it.
    pub fn may_send_as(&self, partner: &PartnerName, address: Address) -> bool {
        let owner = match address.party {
            Some(party) => match self.parties.get(&party) {
                Some(owner) => Some(owner),
                None => self.owner_of_organisation(address),
            },
            None => self.owner_of_organisation(address).or_else(|| self.any_party_owner(partner, address)),
        };
        owner == Some(partner)
    }

    fn owner_of_organisation(&self, address: Address) -> Option<&PartnerName> {
        self.organisations.get(&address.organisation?)?.as_ref()
    }

    /// A sender that names only its organisation is believed if the partner owns some party of that organisation.
    fn any_party_owner<'a>(&self, partner: &'a PartnerName, address: Address) -> Option<&'a PartnerName> {
        let owned = &self.partners.get(partner)?.parties;
        owned.iter().any(|party| Some(party.organisation) == address.organisation).then_some(partner)
    }

    /// Whether there is such a partner.
    pub fn has(&self, is_such: impl Fn(&Partner) -> bool) -> bool {
        self.partners.values().any(is_such)
    }

    /// A partner by name.
    pub fn partner(&self, name: &PartnerName) -> Option<&Partner> {
        self.partners.get(name)
    }

    /// All partners, in the order of their names.
    pub fn partners(&self) -> Vec<&Partner> {
        let mut all: Vec<_> = self.partners.values().collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }
}
