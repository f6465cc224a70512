//! Reads an AppRec of either version from its tree.

use super::model::{Address, AppRec, Hcp, Institution, Named, Original, Side, Who};
use crate::domain::{Ident, MsgId, Private};
use crate::messages::coded::Coded;
use crate::messages::fields::{Fields, coded};
use crate::routing::AppRecVersion;
use crate::xml::Node;

/// The path to a part without which there is nothing to match.
pub type Missing = &'static [&'static str];

/// Reads the receipt. `Err` names the part that is missing.
pub fn read(root: Node<'_>, version: AppRecVersion) -> Result<AppRec, Missing> {
    let fields = Fields::of(root);
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let original = fields.inside("OriginalMsgId").ok_or(&["OriginalMsgId"] as Missing)?;
    Ok(AppRec {
        version,
        mig_version: fields.text("MIGversion").unwrap_or_default(),
        software_name: fields.text("SoftwareName"),
        software_version: fields.text("SoftwareVersion"),
        gen_date: filled(fields.text("GenDate")).ok_or(&["GenDate"] as Missing)?,
        id: filled(fields.text("Id")).map(MsgId::new).ok_or(&["Id"] as Missing)?,
        sender: side(fields, "Sender").ok_or(&["Sender", "HCP"] as Missing)?,
        receiver: side(fields, "Receiver").ok_or(&["Receiver", "HCP"] as Missing)?,
        status: fields.coded("Status").ok_or(&["Status"] as Missing)?,
        errors: fields.each("Error").map(|error| coded(error.node())).collect(),
        original: Original {
            message_type: original.coded("MsgType").unwrap_or_default(),
            issue_date: original.text("IssueDate").unwrap_or_default(),
            id: filled(original.text("Id")).map(MsgId::new).ok_or(&["OriginalMsgId", "Id"] as Missing)?,
        },
    })
}

fn side(fields: Fields<'_>, local: &str) -> Option<Side> {
    let side = fields.inside(local)?;
    Some(Side { role: side.coded("Role"), hcp: hcp(side.inside("HCP")?)? })
}

fn hcp(fields: Fields<'_>) -> Option<Hcp> {
    let institution = fields.inside("Inst").map(|inst| Who::Institution(institution(inst)));
    let professional = || fields.inside("HCProf").map(|prof| Who::Professional(prof.coded("Type"), named(prof)));
    Some(Hcp {
        who: institution.or_else(professional)?,
        speciality: fields.coded("MedSpeciality"),
        address: fields.inside("Address").map(address),
    })
}

fn institution(fields: Fields<'_>) -> Institution {
    Institution {
        named: named(fields),
        departments: fields.each("Dept").map(|dept| (dept.coded("Type"), named(dept))).collect(),
        persons: fields.each("HCPerson").map(named).collect(),
    }
}

fn named(fields: Fields<'_>) -> Named {
    let primary = fields.private("Id").map(|id| ident(id, fields.coded("TypeId").unwrap_or_default()));
    let additional = fields
        .each("AdditionalId")
        .map(|other| ident(other.private("Id").unwrap_or_default(), other.coded("Type").unwrap_or_default()));
    Named { name: fields.private("Name"), idents: primary.into_iter().chain(additional).collect() }
}

fn ident(id: Private<String>, kind: Coded) -> Ident {
    Ident { id, type_code: kind.v, type_system: kind.s, type_name: kind.dn }
}

fn address(fields: Fields<'_>) -> Private<Address> {
    Private::new(Address {
        address_type: fields.coded("Type").unwrap_or_default(),
        lines: super::ADDRESS_LINES.map(|line| fields.text(line)),
        county: fields.coded("County"),
        country: fields.coded("Country"),
        city_district: fields.coded("CityDistr"),
        tele_addresses: fields.each("TeleAddress").map(|tele| coded(tele.node()).v).collect(),
    })
}
