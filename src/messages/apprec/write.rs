//! Writes an AppRec of either version, in the order of its schema.

use super::model::{Address, AppRec, Hcp, Institution, Named, Side, Who};
use crate::messages::coded::Coded;
use crate::routing::AppRecVersion;
use crate::xml::Writer;

const PREFIXES_1_0: &[(&str, &str)] = &[("", "http://www.kith.no/xmlstds/apprec/2004-11-21")];
const PREFIXES_1_1: &[(&str, &str)] = &[("", "http://www.kith.no/xmlstds/apprec/2012-02-15")];

/// Writes the receipt in UTF-8.
pub fn write(apprec: &AppRec) -> String {
    let prefixes = match apprec.version {
        AppRecVersion::V1_0 => PREFIXES_1_0,
        AppRecVersion::V1_1 => PREFIXES_1_1,
    };
    let mut out = Out { writer: Writer::new(prefixes), namespace: AppRec::namespace(apprec.version) };
    out.within("AppRec", |out| out.apprec(apprec));
    out.writer.finish()
}

struct Out {
    writer: Writer,
    namespace: &'static str,
}

impl Out {
    fn within(&mut self, local: &str, inside: impl FnOnce(&mut Self)) {
        self.writer.open(self.namespace, local);
        inside(self);
        self.writer.close();
    }

    fn maybe(&mut self, local: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.writer.leaf(self.namespace, local, text);
        }
    }

    /// CS and CV in this order of attributes; an empty one is left out, but `V` never.
    fn coded(&mut self, local: &str, coded: &Coded) {
        self.writer.open(self.namespace, local);
        self.writer.attribute("V", &coded.v);
        for (name, value) in [("S", &coded.s), ("DN", &coded.dn), ("OT", &coded.ot)] {
            if !value.is_empty() {
                self.writer.attribute(name, value);
            }
        }
        self.writer.close();
    }

    fn apprec(&mut self, apprec: &AppRec) {
        let msg_type = Coded { v: "APPREC".into(), dn: "Applikasjonskvittering".into(), ..Coded::default() };
        self.coded("MsgType", &msg_type);
        self.maybe("MIGversion", Some(&apprec.mig_version));
        self.maybe("SoftwareName", apprec.software_name.as_deref());
        self.maybe("SoftwareVersion", apprec.software_version.as_deref());
        self.maybe("GenDate", Some(&apprec.gen_date));
        self.maybe("Id", Some(apprec.id.as_written()));
        self.side("Sender", &apprec.sender);
        self.side("Receiver", &apprec.receiver);
        self.coded("Status", &apprec.status);
        for error in &apprec.errors {
            self.coded("Error", error);
        }
        self.within("OriginalMsgId", |out| {
            out.coded("MsgType", &apprec.original.message_type);
            out.maybe("IssueDate", Some(&apprec.original.issue_date));
            out.maybe("Id", Some(apprec.original.id.as_written()));
        });
    }

    fn side(&mut self, local: &str, side: &Side) {
        self.within(local, |out| {
            if let Some(role) = &side.role {
                out.coded("Role", role);
            }
            out.within("HCP", |out| out.hcp(&side.hcp));
        });
    }

    fn hcp(&mut self, hcp: &Hcp) {
        match &hcp.who {
            Who::Institution(institution) => self.within("Inst", |out| out.institution(institution)),
            Who::Professional(kind, named) => self.within("HCProf", |out| {
                out.optional("Type", kind.as_ref());
                out.name_and_id(named);
                out.additional_ids(named);
            }),
        }
        self.optional("MedSpeciality", hcp.speciality.as_ref());
        if let Some(address) = &hcp.address {
            self.within("Address", |out| out.address(address.expose()));
        }
    }

    fn optional(&mut self, local: &str, coded: Option<&Coded>) {
        if let Some(coded) = coded {
            self.coded(local, coded);
        }
    }

    /// Departments stand between the primary id and the additional ones.
    fn institution(&mut self, institution: &Institution) {
        self.name_and_id(&institution.named);
        for (kind, department) in &institution.departments {
            self.within("Dept", |out| {
                out.optional("Type", kind.as_ref());
                out.name_and_id(department);
                out.additional_ids(department);
            });
        }
        self.additional_ids(&institution.named);
        for person in &institution.persons {
            self.within("HCPerson", |out| {
                out.name_and_id(person);
                out.additional_ids(person);
            });
        }
    }

    fn name_and_id(&mut self, named: &Named) {
        self.maybe("Name", named.name.as_ref().map(|name| name.expose().as_str()));
        if let Some(primary) = named.idents.first() {
            self.id("Id", "TypeId", primary);
        }
    }

    fn additional_ids(&mut self, named: &Named) {
        for other in named.idents.iter().skip(1) {
            self.within("AdditionalId", |out| out.id("Id", "Type", other));
        }
    }

    fn id(&mut self, id: &str, kind: &str, ident: &crate::domain::Ident) {
        self.maybe(id, Some(ident.id.expose()));
        let coded = Coded { v: ident.type_code.clone(), dn: ident.type_name.clone(), ..Coded::default() };
        self.coded(kind, &coded);
    }

    fn address(&mut self, address: &Address) {
        self.coded("Type", &address.address_type);
        for (local, line) in super::ADDRESS_LINES.iter().zip(&address.lines) {
            self.maybe(local, line.as_deref());
        }
        self.optional("County", address.county.as_ref());
        self.optional("Country", address.country.as_ref());
        self.optional("CityDistr", address.city_district.as_ref());
        for tele in &address.tele_addresses {
            self.coded("TeleAddress", &Coded { v: tele.clone(), ..Coded::default() });
        }
    }
}
