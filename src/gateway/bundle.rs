//! A Bundle that came instead of XML: judged by FHIR R4, then made the message that goes the ordinary way.

use super::Gateway;
use crate::domain::{Fault, HerId, MsgId, PartnerName};
use crate::fhir;
use crate::fhir_edge::{SecondOpinion, read_typed};
use crate::messages::arrival_rules::{
    r203_bundle_is_valid_fhir as r203, r204_bundle_can_be_said_as_a_message as r204,
    r205_everything_in_a_bundle_has_a_place as r205,
};
use crate::routing::{Directory, LeftOver, Partner};
use crate::rulebook::{Consequence, Finding};
use crate::translation::forms::left_over;
use crate::translation::mapping;
use crate::translation::native::{self, Remark};
use crate::xml;
use bytes::Bytes;

/// What a Bundle came to.
pub enum FromBundle {
    /// A message, and what its sender should know though it goes on, such as what of the Bundle has no place in it.
    Message(Bytes, Vec<Finding>),
    /// None: what is wrong, all of it.
    NoMessage(Vec<Finding>),
}

/// How a message with a MsgId is recalled; none where the partner has no part in it.
pub type Recall<'u> = &'u dyn Fn(&MsgId) -> Result<Option<Vec<u8>>, Fault>;

/// What making a message of a Bundle needs to know.
pub struct Unpacking<'u> {
    /// Who is ours.
    pub directory: &'u Directory,
    /// Whose system brings it.
    pub partner: Option<&'u PartnerName>,
    /// The messages that it may refer to.
    pub recall: Recall<'u>,
}

impl Gateway {
    /// Makes a message of a Bundle. What it refers to is looked up in the log, as far as the partner has a part in it.
    pub(super) fn unpack(&self, bytes: &[u8], partner: &PartnerName) -> Result<FromBundle, Fault> {
        let recall = |id: &MsgId| self.store.known_to(partner, id);
        Unpacking { directory: &self.setup.directory, partner: Some(partner), recall: &recall }.unpack(bytes)
    }
}

impl Unpacking<'_> {
    /// Makes a message of a Bundle.
    pub fn unpack(&self, bytes: &[u8]) -> Result<FromBundle, Fault> {
        let bundle = match fhir::read(bytes, &fhir::Limits::default()) {
            Ok(bundle) => bundle,
            Err(trouble) => return Ok(FromBundle::NoMessage(vec![r203::unreadable(&trouble)])),
        };
        let issues = fhir::judge(&bundle);
        let mut notes = r203::findings(&issues, &fhir::places(bytes, &issues));
        if notes.iter().any(|finding| finding.consequence == Consequence::Block) {
            return Ok(FromBundle::NoMessage(notes));
        }
        notes.extend(second_opinion(bytes));
        Ok(match self.message_of(&bundle)? {
            FromBundle::Message(xml, more) => FromBundle::Message(xml, notes.into_iter().chain(more).collect()),
            no_message @ FromBundle::NoMessage(_) => no_message,
        })
    }

    /// A Bundle that was made from a message is that message again; of any other one is made, as its sender's platform means it.
    fn message_of(&self, bundle: &fhir::Json<'_>) -> Result<FromBundle, Fault> {
        if native::is_native(bundle) {
            let known = self.known(&native::wanted(bundle))?;
            return Ok(match native::build(bundle, &known) {
                Ok(built) => FromBundle::Message(Bytes::from(built.xml), built.unused.iter().map(Remark::finding).collect()),
                Err(remarks) => FromBundle::NoMessage(remarks.iter().map(Remark::finding).collect()),
            });
        }
        Ok(match mapping::to_xml(bundle) {
            Ok(xml) => FromBundle::Message(Bytes::from(xml), notes(bundle)),
            Err(mapping::Unmapped::NoMessage) => FromBundle::NoMessage(vec![r204::no_message()]),
        })
    }

    /// What a Bundle wants to have looked up: messages that the partner has a part in, and parties of ours.
    fn known(&self, wanted: &native::Wanted) -> Result<native::Known, Fault> {
        let directory = self.directory;
        let mut messages = Vec::new();
        for id in &wanted.messages {
            let bytes = (self.recall)(&MsgId::new(id.clone()))?;
            let text = bytes.as_ref().and_then(|bytes| xml::decode(bytes).ok());
            messages.extend(text.map(|text| native::KnownMessage::new(id.clone(), &text)));
        }
        let address = |her_id: &HerId| {
            let listed = directory.listed(*her_id)?;
            let (organisation, name) = listed.organisation;
            Some(native::KnownAddress {
                her_id: *her_id,
                name: listed.name.to_owned(),
                level: listed.level,
                organisation: (organisation, name.to_owned()),
            })
        };
        let sender = self.partner.and_then(|partner| directory.partner(partner));
        Ok(native::Known {
            messages,
            addresses: wanted.addresses.iter().filter_map(address).collect(),
            unmapped: match sender.map(|sender| sender.left_over).unwrap_or_default() {
                LeftOver::Report => native::Unmapped::Report,
                LeftOver::Refuse => native::Unmapped::Refuse,
                LeftOver::AppendText => native::Unmapped::AppendText,
            },
            questions_as_dialog: wanted.addresses.iter().skip(1).any(|receiver| self.takes_dialogues_only(*receiver)),
            ..native::Known::default()
        })
    }

    /// Whether a receiver's system takes clinical dialogues, and no requests.
    fn takes_dialogues_only(&self, receiver: HerId) -> bool {
        let partner = self.directory.listed(receiver).and_then(|listed| self.directory.partner(listed.partner?));
        let takes = |partner: &Partner, code: &str| partner.accepts.iter().any(|pattern| pattern.fits(code));
        partner.is_some_and(|partner| takes(partner, "DIALOG_HELSEFAGLIG") && !takes(partner, "DIALOG_FORESPORSEL"))
    }
}

/// A larger Bundle is not shown to the second reader, which reads some megabytes in a second.
const SECOND_OPINION_BYTES: usize = 1024 * 1024;

/// What a reader thinks that others wrote. Its model is narrower than FHIR R4 in places, so it may be wrong: a note, no more.
fn second_opinion(bytes: &[u8]) -> Option<Finding> {
    if bytes.len() > SECOND_OPINION_BYTES {
        return None;
    }
    match read_typed(bytes) {
        Ok(()) | Err(SecondOpinion::TooDeep(_)) => None,
        Err(SecondOpinion::Refused { entry, .. }) => Some(r203::refused_by_another_reader(entry)),
    }
}

/// So many places without a home are told.
const NOTES_MAX: usize = 50;

fn notes(bundle: &fhir::Json<'_>) -> Vec<Finding> {
    left_over(bundle).into_iter().take(NOTES_MAX).map(r205::without_place).collect()
}
