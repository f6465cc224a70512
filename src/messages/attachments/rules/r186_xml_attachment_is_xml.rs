//! an XML attachment is XML and not base64.

use crate::domain::MsgId;
use crate::domain::Text;
use crate::messages::attachments::attachment::{Attachment, attachments};
use crate::messages::content::child;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-186",
    name: "xml_attachment_is_xml",
    holds: Text {
        en: "An XML attachment is not base64, has MimeType text/xml and a UUID as RefDoc/Id",
        nb: "Et XML-vedlegg er ikke base64, har MimeType text/xml og en UUID som RefDoc/Id",
        nn: "Eit XML-vedlegg er ikkje base64, har MimeType text/xml og ein UUID som RefDoc/Id",
    },
    hint: Text {
        en: "Put the XML itself into Content",
        nb: "Legg selve XML-en i Content",
        nn: "Legg sjølve XML-en i Content",
    },
    source: "HIS 1036",
    incoming: Consequence::Warn,
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

/// Judges what is declared as XML or is XML.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let find = |attachment: Attachment<'_>| {
        let declared = attachment.mime_type().map(|(_, declared)| declared);
        let says_xml = declared.as_deref().is_some_and(|declared| matches!(declared, "text/xml" | "application/xml"));
        let is_xml = attachment.root.is_some() && attachment.base64().is_none();
        let has_uuid = || child(attachment.reference, "Id").is_some_and(|id| MsgId::new(id.text().trim()).is_uuid());
        let wrong = match (is_xml, says_xml) {
            (false, true) if attachment.base64().is_some() => Detail::words("XML as base64", "XML som base64"),
            (true, _) if declared.as_deref().is_some_and(|declared| declared != "text/xml") => {
                Detail::words("another MimeType", "en annen MimeType")
            }
            (true, _) if !has_uuid() => Detail::words("no UUID in RefDoc/Id", "ingen UUID i RefDoc/Id"),
            _ => return None,
        };
        Some(place::finding_at(&RULE, attachment.reference).found(wrong))
    };
    attachments(head).filter_map(find).collect()
}
