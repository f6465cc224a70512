//! MsgHead 1.2 as types: every class of HIS 80601, in the order of its schema. What belongs to a person is `Private`.

use crate::domain::{ConversationRef, Ident, MsgId, Party, Private, Professional, Unit};
use crate::messages::coded::Coded;

/// Namespace of MsgHead 1.2.
pub const NAMESPACE: &str = "http://www.kith.no/xmlstds/msghead/2006-05-24";

/// The root.
#[derive(Clone, PartialEq, Eq)]
pub struct MsgHead {
    /// `MsgInfo`.
    pub info: MsgInfo,
    /// `Document`, or none when there are reports.
    pub documents: Vec<Document>,
    /// `PatientReport`, only in reports to registers.
    pub reports: Vec<PatientReport>,
    /// Whether there is a `ds:Signature`. It holds only for the original bytes, so it is never written anew.
    pub signed: bool,
}

/// `MsgInfo`.
#[derive(Clone, PartialEq, Eq)]
pub struct MsgInfo {
    /// `Type`, code list 8279.
    pub message_type: Coded,
    /// `MIGversion`.
    pub mig_version: String,
    /// `GenDate`, as written.
    pub gen_date: String,
    /// `MsgId`.
    pub msg_id: MsgId,
    /// `ProcessingStatus`, 8113.
    pub processing_status: Option<Coded>,
    /// `RequestedPriority`, 8115.
    pub requested_priority: Option<Coded>,
    /// `Ack`, 7304; obsolete.
    pub ack: Option<Coded>,
    /// `ConversationRef`.
    pub conversation: Option<ConversationRef>,
    /// `Sender`.
    pub sender: Correspondent,
    /// `Receiver`.
    pub receiver: Correspondent,
    /// `OtherReceiver`.
    pub other_receivers: Vec<OtherReceiver>,
    /// `Patient`.
    pub patient: Option<Person>,
}

/// `Sender` and `Receiver`.
#[derive(Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// `ComMethod`, 8235; only for letters.
    pub com_method: Option<Coded>,
    /// `Organisation`.
    pub organisation: Organisation,
}

/// `OtherReceiver`: one of organisation, patient, person, professional.
#[derive(Clone, PartialEq, Eq)]
pub struct OtherReceiver {
    /// `ComMethod`, 8235.
    pub com_method: Option<Coded>,
    /// `RoleReceiver`, 8112.
    pub role: Coded,
    /// `Organisation`.
    pub organisation: Option<Organisation>,
    /// `Patient`.
    pub patient: Option<Person>,
    /// `Person`; its parts are in the namespace felleskomponent1.
    pub person: Option<Person>,
    /// `HealthcareProfessional`.
    pub professional: Option<Person>,
}

/// `Organisation`.
#[derive(Clone, PartialEq, Eq)]
pub struct Organisation {
    /// `OrganisationName`.
    pub name: String,
    /// `TypeOrganisation`, 9040.
    pub organisation_type: Option<Coded>,
    /// `Ident`.
    pub idents: Vec<Ident>,
    /// `Address`.
    pub address: Option<Private<Address>>,
    /// `TeleCom`.
    pub telecoms: Vec<Private<TeleCom>>,
    /// `Organisation` inside: the service.
    pub organisation: Option<Box<Organisation>>,
    /// `HealthcareProfessional` inside.
    pub professional: Option<Box<Person>>,
}

/// `Patient`, `Person` and `HealthcareProfessional`: one class but for the first two elements of the latter.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// `TypeHealthcareProfessional`, 9060.
    pub profession: Option<Coded>,
    /// `RoleToPatient`, 9034.
    pub role_to_patient: Option<Coded>,
    /// `FamilyName`.
    pub family_name: Option<Private<String>>,
    /// `MiddleName`.
    pub middle_name: Option<Private<String>>,
    /// `GivenName`.
    pub given_name: Option<Private<String>>,
    /// `DateOfBirth`, as written.
    pub date_of_birth: Option<Private<String>>,
    /// `Sex`, 3101.
    pub sex: Option<Coded>,
    /// `Nationality`, 9043.
    pub nationality: Option<Coded>,
    /// `Ident`.
    pub idents: Vec<Ident>,
    /// `Address`.
    pub address: Option<Private<Address>>,
    /// `TeleCom`.
    pub telecoms: Vec<Private<TeleCom>>,
}

