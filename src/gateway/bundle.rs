//! A Bundle that came instead of XML: judged by FHIR R4, then made the message that goes the ordinary way.

use super::Gateway;
use crate::domain::{Fault, PartnerName};
use crate::fhir;
use crate::messages::arrival_rules::{
    r203_bundle_is_valid_fhir as r203, r204_bundle_can_be_said_as_a_message as r204,
    r205_everything_in_a_bundle_has_a_place as r205,
};
use crate::rulebook::{Consequence, Finding};
use crate::translation::forms::left_over;
use crate::translation::mapping;
use bytes::Bytes;

/// What a Bundle came to.
pub(super) enum FromBundle {
    /// A message, and what of the Bundle has no place in it.
    Message(Bytes, Vec<Finding>),
    /// None: what is wrong, all of it.
    NoMessage(Vec<Finding>),
}

impl Gateway {
    /// Makes a message of a Bundle. What it refers to is looked up in the log, as far as the partner has a part in it.
    pub(super) fn from_bundle(&self, bytes: &Bytes, partner: &PartnerName) -> Result<FromBundle, Fault> {
        let bundle = match fhir::read(bytes, &fhir::Limits::default()) {
            Ok(bundle) => bundle,
            Err(trouble) => return Ok(FromBundle::NoMessage(vec![r203::unreadable(&trouble)])),
        };
        let issues = fhir::judge(&bundle);
        let findings = r203::findings(&issues, &fhir::places(bytes, &issues));
        if findings.iter().any(|finding| finding.consequence == Consequence::Block) {
            return Ok(FromBundle::NoMessage(findings));
        }
        self.message_of(&bundle, partner)
    }
}

impl Gateway {
    fn message_of(&self, bundle: &fhir::Json<'_>, _partner: &PartnerName) -> Result<FromBundle, Fault> {
        Ok(match mapping::to_xml(bundle) {
            Ok(xml) => {
                FromBundle::Message(Bytes::from(xml), left_over(bundle).into_iter().map(r205::without_place).collect())
            }
            Err(mapping::Unmapped::NoMessage) => FromBundle::NoMessage(vec![r204::no_message()]),
        })
    }
}
