//! FHIR-native senders: a minimal message Bundle, written by a platform that knows nothing of MsgHead, as the message that its
//! receiver understands. What is missing is told at once and all together, and so is what found no place.
//!
//! Pure: what must be looked up is [`wanted`] first and [`Known`] afterwards. Start reading at [`build`] in `build.rs`, then at
//! any event, such as `events/dialog_svar.rs`. The order of the lines below is the order of dependency.

mod rule;

mod catalogue;

mod remark;

mod known;

mod at;

mod entries;

mod unused;

mod earlier;

mod work;

mod code;

mod element;

mod moment;

mod contact;

mod person;

mod references;

mod professional;

mod party;

mod conversation;

mod patient;

mod words;

mod attachment;

mod envelope;

mod dialog;

mod plo;

mod events;

mod wanted;

mod stated;

mod build;

mod page;

pub use build::{Built, build, is_native};
pub use catalogue::all_rules;
pub use events::is_event;
pub use known::{Known, KnownAddress, KnownMessage, TimeStyle, Unmapped};
pub use page::page;
pub use remark::{Broken, Remark, Severity};
pub use rule::{IssueType, Rule};
pub use stated::stated;
pub use wanted::{Wanted, wanted};
