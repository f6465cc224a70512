//! Attachments: DocumentReferences and attachments of a payload, each a Document behind the message.

use super::at::At;
use super::catalogue::{ATTACHMENT_CONTENT, ATTACHMENT_DATA, ATTACHMENT_FORM, ATTACHMENT_TYPE};
use super::code::Code;
use super::element::{B64, Element, MH, put};
use super::words::kind_of;
use super::work::Work;
use crate::messages::attachments::begins_as;
use crate::translation::mapping::{base64, from_base64};

/// The types that every receiver of this kind of message must take (HIS 1077, HITS 1228).
const TYPES: [&str; 3] = ["application/pdf", "image/jpeg", "image/png"];
const TEXTS: [&str; 2] = ["text/plain", "application/xhtml+xml"];

/// The Documents of all attachments, in the order of the Bundle; what cannot be sent is told.
pub(super) fn documents(work: &Work<'_>, roots: &[At<'_>]) -> Vec<Element> {
    let mut found: Vec<(At<'_>, Option<String>)> = Vec::new();
    for root in roots {
        let payloads = root.each("payload").into_iter();
        let attached = payloads.filter_map(|payload| payload.choice("contentAttachment", "content", "Attachment"));
        // A text is part of the message's own text.
        let is_file = |one: &At<'_>| kind_of(one).is_none_or(|kind| !TEXTS.contains(&&*kind));
        found.extend(attached.filter(is_file).map(|one| (one, None)));
    }
    for reference in work.entries.all("DocumentReference") {
        let described = reference.text_of("description").map(str::to_owned);
        ["status", "subject", "date", "docStatus"].into_iter().for_each(|name| reference.done_with(name));
        let contents = reference.each("content").into_iter().filter_map(|content| content.get("attachment"));
        found.extend(contents.map(|one| (one, described.clone())));
    }
    let all = found.iter().enumerate();
    all.filter_map(|(at, (attachment, described))| document(work, attachment, described.as_deref(), at + 1)).collect()
}

fn document(work: &Work<'_>, attachment: &At<'_>, described: Option<&str>, number: usize) -> Option<Element> {
    let kind = kind_of(attachment);
    let kind = kind.map(|kind| if kind == "image/jpg" { "image/jpeg".to_owned() } else { kind });
    let Some(kind) = kind.filter(|kind| TYPES.contains(&&**kind)) else {
        work.tell(&ATTACHMENT_TYPE, attachment.place("contentType"));
        return None;
    };
    let data = data(work, attachment)?;
    if from_base64(&data).is_some_and(|bytes| !begins_as(&kind, &bytes)) {
        work.tell(&ATTACHMENT_CONTENT, attachment.place("contentType"));
    }
    let title = attachment.peek_of("title").map(str::trim).or(described).map(str::to_owned);
    let title = title.unwrap_or_else(|| format!("Vedlegg {number}"));
    let created = attachment.get("creation").and_then(|time| super::moment::point(work, &time));
    attachment.done();
    let mut reference = MH.element("RefDoc");
    reference.push(MH.ts("IssueDate", created.as_deref().unwrap_or(&work.made_at)));
    reference.push(MH.cs("MsgType", &Code::of(8114, "A")));
    reference.push(MH.text("MimeType", &kind));
    reference.push(MH.text("Description", &title));
    let mut content = MH.element("Content");
    content.push(B64.text("Base64Container", &data));
    put(&mut reference, content);
    let mut document = MH.element("Document");
    document.push(reference);
    Some(document)
}

/// The content: in the attachment, or in a Binary of the Bundle.
fn data(work: &Work<'_>, attachment: &At<'_>) -> Option<String> {
    let binary = || work.entries.named(attachment.peek_of("url")?).filter(|one| one.resource_type() == "Binary");
    let holder = if attachment.peek_of("data").is_some() { Some(attachment.clone()) } else { binary() };
    let Some(written) = holder.as_ref().and_then(|holder| holder.peek_of("data")) else {
        work.tell(&ATTACHMENT_DATA, attachment.path.clone());
        return None;
    };
    holder.iter().for_each(At::done);
    match from_base64(written) {
        Some(bytes) => Some(base64(&bytes)),
        None => {
            holder.iter().for_each(|holder| work.tell(&ATTACHMENT_FORM, holder.place("data")));
            None
        }
    }
}
