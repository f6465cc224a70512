//! Which earlier messages the translation of one may need. Most messages need none, and nothing is fetched for them.

use crate::domain::{Address, ConversationRef, Ident};
use crate::messages::{Body, Parsed};
use crate::routing::{Directory, Partner};
use crate::translation::versions::types_instead_of;

/// What may be needed.
#[derive(Default)]
pub struct EarlierWanted<'p> {
    /// The messages that it refers to: a dialog message may become another type for somebody.
    pub thread: Option<&'p ConversationRef>,
    /// A stay of this patient that this sender told of: an application of PLO 1.5 may become one of 1.6 for somebody.
    pub stay: Option<(&'p [Ident], Address)>,
}

impl<'p> EarlierWanted<'p> {
    /// What may be needed for the partners that there are.
    pub fn of(parsed: &'p Parsed, directory: &Directory) -> Self {
        if let Body::Receipt(_) = &parsed.body {
            return Self::default();
        }
        let reads_newer_only =
            |partner: &Partner| !partner.understands.takes("plo", "1.5") && partner.understands.takes("plo", "1.6");
        let is_application = parsed.kind.label() == "plo 1.5" && parsed.kind.root == "HelseopplysningerVedSoknad";
        let patient = Some(parsed.patient()).filter(|idents| !idents.is_empty());
        let names_types = |partner: &Partner| !partner.accepts.is_empty();
        let changes = types_instead_of(&parsed.envelope.type_code).next().is_some();
        Self {
            thread: parsed.envelope.conversation.as_ref().filter(|_| changes && directory.has(names_types)),
            stay: patient
                .filter(|_| is_application && directory.has(reads_newer_only))
                .map(|patient| (patient, parsed.envelope.sender.address())),
        }
    }
}