/// `Address`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// `Type`, 3401.
    pub address_type: Option<Coded>,
    /// `StreetAdr`, `PostalCode`, `City`, `Postbox`, in this order.
    pub lines: [Option<String>; 4],
    /// `County`, 3402.
    pub county: Option<Coded>,
    /// `Country`, 9043.
    pub country: Option<Coded>,
}

/// `TeleCom`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct TeleCom {
    /// `TypeTelecom`, 9061.
    pub telecom_type: Option<Coded>,
    /// `TeleAddress/@V`.
    pub address: String,
}

/// `PatientReport`.
#[derive(Clone, PartialEq, Eq)]
pub struct PatientReport {
    /// `DocumentConnection`, 4702.
    pub connection: Option<Coded>,
    /// `CaseNo`.
    pub case_number: Private<String>,
    /// `Document`.
    pub documents: Vec<Document>,
    /// `Patient`.
    pub patient: Option<Person>,
}

/// `Document`. Its texts may hold anything, so they are private.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// `DocumentConnection`, 4702.
    pub connection: Option<Coded>,
    /// `ContentType`.
    pub content_type: Option<Coded>,
    /// `ContentDescription`.
    pub content_description: Option<Private<String>>,
    /// `ContentCategory`.
    pub content_category: Option<Coded>,
    /// `Consent`, 9064 or 3109.
    pub consent: Option<Coded>,
    /// `Annotation`.
    pub annotation: Option<Private<String>>,
    /// `FromDate/@V`.
    pub from_date: Option<String>,
    /// `ToDate/@V`.
    pub to_date: Option<String>,
    /// `OidRef`.
    pub oid_ref: Option<String>,
    /// `EnquiryRefId`.
    pub enquiry_ref_id: Option<Private<String>>,
    /// `RefDoc`.
    pub reference: RefDoc,
}

/// `RefDoc`, but for the content itself, which stays in the bytes as received.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RefDoc {
    /// `IssueDate/@V`.
    pub issue_date: Option<String>,
    /// `MsgType`, 8114.
    pub msg_type: Coded,
    /// `Id`.
    pub id: Option<Private<String>>,
    /// `MimeType`.
    pub mime_type: Option<String>,
    /// `Description`.
    pub description: Option<Private<String>>,
    /// `Compression`, 1204.
    pub compression: Option<Coded>,
    /// `FileReference`.
    pub file_reference: Option<Private<String>>,
    /// Namespace and local name of each root element in `Content`.
    pub content_roots: Vec<(String, String)>,
}

impl Organisation {
    /// The party that the organisation and what it contains stand for (HIS 1153-1, AD2.5 to AD2.8).
    pub fn party(&self) -> Party {
        let service = self.organisation.as_deref();
        let person = self.professional.as_deref().or_else(|| service?.professional.as_deref());
        Party { organisation: self.unit(), service: service.map(Self::unit), professional: person.map(Person::professional) }
    }

    fn unit(&self) -> Unit {
        Unit { name: self.name.clone(), idents: self.idents.clone() }
    }
}

impl Person {
    fn professional(&self) -> Professional {
        let part = |name: &Option<Private<String>>| name.as_ref().map(|n| n.expose().trim().to_string()).unwrap_or_default();
        let name = format!("{} {}", part(&self.given_name), part(&self.family_name));
        Professional { name: Private::new(name.trim().to_string()), idents: self.idents.clone() }
    }
}
