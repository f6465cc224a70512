//! A Bundle that came instead of XML: judged by FHIR R4, then made the message that goes the ordinary way.

use super::Gateway;
use super::judge::aside;
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
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a Bundle came to.
pub enum FromBundle {
    /// A message, and what its sender should know though it goes on, such as what of the Bundle has no place in it.
    Message(Bytes, Vec<Finding>),
    /// None: what is wrong, all of it.
    NoMessage(Vec<Finding>),
}

/// A message that a Bundle refers to, and its bytes.
pub type Recalled = (MsgId, Vec<u8>);

/// A Bundle that was read. What it refers to is to be looked up before a message is made of it.
pub struct Unpacking<'b> {
    bundle: fhir::Json<'b>,
    /// What its sender should know though it goes on.
    notes: Vec<Finding>,
    /// What its message is made with; nothing where it was made from a message, which it is again.
    wanted: Option<native::Wanted>,
}

/// Who is ours, and whose system brings a Bundle.
#[derive(Clone, Copy)]
struct Known<'k>(&'k Directory, Option<&'k PartnerName>);

impl Gateway {
    /// Makes a message of a Bundle. What it refers to is looked up in the log, as far as the partner has a part in it.
    pub(super) async fn unpack(&self, bytes: &[u8], partner: &PartnerName) -> Result<FromBundle, Fault> {
        let unpacking = match guarded(|| Unpacking::begin(bytes))? {
            Ok(unpacking) => unpacking,
            Err(findings) => return Ok(FromBundle::NoMessage(findings)),
        };
        let mut recalled = Vec::new();
        for id in unpacking.refers_to() {
            let bytes = self.store.known_to(partner, &id).await?;
            recalled.extend(bytes.map(|bytes| (id, bytes)));
        }
        guarded(|| unpacking.finish(&self.setup.directory, Some(partner), &recalled))
    }
}

/// A second reader looks at it too, which takes its time: always long work. A defect that one Bundle brings to light is told as ours,
/// and the connection goes on.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(|| aside(usize::MAX, work))).map_err(|_| Fault::lasting("a Bundle broke its reader"))
}

impl<'b> Unpacking<'b> {
    /// Reads a Bundle; what is wrong, where nothing can be made of it.
    pub fn begin(bytes: &'b [u8]) -> Result<Self, Vec<Finding>> {
        let bundle = fhir::read(bytes, &fhir::Limits::default()).map_err(|trouble| vec![r203::unreadable(&trouble)])?;
        let issues = fhir::judge(&bundle);
        let mut notes = r203::findings(&issues, &fhir::places(bytes, &issues));
        if notes.iter().any(|finding| finding.consequence == Consequence::Block) {
            return Err(notes);
        }
        notes.extend(second_opinion(bytes));
        let wanted = native::is_native(&bundle).then(|| native::wanted(&bundle));
        Ok(Self { bundle, notes, wanted })
    }

    /// The messages that it refers to.
    pub fn refers_to(&self) -> Vec<MsgId> {
        self.wanted.iter().flat_map(|wanted| &wanted.messages).cloned().map(MsgId::new).collect()
    }

    /// Makes the message, with those that it refers to, as far as the partner that brings it has a part in them.
    pub fn finish(self, directory: &Directory, partner: Option<&PartnerName>, recalled: &[Recalled]) -> FromBundle {
        let Self { bundle, mut notes, wanted } = self;
        match message_of(&bundle, wanted.map(|wanted| Known(directory, partner).of(&wanted, recalled))) {
            FromBundle::Message(xml, more) => {
                notes.extend(more);
                FromBundle::Message(xml, notes)
            }
            no_message @ FromBundle::NoMessage(_) => no_message,
        }
    }
}

/// A Bundle that was made from a message is that message again; of any other one is made, as its sender's platform means it.
fn message_of(bundle: &fhir::Json<'_>, known: Option<native::Known>) -> FromBundle {
    if let Some(known) = known {
        return match native::build(bundle, &known) {
            Ok(built) => FromBundle::Message(Bytes::from(built.xml), built.unused.iter().map(Remark::finding).collect()),
            Err(remarks) => FromBundle::NoMessage(remarks.iter().map(Remark::finding).collect()),
        };
    }
    match mapping::to_xml(bundle) {
        Ok(xml) => FromBundle::Message(Bytes::from(xml), notes(bundle)),
        Err(mapping::Unmapped::NoMessage) => FromBundle::NoMessage(vec![r204::no_message()]),
    }
}

impl Known<'_> {
    /// What a Bundle wants to have looked up: messages that the partner has a part in, and parties of ours.
    fn of(self, wanted: &native::Wanted, recalled: &[Recalled]) -> native::Known {
        let Self(directory, partner) = self;
        let message = |(id, bytes): &Recalled| {
            let text = xml::decode(bytes).ok()?;
            Some(native::KnownMessage::new(id.as_written().to_owned(), &text))
        };
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
        let sender = partner.and_then(|partner| directory.partner(partner));
        native::Known {
            messages: recalled.iter().filter_map(message).collect(),
            addresses: wanted.addresses.iter().filter_map(address).collect(),
            unmapped: match sender.map(|sender| sender.left_over).unwrap_or_default() {
                LeftOver::Report => native::Unmapped::Report,
                LeftOver::Refuse => native::Unmapped::Refuse,
                LeftOver::AppendText => native::Unmapped::AppendText,
            },
            questions_as_dialog: wanted.addresses.iter().skip(1).any(|receiver| self.takes_dialogues_only(*receiver)),
            ..native::Known::default()
        }
    }

    /// Whether a receiver's system takes clinical dialogues, and no requests.
    fn takes_dialogues_only(self, receiver: HerId) -> bool {
        let Self(directory, _) = self;
        let partner = directory.listed(receiver).and_then(|listed| directory.partner(listed.partner?));
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
