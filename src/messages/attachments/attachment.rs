//! What an attachment is in a message: a later `Document` that is marked as one, or that holds a file as base64.

use crate::messages::content::{child, code};
use crate::messages::msghead::HeadView;
use crate::xml::Node;

const BASE64: &str = "http://www.kith.no/xmlstds/base64container";

/// One attachment.
#[derive(Clone, Copy)]
pub struct Attachment<'t> {
    /// Its `RefDoc`.
    pub reference: Node<'t>,
    /// What stands in its `Content`.
    pub root: Option<Node<'t>>,
}

/// The attachments in their order. The first document is the message itself.
pub fn attachments<'t>(head: &'t HeadView<'_>) -> impl Iterator<Item = Attachment<'t>> {
    attachments_of(head.documents())
}

/// Those among the documents of a message.
pub fn attachments_of<'t>(documents: impl Iterator<Item = Node<'t>>) -> impl Iterator<Item = Attachment<'t>> {
    let documents = documents.skip(1).filter_map(|document| {
        let reference = child(document, "RefDoc")?;
        let root = child(reference, "Content").and_then(|content| content.children().next());
        Some(Attachment { reference, root })
    });
    documents.filter(|attachment| attachment.is_marked() || attachment.base64().is_some())
}

impl<'t> Attachment<'t> {
    fn is_marked(&self) -> bool {
        child(self.reference, "MsgType").is_some_and(|kind| code(kind) == "A")
    }

    /// The file, if it is one.
    pub fn base64(&self) -> Option<Node<'t>> {
        self.root.filter(|root| root.is(BASE64, "Base64Container"))
    }

    /// `MimeType` in small letters and without parameters, if it is given.
    pub fn mime_type(&self) -> Option<(Node<'t>, String)> {
        let node = child(self.reference, "MimeType")?;
        let text = node.text();
        let kind = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        (!kind.is_empty()).then_some((node, kind))
    }
}
