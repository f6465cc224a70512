//! Bundles as the platform's programmer meets them: what one says, and the minimal one that answers it.

use super::cast::System;
use super::desk::{Said, What};
use crate::domain::{HerId, MsgId, Timestamp};
use crate::fhir::{self, Json, Object, array};
use crate::routing::AppRecVersion;
use bytes::Bytes;

/// The system of HER-ids.
const HER: &str = "urn:oid:2.16.578.1.12.4.1.2";
/// The system of message types.
const TYPES: &str = "urn:oid:2.16.578.1.12.4.1.1.8279";

/// A Bundle that came, or that is a letter.
pub struct Opened<'b> {
    bundle: Json<'b>,
}

impl<'b> Opened<'b> {
    /// Reads one; `None` when it is no Bundle with a MessageHeader first.
    pub fn read(bytes: &'b [u8]) -> Option<Self> {
        let opened = Self { bundle: fhir::read(bytes, &fhir::Limits::default()).ok()? };
        opened.header().map(|_| ()).map(|()| opened)
    }

    fn resources(&self) -> impl Iterator<Item = (&str, &Json<'b>)> {
        let entries = self.bundle.get("entry").map_or(&[][..], Json::items);
        entries.iter().filter_map(|entry| Some((entry.get("fullUrl")?.text()?, entry.get("resource")?)))
    }

    fn header(&self) -> Option<&Json<'b>> {
        self.resources().next().map(|(_, header)| header).filter(|it| it.resource_type() == Some("MessageHeader"))
    }

    /// The id of the message: it is its MsgId.
    pub fn id(&self) -> Option<MsgId> {
        Some(MsgId::new(self.header()?.get("id")?.text()?))
    }

    /// `MsgInfo/Type`.
    pub fn type_code(&self) -> Option<&str> {
        self.header()?.get("eventCoding")?.get("code")?.text()
    }

    /// When it was written, as it says.
    pub fn timestamp(&self) -> Option<&str> {
        self.bundle.get("timestamp")?.text()
    }

    /// Who sends it.
    pub fn from(&self) -> Option<HerId> {
        self.her_id(self.header()?.get("sender")?)
    }

    /// Whom it is for.
    pub fn to(&self) -> Option<HerId> {
        self.her_id(self.header()?.first("destination")?.get("receiver")?)
    }

    /// The HER-id of what is referred to: its own, or that of the person in the role.
    fn her_id(&self, reference: &Json<'b>) -> Option<HerId> {
        let (_, party) = self.resources().find(|(url, _)| reference.get("reference").and_then(Json::text) == Some(url))?;
        let identifiers = party.get("identifier").map_or(&[][..], Json::items);
        let own = identifiers.iter().find(|one| one.get("system").and_then(Json::text) == Some(HER));
        match own {
            Some(own) => HerId::parse(own.get("value")?.text()?),
            None => self.her_id(party.get("practitioner")?),
        }
    }

    /// What it tells its receiver.
    pub fn says(&self) -> Option<What> {
        let header = self.header()?;
        let Some(response) = header.get("response") else {
            return Some(What::Message { msg_id: self.id()?, type_code: self.type_code()?.to_string() });
        };
        let is_older = header.get("definition").and_then(Json::text).is_some_and(|it| it.ends_with("apprec-1-0"));
        let software = header.get("source").and_then(|source| source.get("software")?.text());
        let said = Said {
            from: self.from(),
            version: if is_older { AppRecVersion::V1_0 } else { AppRecVersion::V1_1 },
            positive: response.get("code").and_then(Json::text) == Some("ok"),
            errors: self.errors(),
            by_gateway: software == Some("bindeledd"),
        };
        Some(What::AppRec { answers: MsgId::new(response.get("identifier")?.text()?), said })
    }

    fn errors(&self) -> Vec<String> {
        let outcomes = self.resources().filter(|(_, one)| one.resource_type() == Some("OperationOutcome"));
        let issues = outcomes.flat_map(|(_, outcome)| outcome.get("issue").map_or(&[][..], Json::items));
        let code = |issue: &Json<'b>| Some(issue.get("details")?.first("coding")?.get("code")?.text()?.to_string());
        issues.filter_map(code).collect()
    }
}

/// The receipt that a platform sends for a message: who it is, what it answers, and that all is well. Everything else the gateway knows.
pub fn receipt(answered: &MsgId, system: &System, id: &str, now: Timestamp) -> Bytes {
    let party = system.parties.first().map_or(0, |(her_id, _)| *her_id);
    let url = "urn:uuid:0b1c9c3e-5f0e-4c8a-8a64-6a1f3f0e7d21";
    let response = Object::new().with("identifier", answered.key()).with("code", "ok");
    let event = Object::new().with("system", TYPES).with("code", "APPREC");
    let source = Object::new().with("software", system.software).with("endpoint", "https://platform.example/fhir");
    let header = Object::resource("MessageHeader")
        .with("id", id.to_owned())
        .with("eventCoding", event)
        .with("source", source)
        .with("sender", Object::new().with("reference", url))
        .with("response", response);
    let identifier = Object::new().with("system", HER).with("value", party.to_string());
    let organization = Object::resource("Organization").with("identifier", array([identifier]));
    let entry = |url: String, resource: Object<'static>| Object::new().with("fullUrl", url).with("resource", resource);
    let entries = [entry(format!("urn:uuid:{id}"), header), entry(url.to_owned(), organization)];
    let bundle =
        Object::resource("Bundle").with("type", "message").with("timestamp", now.to_string()).with("entry", array(entries));
    Json::from(bundle).into_compact().into()
}
