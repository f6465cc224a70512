//! The nouns of the field and nothing else: no I/O, no XML, no clock.

pub mod hex;
mod time;
mod month;
mod retention;
mod ids;
mod private;
mod text;
mod tracking;
mod actor;
mod digest;
mod party;
mod person_id;
mod reason;
mod message_state;
mod envelope;
mod particulars;
mod fault;

pub use actor::Actor;
pub use digest::Digest;
pub use envelope::Envelope;
pub use fault::{Fault, FaultKind};
pub use ids::{ConversationRef, DeliveryId, HerId, HprNumber, MessageId, MsgId, OrganisationNumber, PartnerName};
pub use message_state::MessageState;
pub use month::Month;
pub use particulars::{Particular, Particulars};
pub use party::{Address, Ident, Level, Party, Professional, Receiver, Role, Unit};
pub use person_id::PersonId;
pub use private::{BirthDate, NumberClass, PersonNumber, Private};
pub use reason::Reason;
pub use retention::{Class, FirstKept, Retention};
pub use text::{Language, Text};
pub use time::{Chance, Clock, Seeded, Timestamp, new_uuid};
pub use tracking::{NotATrackingId, TrackingId};
