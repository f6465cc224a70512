//! an attachment is of a type that every receiver of the profile can open.

use crate::domain::{Reason, Text};
use crate::messages::attachments::attachment::attachments;
use crate::messages::msghead::HeadView;
use crate::messages::place;
use crate::rulebook::{Consequence, Detail, Enforced, Finding, Rule};
use crate::xml::Node;

/// The rule.
pub static RULE: Rule = Rule {
    id: "R-184",
    name: "attachment_type_fits_the_profile",
    holds: Text {
        en: "An attachment is of a type that the profile allows: PDF, JPEG or PNG in DIALOG_HELSEFAGLIG and DIALOG_TIL_ARKIVERING, PDF in DIALOG_STATUS_HENVISNING",
        nb: "Et vedlegg er av en type som profilen tillater: PDF, JPEG eller PNG i DIALOG_HELSEFAGLIG og DIALOG_TIL_ARKIVERING, PDF i DIALOG_STATUS_HENVISNING",
        nn: "Eit vedlegg er av ein type som profilen tillèt: PDF, JPEG eller PNG i DIALOG_HELSEFAGLIG og DIALOG_TIL_ARKIVERING, PDF i DIALOG_STATUS_HENVISNING",
    },
    hint: Text {
        en: "Convert the attachment to PDF and send the message again with a new MsgId",
        nb: "Gjør vedlegget om til PDF og send meldingen på nytt med ny MsgId",
        nn: "Gjer vedlegget om til PDF og send meldinga på nytt med ny MsgId",
    },
    source: "HIS 1036; HITS 1168; HIS 1077; HIS 1206; HITS 1228",
    incoming: Consequence::Refuse(Reason::UnsupportedFormat),
    outgoing: Consequence::Block,
    agreed: &[],
    enforced: Enforced::Check,
};

const PDF: &[&str] = &["application/pdf"];
const PDF_AND_PICTURES: &[&str] = &["application/pdf", "image/jpeg", "image/jpg", "image/png"];

/// The types of attachment that a type of message allows; `None` where no profile says so.
pub fn allowed_in(type_code: &str) -> Option<&'static [&'static str]> {
    match type_code {
        "DIALOG_STATUS_HENVISNING" => Some(PDF),
        "DIALOG_HELSEFAGLIG" | "DIALOG_TIL_ARKIVERING" => Some(PDF_AND_PICTURES),
        _ => None,
    }
}

/// Judges the declared type. Other types of message have no such list.
pub fn check(head: &HeadView<'_>) -> Vec<Finding> {
    let Some(allowed) = allowed_in(head.type_code()) else { return Vec::new() };
    let find = |(node, declared): (Node<'_>, String)| {
        let fits = allowed.contains(&declared.as_str());
        (!fits).then(|| place::finding_at(&RULE, node).found(shown(&declared)))
    };
    attachments(head).filter_map(|attachment| attachment.mime_type()).filter_map(find).collect()
}

/// Only types that are well known are shown: the field is free text.
fn shown(declared: &str) -> Detail {
    match declared {
        "text/plain" => Detail::words("text/plain", "text/plain"),
        "text/xml" | "application/xml" => Detail::words("XML", "XML"),
        "text/html" => Detail::words("text/html", "text/html"),
        "text/rtf" | "application/rtf" => Detail::words("RTF", "RTF"),
        "image/tiff" => Detail::words("image/tiff", "image/tiff"),
        "image/gif" => Detail::words("image/gif", "image/gif"),
        "application/msword" => Detail::words("a Word document", "et Word-dokument"),
        _ => Detail::words("another type", "en annen type"),
    }
}
