//! Everything an HTTP peer can be told instead of what it asked for: one kind each, with a stable name (RFC 9457).
//!
//! The only place that turns a turned-away arrival or a fault into a status.

use super::tokens::NoPartner;
use crate::domain::{Fault, FaultKind, TrackingId};
use crate::rulebook::Finding;
use crate::transports::{Answer, TurnedAway, WhyTurnedAway};

/// The kinds. Their names are part of the API and never change their meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProblemKind {
    /// The request shows no bearer token.
    TokenMissing,
    /// The request shows a token that no partner has.
    TokenUnknown,
    /// The body is not said to be XML, or said to be in an encoding that we do not take.
    ContentTypeNotXml,
    /// The body is not said to be a resource of FHIR R4 in JSON.
    ContentTypeNotFhir,
    /// The body is compressed.
    ContentEncoded,
    /// There is no body.
    MessageEmpty,
    /// The body ended before it was whole.
    MessageCutShort,
    /// The body is larger than the limit.
    MessageTooLarge,
    /// The body came too slowly.
    MessageTooSlow,
    /// Too much is being received at this moment.
    TooBusy,
    /// No message could be read out of the body.
    MessageUnreadable,
    /// The message names a sender that the partner does not own.
    SenderNotYours,
    /// The partner's own system is about to send the message, and it may not be sent as it is.
    NotFitToSend,
    /// The MsgId belongs to an earlier message with other content.
    MsgIdReused,
    /// There is no such message, or it is not the asker's to see.
    MessageUnknown,
    /// That is no tracking id.
    TrackingIdMisread,
    /// The query of the address has something that is not known there.
    QueryUnknown,
    /// There is nothing at this path.
    NoSuchPath,
    /// This cannot be done with what is at this path.
    NoSuchMethod,
    /// The gateway is starting, stopping, or cannot use its store.
    NotReady,
    /// Our own trouble, which may pass by itself.
    FaultPassing,
    /// Our own trouble: nothing can be stored.
    StorageFull,
    /// Our own trouble, which somebody must mend.
    FaultLasting,
}

impl ProblemKind {
    /// All kinds.
    pub const ALL: [Self; 23] = [
        Self::TokenMissing,
        Self::TokenUnknown,
        Self::ContentTypeNotXml,
        Self::ContentTypeNotFhir,
        Self::ContentEncoded,
        Self::MessageEmpty,
        Self::MessageCutShort,
        Self::MessageTooLarge,
        Self::MessageTooSlow,
        Self::TooBusy,
        Self::MessageUnreadable,
        Self::SenderNotYours,
        Self::NotFitToSend,
        Self::MsgIdReused,
        Self::MessageUnknown,
        Self::TrackingIdMisread,
        Self::QueryUnknown,
        Self::NoSuchPath,
        Self::NoSuchMethod,
        Self::NotReady,
        Self::FaultPassing,
        Self::StorageFull,
        Self::FaultLasting,
    ];

    /// The last part of the `type`: `/problems/<name>`.
    pub fn name(self) -> &'static str {
        match self {
            Self::TokenMissing => "token-missing",
            Self::TokenUnknown => "token-unknown",
            Self::ContentTypeNotXml => "content-type-not-xml",
            Self::ContentTypeNotFhir => "content-type-not-fhir",
            Self::ContentEncoded => "content-encoded",
            Self::MessageEmpty => "message-empty",
            Self::MessageCutShort => "message-cut-short",
            Self::MessageTooLarge => "message-too-large",
            Self::MessageTooSlow => "message-too-slow",
            Self::TooBusy => "too-busy",
            Self::MessageUnreadable => "message-unreadable",
            Self::SenderNotYours => "sender-not-yours",
            Self::NotFitToSend => "not-fit-to-send",
            Self::MsgIdReused => "msgid-reused",
            Self::MessageUnknown => "message-unknown",
            Self::TrackingIdMisread => "tracking-id-misread",
            Self::QueryUnknown => "query-unknown",
            Self::NoSuchPath => "no-such-path",
            Self::NoSuchMethod => "no-such-method",
            Self::NotReady => "not-ready",
            Self::FaultPassing => "fault-passing",
            Self::StorageFull => "storage-full",
            Self::FaultLasting => "fault-lasting",
        }
    }

    /// The kind with this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::MessageEmpty | Self::MessageCutShort | Self::QueryUnknown => 400,
            Self::TokenMissing | Self::TokenUnknown => 401,
            Self::SenderNotYours => 403,
            Self::MessageUnknown | Self::TrackingIdMisread | Self::NoSuchPath => 404,
            Self::NoSuchMethod => 405,
            Self::MessageTooSlow => 408,
            Self::MsgIdReused => 409,
            Self::MessageTooLarge => 413,
            Self::ContentTypeNotXml | Self::ContentTypeNotFhir | Self::ContentEncoded => 415,
            Self::MessageUnreadable | Self::NotFitToSend => 422,
            Self::FaultLasting => 500,
            Self::TooBusy | Self::NotReady | Self::FaultPassing | Self::StorageFull => 503,
        }
    }

    /// For how many seconds the peer should leave us alone, where waiting helps.
    pub fn retry_after_seconds(self) -> Option<u32> {
        match self {
            Self::TooBusy => Some(2),
            Self::FaultPassing | Self::NotReady => Some(5),
            Self::StorageFull => Some(60),
            Self::TokenMissing
            | Self::TokenUnknown
            | Self::ContentTypeNotXml
            | Self::ContentTypeNotFhir
            | Self::ContentEncoded
            | Self::MessageEmpty
            | Self::MessageCutShort
            | Self::MessageTooLarge
            | Self::MessageTooSlow
            | Self::MessageUnreadable
            | Self::SenderNotYours
            | Self::NotFitToSend
            | Self::MsgIdReused
            | Self::MessageUnknown
            | Self::TrackingIdMisread
            | Self::QueryUnknown
            | Self::NoSuchPath
            | Self::NoSuchMethod
            | Self::FaultLasting => None,
        }
    }

    /// What it counts as when it answers an arrival.
    pub fn counts_as(self) -> Answer {
        match self {
            Self::MessageUnreadable | Self::SenderNotYours | Self::NotFitToSend | Self::MsgIdReused => Answer::TurnedAway,
            Self::FaultPassing | Self::StorageFull | Self::FaultLasting => Answer::Fault,
            Self::TokenMissing
            | Self::TokenUnknown
            | Self::ContentTypeNotXml
            | Self::ContentTypeNotFhir
            | Self::ContentEncoded
            | Self::MessageEmpty
            | Self::MessageCutShort
            | Self::MessageTooLarge
            | Self::MessageTooSlow
            | Self::TooBusy
            | Self::MessageUnknown
            | Self::TrackingIdMisread
            | Self::QueryUnknown
            | Self::NoSuchPath
            | Self::NoSuchMethod
            | Self::NotReady => Answer::RefusedAtTheDoor,
        }
    }
}

