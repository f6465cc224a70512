//! Everything that must become true together: verdict, parcels, what is answered, history. The store writes it or nothing.

use crate::domain::{Address, DeliveryId, MessageState, MsgId, PartnerName, Private, Role, Timestamp};
use crate::rulebook::Finding;

/// What becomes of one message.
pub struct Outcome {
    /// Where it stands now.
    pub state: MessageState,
    /// All findings, also those that were only noted.
    pub findings: Vec<Finding>,
    /// What goes out because of it.
    pub parcels: Vec<Parcel>,
    /// The delivery that it answers, if it is an AppRec.
    pub answers: Option<Answered>,
    /// What happened, in order.
    pub history: Vec<Entry>,
}

/// Final bytes for one receiver.
pub struct Parcel {
    /// A message, or an AppRec.
    pub purpose: Purpose,
    /// Whose system it goes to.
    pub to: PartnerName,
    /// For which receiver.
    pub receiver: Address,
    /// In which role.
    pub role: Role,
    /// The id inside the bytes.
    pub msg_id: MsgId,
    /// `MsgInfo/Type`, or `APPREC`.
    pub type_code: String,
    /// The bytes.
    pub content: Content,
    /// Parcels to one partner with the same key go out one after the other.
    pub conversation: String,
    /// Until when the AppRec for it is in time; `None` when none is expected.
    pub apprec_due: Option<Timestamp>,
    /// The route that sent it, or the rule that made it.
    pub route: String,
}

/// What a parcel is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// To deliver a message.
    Message,
    /// To answer one.
    AppRec,
}

impl Purpose {
    /// The word in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::AppRec => "apprec",
        }
    }
}

/// Where the bytes of a parcel come from.
pub enum Content {
    /// The message exactly as it was received.
    AsReceived,
    /// Bytes that we wrote.
    Own(Private<Vec<u8>>),
}

/// An AppRec matched to the delivery that it answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answered {
    /// Which delivery.
    pub delivery: DeliveryId,
    /// Taken in, or refused.
    pub positive: bool,
}

/// One line of a message's history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// What happened.
    pub what: What,
    /// Why, in words that are safe to show.
    pub why: String,
    /// The parcel that it is about: its place among those of the outcome. `None`: the message.
    pub parcel: Option<usize>,
}

impl Entry {
    /// One line about the message.
    pub fn new(what: What, why: impl Into<String>) -> Self {
        Self { what, why: why.into(), parcel: None }
    }
}

impl Outcome {
    /// Adds a line about the parcel that is added next.
    pub(super) fn tell_of_next(&mut self, what: What, why: String) {
        self.history.push(Entry { what, why, parcel: Some(self.parcels.len()) });
    }
}

/// What can happen to a message and its deliveries, and to the log itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// It was stored.
    Received,
    /// The same bytes came again.
    Repeated,
    /// It was not taken in.
    TurnedAway,
    /// Rules have judged it.
    Judged,
    /// A route took it for a receiver.
    Routed,
    /// It was put into another version for a partner.
    Translated,
    /// A receiver's part was refused.
    Refused,
    /// It waits for a person.
    Held,
    /// We wrote an AppRec.
    AppRecWritten,
    /// An AppRec was matched to its delivery.
    AppRecMatched,
    /// An AppRec was ignored because its delivery is answered already.
    AppRecIgnored,
    /// A delivery was handed over.
    Delivered,
    /// A partner fetched what it was notified of.
    Fetched,
    /// An attempt failed and will be made again.
    PutBack,
    /// A delivery was given up.
    GivenUp,
    /// A person had it tried again.
    Retried,
    /// Something happened that cannot happen in that state.
    Illegal,
    /// The gateway works with another configuration, other rules or another release from here on.
    Configured,
    /// A key was made, put in the place of another, or destroyed.
    Keyed,
    /// Somebody looked at content, or asked for a patient.
    LookedUp,
    /// Lines of this log were written out for somebody.
    Exported,
    /// What was kept long enough was removed.
    Removed,
    /// Somebody said that two numbers are one person's, or took it back.
    Linked,
    /// Somebody wants something kept although its time is over.
    HoldAdded,
    /// It need not be kept any more.
    HoldLifted,
    /// Somebody wants nothing handed over to a partner for a while.
    Paused,
    /// It is over before its time, or taken back.
    Resumed,
    /// All of it came from another home of the store.
    Moved,
}

impl What {
    /// All there are.
    pub const ALL: [Self; 28] = [
        Self::Received,
        Self::Repeated,
        Self::TurnedAway,
        Self::Judged,
        Self::Routed,
        Self::Translated,
        Self::Refused,
        Self::Held,
        Self::AppRecWritten,
        Self::AppRecMatched,
        Self::AppRecIgnored,
        Self::Delivered,
        Self::Fetched,
        Self::PutBack,
        Self::GivenUp,
        Self::Retried,
        Self::Illegal,
        Self::Configured,
        Self::Keyed,
        Self::LookedUp,
        Self::Exported,
        Self::Removed,
        Self::Linked,
        Self::HoldAdded,
        Self::HoldLifted,
        Self::Paused,
        Self::Resumed,
        Self::Moved,
    ];

    /// The word in the store and in what people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Repeated => "repeated",
            Self::TurnedAway => "turned-away",
            Self::Judged => "judged",
            Self::Routed => "routed",
            Self::Translated => "translated",
            Self::Refused => "refused",
            Self::Held => "held",
            Self::AppRecWritten => "apprec-written",
            Self::AppRecMatched => "apprec-matched",
            Self::AppRecIgnored => "apprec-ignored",
            Self::Delivered => "delivered",
            Self::Fetched => "fetched",
            Self::PutBack => "put-back",
            Self::GivenUp => "given-up",
            Self::Retried => "retried",
            Self::Illegal => "illegal",
            Self::Configured => "configured",
            Self::Keyed => "keyed",
            Self::LookedUp => "looked-up",
            Self::Exported => "exported",
            Self::Removed => "removed",
            Self::Linked => "linked",
            Self::HoldAdded => "hold-added",
            Self::HoldLifted => "hold-lifted",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Moved => "moved",
        }
    }
}
