//! Reads a MsgHead from its tree. It takes what is there; what the schema says about it is for the rules.

use super::XMLDSIG;
use super::model::{
    Address, Correspondent, Document, MsgHead, MsgInfo, NAMESPACE, Organisation, OtherReceiver, PatientReport, Person,
    RefDoc, TeleCom,
};
use crate::domain::{ConversationRef, Ident, MsgId, Private};
use crate::messages::coded::Coded;
use crate::messages::fields::{Fields, coded};
use crate::xml::Node;

const FELLESKOMPONENT1: &str = "http://www.kith.no/xmlstds/felleskomponent1";

/// The parts without which there is no envelope; the path to the first one that is missing.
pub type Missing = &'static [&'static str];

/// Reads the head. `Err` names the part whose absence leaves nothing to answer to.
pub fn read(root: Node<'_>) -> Result<MsgHead, Missing> {
    let head = Fields::of(root);
    let info = head.inside("MsgInfo").ok_or(&["MsgInfo"] as Missing)?;
    Ok(MsgHead {
        info: msg_info(info)?,
        documents: head.each("Document").map(document).collect(),
        reports: head.each("PatientReport").map(patient_report).collect(),
        signed: root.child(XMLDSIG, "Signature").is_some(),
    })
}

fn msg_info(info: Fields<'_>) -> Result<MsgInfo, Missing> {
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    Ok(MsgInfo {
        message_type: info.coded("Type").ok_or(&["MsgInfo", "Type"] as Missing)?,
        mig_version: info.text("MIGversion").unwrap_or_default(),
        gen_date: filled(info.text("GenDate")).ok_or(&["MsgInfo", "GenDate"] as Missing)?,
        msg_id: filled(info.text("MsgId")).map(MsgId::new).ok_or(&["MsgInfo", "MsgId"] as Missing)?,
        processing_status: info.coded("ProcessingStatus"),
        requested_priority: info.coded("RequestedPriority"),
        ack: info.coded("Ack"),
        conversation: info.inside("ConversationRef").and_then(conversation),
        sender: correspondent(info, "Sender").ok_or(&["MsgInfo", "Sender", "Organisation"] as Missing)?,
        receiver: correspondent(info, "Receiver").ok_or(&["MsgInfo", "Receiver", "Organisation"] as Missing)?,
        other_receivers: info.each("OtherReceiver").map(other_receiver).collect(),
        patient: info.inside("Patient").map(person),
    })
}

fn conversation(reference: Fields<'_>) -> Option<ConversationRef> {
    let parent = reference.text("RefToParent").filter(|text| !text.trim().is_empty());
    let conversation = reference.text("RefToConversation").filter(|text| !text.trim().is_empty());
    // One of the two is enough to tell what belongs together; R-087 judges the rest.
    let (parent, conversation) = (parent.clone().or(conversation.clone())?, conversation.or(parent)?);
    Some(ConversationRef { parent: MsgId::new(parent), conversation: MsgId::new(conversation) })
}

fn correspondent(info: Fields<'_>, local: &str) -> Option<Correspondent> {
    let side = info.inside(local)?;
    Some(Correspondent { com_method: side.coded("ComMethod"), organisation: organisation(side.inside("Organisation")?) })
}

fn other_receiver(other: Fields<'_>) -> OtherReceiver {
    OtherReceiver {
        com_method: other.coded("ComMethod"),
        role: other.coded("RoleReceiver").unwrap_or_default(),
        organisation: other.inside("Organisation").map(organisation),
        patient: other.inside("Patient").map(person),
        person: other.child("Person").map(|node| person(Fields::in_namespace(node, FELLESKOMPONENT1))),
        professional: other.inside("HealthcareProfessional").map(person),
    }
}

fn organisation(unit: Fields<'_>) -> Organisation {
    Organisation {
        name: unit.text("OrganisationName").unwrap_or_default(),
        organisation_type: unit.coded("TypeOrganisation"),
        idents: unit.each("Ident").map(ident).collect(),
        address: unit.inside("Address").map(address),
        telecoms: unit.each("TeleCom").map(telecom).collect(),
        organisation: unit.inside("Organisation").map(organisation).map(Box::new),
        professional: unit.inside("HealthcareProfessional").map(person).map(Box::new),
    }
}

fn person(fields: Fields<'_>) -> Person {
    Person {
        profession: fields.coded("TypeHealthcareProfessional"),
        role_to_patient: fields.coded("RoleToPatient"),
        family_name: fields.private("FamilyName"),
        middle_name: fields.private("MiddleName"),
        given_name: fields.private("GivenName"),
        date_of_birth: fields.private("DateOfBirth"),
        sex: fields.coded("Sex"),
        nationality: fields.coded("Nationality"),
        idents: fields.each("Ident").map(ident).collect(),
        address: fields.inside("Address").map(address),
        telecoms: fields.each("TeleCom").map(telecom).collect(),
    }
}

fn ident(fields: Fields<'_>) -> Ident {
    let Coded { v, s, dn, .. } = fields.coded("TypeId").unwrap_or_default();
    Ident { id: fields.private("Id").unwrap_or_default(), type_code: v, type_system: s, type_name: dn }
}

fn address(fields: Fields<'_>) -> Private<Address> {
    Private::new(Address {
        address_type: fields.coded("Type"),
        lines: super::ADDRESS_LINES.map(|line| fields.text(line)),
        county: fields.coded("County"),
        country: fields.coded("Country"),
    })
}

fn telecom(fields: Fields<'_>) -> Private<TeleCom> {
    let address = fields.value("TeleAddress").unwrap_or_default();
    Private::new(TeleCom { telecom_type: fields.coded("TypeTelecom"), address })
}

fn patient_report(report: Fields<'_>) -> PatientReport {
    PatientReport {
        connection: report.coded("DocumentConnection"),
        case_number: report.private("CaseNo").unwrap_or_default(),
        documents: report.each("Document").map(document).collect(),
        patient: report.inside("Patient").map(person),
    }
}

fn document(fields: Fields<'_>) -> Document {
    Document {
        connection: fields.coded("DocumentConnection"),
        content_type: fields.coded("ContentType"),
        content_description: fields.private("ContentDescription"),
        content_category: fields.coded("ContentCategory"),
        consent: fields.coded("Consent"),
        annotation: fields.private("Annotation"),
        from_date: fields.value("FromDate"),
        to_date: fields.value("ToDate"),
        oid_ref: fields.text("OidRef"),
        enquiry_ref_id: fields.private("EnquiryRefId"),
        reference: fields.inside("RefDoc").map(ref_doc).unwrap_or_default(),
    }
}

fn ref_doc(fields: Fields<'_>) -> RefDoc {
    let root = |node: Node<'_>| (node.name().namespace.to_string(), node.name().local.to_string());
    RefDoc {
        issue_date: fields.value("IssueDate"),
        msg_type: fields.child("MsgType").map(coded).unwrap_or_default(),
        id: fields.private("Id"),
        mime_type: fields.text("MimeType"),
        description: fields.private("Description"),
        compression: fields.coded("Compression"),
        file_reference: fields.private("FileReference"),
        content_roots: fields.child("Content").map(|content| content.children().map(root).collect()).unwrap_or_default(),
    }
}

/// The `Content` element of every document, in the order of `MsgHead::documents`, for whoever writes the message anew.
pub fn contents<'t>(root: Node<'t>) -> Vec<Option<Node<'t>>> {
    let reference = |document: Fields<'t>| document.inside("RefDoc")?.child("Content");
    Fields::in_namespace(root, NAMESPACE).each("Document").map(reference).collect()
}
