//! Writes a MsgHead in the order of its schema. Content is copied from the tree it was read from.

use super::model::{
    Address, Correspondent, Document, MsgHead, MsgInfo, NAMESPACE, Organisation, OtherReceiver, PatientReport, Person,
    RefDoc, TeleCom,
};
use crate::domain::{Ident, Private};
use crate::messages::coded::Coded;
use crate::xml::{Node, Writer};

const FELLESKOMPONENT1: &str = "http://www.kith.no/xmlstds/felleskomponent1";
const PREFIXES: &[(&str, &str)] = &[("", NAMESPACE), ("fk1", FELLESKOMPONENT1)];

/// Writes the message in UTF-8. `contents` are the `Content` elements of the documents, in their order; the children of each
/// are copied as they are. A signature is not written: it was made for other bytes.
pub fn write(head: &MsgHead, contents: &[Option<Node<'_>>]) -> String {
    let mut out = Out { writer: Writer::new(PREFIXES), namespace: NAMESPACE };
    out.within("MsgHead", |out| {
        out.msg_info(&head.info);
        for (position, document) in head.documents.iter().enumerate() {
            out.document(document, contents.get(position).copied().flatten());
        }
        for report in &head.reports {
            out.patient_report(report);
        }
    });
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

    fn text(&mut self, local: &str, text: &str) {
        self.writer.leaf(self.namespace, local, text);
    }

    fn maybe(&mut self, local: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.text(local, text);
        }
    }

    fn private(&mut self, local: &str, text: Option<&Private<String>>) {
        self.maybe(local, text.map(Private::expose));
    }

    fn coded(&mut self, local: &str, coded: Option<&Coded>) {
        if let Some(Coded { v, s, dn, ot }) = coded {
            self.attributes(local, &[("V", v), ("S", s), ("DN", dn), ("OT", ot)]);
        }
    }

    fn value(&mut self, local: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.attributes(local, &[("V", value)]);
        }
    }

    fn attributes(&mut self, local: &str, attributes: &[(&str, &str)]) {
        self.writer.open(self.namespace, local);
        for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.writer.attribute(name, value);
        }
        self.writer.close();
    }

    fn msg_info(&mut self, info: &MsgInfo) {
        self.within("MsgInfo", |out| {
            out.coded("Type", Some(&info.message_type));
            out.text("MIGversion", &info.mig_version);
            out.text("GenDate", &info.gen_date);
            out.text("MsgId", info.msg_id.as_written());
            out.coded("ProcessingStatus", info.processing_status.as_ref());
            out.coded("RequestedPriority", info.requested_priority.as_ref());
            out.coded("Ack", info.ack.as_ref());
            if let Some(reference) = &info.conversation {
                out.within("ConversationRef", |out| {
                    out.text("RefToParent", reference.parent.as_written());
                    out.text("RefToConversation", reference.conversation.as_written());
                });
            }
            out.correspondent("Sender", &info.sender);
            out.correspondent("Receiver", &info.receiver);
            for other in &info.other_receivers {
                out.other_receiver(other);
            }
            if let Some(patient) = &info.patient {
                out.person("Patient", patient);
            }
        });
    }

    fn correspondent(&mut self, local: &str, side: &Correspondent) {
        self.within(local, |out| {
            out.coded("ComMethod", side.com_method.as_ref());
            out.organisation(&side.organisation);
        });
    }

    fn other_receiver(&mut self, other: &OtherReceiver) {
        self.within("OtherReceiver", |out| {
            out.coded("ComMethod", other.com_method.as_ref());
            out.coded("RoleReceiver", Some(&other.role));
            if let Some(organisation) = &other.organisation {
                out.organisation(organisation);
            }
            if let Some(patient) = &other.patient {
                out.person("Patient", patient);
            }
            if let Some(person) = &other.person {
                out.felleskomponent1_person(person);
            }
            if let Some(professional) = &other.professional {
                out.person("HealthcareProfessional", professional);
            }
        });
    }

    /// `mh:Person` whose parts are in the namespace felleskomponent1.
    fn felleskomponent1_person(&mut self, person: &Person) {
        self.within("Person", |out| {
            out.namespace = FELLESKOMPONENT1;
            out.person_parts(person);
            out.namespace = NAMESPACE;
        });
    }

    fn organisation(&mut self, organisation: &Organisation) {
        self.within("Organisation", |out| {
            out.text("OrganisationName", &organisation.name);
            out.coded("TypeOrganisation", organisation.organisation_type.as_ref());
            out.idents(&organisation.idents);
            out.contact(organisation.address.as_ref(), &organisation.telecoms);
            if let Some(service) = &organisation.organisation {
                out.organisation(service);
            }
            if let Some(professional) = &organisation.professional {
                out.person("HealthcareProfessional", professional);
            }
        });
    }

    fn person(&mut self, local: &str, person: &Person) {
        self.within(local, |out| out.person_parts(person));
    }

    fn person_parts(&mut self, person: &Person) {
        self.coded("TypeHealthcareProfessional", person.profession.as_ref());
        self.coded("RoleToPatient", person.role_to_patient.as_ref());
        self.private("FamilyName", person.family_name.as_ref());
        self.private("MiddleName", person.middle_name.as_ref());
        self.private("GivenName", person.given_name.as_ref());
        self.private("DateOfBirth", person.date_of_birth.as_ref());
        self.coded("Sex", person.sex.as_ref());
        self.coded("Nationality", person.nationality.as_ref());
        self.idents(&person.idents);
        self.contact(person.address.as_ref(), &person.telecoms);
    }

    fn idents(&mut self, idents: &[Ident]) {
        for ident in idents {
            self.within("Ident", |out| {
                out.text("Id", ident.id.expose());
                let attributes = [("V", &*ident.type_code), ("S", &*ident.type_system), ("DN", &*ident.type_name)];
                out.attributes("TypeId", &attributes);
            });
        }
    }

    fn contact(&mut self, address: Option<&Private<Address>>, telecoms: &[Private<TeleCom>]) {
        if let Some(address) = address.map(Private::expose) {
            self.within("Address", |out| {
                out.coded("Type", address.address_type.as_ref());
                for (local, line) in super::ADDRESS_LINES.iter().zip(&address.lines) {
                    out.maybe(local, line.as_ref());
                }
                out.coded("County", address.county.as_ref());
                out.coded("Country", address.country.as_ref());
            });
        }
        for telecom in telecoms.iter().map(Private::expose) {
            self.within("TeleCom", |out| {
                out.coded("TypeTelecom", telecom.telecom_type.as_ref());
                out.attributes("TeleAddress", &[("V", &telecom.address)]);
            });
        }
    }

    fn patient_report(&mut self, report: &PatientReport) {
        self.within("PatientReport", |out| {
            out.coded("DocumentConnection", report.connection.as_ref());
            out.text("CaseNo", report.case_number.expose());
            for document in &report.documents {
                out.document(document, None);
            }
            if let Some(patient) = &report.patient {
                out.person("Patient", patient);
            }
        });
    }

    fn document(&mut self, document: &Document, content: Option<Node<'_>>) {
        self.within("Document", |out| {
            out.coded("DocumentConnection", document.connection.as_ref());
            out.coded("ContentType", document.content_type.as_ref());
            out.private("ContentDescription", document.content_description.as_ref());
            out.coded("ContentCategory", document.content_category.as_ref());
            out.coded("Consent", document.consent.as_ref());
            out.private("Annotation", document.annotation.as_ref());
            out.value("FromDate", document.from_date.as_ref());
            out.value("ToDate", document.to_date.as_ref());
            out.maybe("OidRef", document.oid_ref.as_ref());
            out.private("EnquiryRefId", document.enquiry_ref_id.as_ref());
            out.ref_doc(&document.reference, content);
        });
    }

    fn ref_doc(&mut self, reference: &RefDoc, content: Option<Node<'_>>) {
        self.within("RefDoc", |out| {
            out.value("IssueDate", reference.issue_date.as_ref());
            out.coded("MsgType", Some(&reference.msg_type));
            out.private("Id", reference.id.as_ref());
            out.maybe("MimeType", reference.mime_type.as_ref());
            out.private("Description", reference.description.as_ref());
            out.coded("Compression", reference.compression.as_ref());
            out.private("FileReference", reference.file_reference.as_ref());
            if let Some(content) = content {
                out.within("Content", |out| content.children().for_each(|root| out.writer.copy(root)));
            }
        });
    }
}