/// One problem, with what is known of this occurrence.
#[derive(Debug)]
pub struct Problem {
    /// Which kind.
    pub kind: ProblemKind,
    /// What is special about this occurrence, in our own words; never anything that the request says.
    pub detail: Option<String>,
    /// The name under which it is recorded.
    pub tracking: Option<TrackingId>,
    /// The earlier message with the same MsgId.
    pub earlier: Option<TrackingId>,
    /// What is wrong with the message.
    pub findings: Vec<Finding>,
}

impl Problem {
    /// A problem without details.
    pub fn new(kind: ProblemKind) -> Self {
        Self { kind, detail: None, tracking: None, earlier: None, findings: Vec::new() }
    }

    /// With something special to say about this occurrence.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

impl From<NoPartner> for Problem {
    fn from(why: NoPartner) -> Self {
        Self::new(match why {
            NoPartner::Missing => ProblemKind::TokenMissing,
            NoPartner::Unknown => ProblemKind::TokenUnknown,
        })
    }
}

impl From<TurnedAway> for Problem {
    fn from(turned_away: TurnedAway) -> Self {
        let (kind, earlier) = match turned_away.why {
            WhyTurnedAway::Unreadable => (ProblemKind::MessageUnreadable, None),
            WhyTurnedAway::ForeignSender => (ProblemKind::SenderNotYours, None),
            WhyTurnedAway::NotFitToSend => (ProblemKind::NotFitToSend, None),
            WhyTurnedAway::MsgIdReused { earlier } => (ProblemKind::MsgIdReused, Some(earlier)),
        };
        Self { kind, detail: None, tracking: Some(turned_away.tracking), earlier, findings: turned_away.findings }
    }
}

impl From<&Fault> for Problem {
    fn from(fault: &Fault) -> Self {
        let kind = match fault.kind() {
            FaultKind::Passing => ProblemKind::FaultPassing,
            FaultKind::StorageFull => ProblemKind::StorageFull,
            FaultKind::Lasting => ProblemKind::FaultLasting,
        };
        Self::new(kind).detail(fault.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name_and_no_two_have_the_same() {
        for kind in ProblemKind::ALL {
            assert_eq!(ProblemKind::of_name(kind.name()), Some(kind));
        }
    }

    #[test]
    fn a_fault_is_never_told_as_an_error_of_the_sender_and_says_nothing_of_its_inside() {
        for fault in [Fault::passing("secret"), Fault::storage_full("secret"), Fault::lasting("secret")] {
            let problem = Problem::from(&fault);
            assert!(problem.kind.status() >= 500);
            assert_eq!(problem.kind.counts_as(), Answer::Fault);
            assert!(!problem.detail.unwrap().contains("secret"));
        }
    }

    #[test]
    fn every_503_says_when_to_come_again_and_nothing_else_does() {
        for kind in ProblemKind::ALL {
            assert_eq!(kind.status() == 503, kind.retry_after_seconds().is_some(), "{kind:?}");
        }
    }
}
