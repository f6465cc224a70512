//! The states of a delivery and the only ways from one to another.
//!
//! ```text
//!   behind ──turn came──▶ queued ──claimed──▶ sending ──receipt──▶ delivered ──AppRec──▶ acknowledged | rejected
//!                            ▲                  │ │
//!                            └──try again later─┘ └──given up──▶ dead ──retried by a person──▶ queued
//! ```
//! An AppRec is proof of arrival whenever it comes: it may overtake the transport's own answer, or come after we gave up.

use std::fmt;

/// Where a delivery stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    /// An earlier message of the same conversation is still on its way to the same partner.
    Behind,
    /// Due at a time.
    Queued,
    /// An attempt is under way.
    Sending,
    /// The receiver's system has it; no AppRec yet, or none expected.
    Delivered,
    /// Positive AppRec.
    Acknowledged,
    /// Negative AppRec.
    Rejected,
    /// Given up; a person must look.
    Dead,
}

/// What can happen to a delivery.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Happening {
    /// The one in front has left the queue.
    TurnCame,
    /// A worker has taken it.
    Claimed,
    /// The transport said "I have it".
    Receipt,
    /// The attempt failed and will be made again.
    PutBack,
    /// The attempt failed and will not be made again.
    GivenUp,
    /// A positive AppRec answers it.
    PositiveAppRec,
    /// A negative AppRec answers it.
    NegativeAppRec,
    /// A person wants it tried again.
    Retried,
}

/// A happening that cannot be in that state. It is recorded, and the state stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Illegal {
    /// The state it was in.
    pub state: State,
    /// What happened.
    pub happening: Happening,
}

impl fmt::Display for Illegal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} cannot happen to a delivery that is {}", self.happening, self.state.as_str())
    }
}

/// The state after something happened.
pub fn next_state(state: State, happening: Happening) -> Result<State, Illegal> {
    use Happening::{Claimed, GivenUp, NegativeAppRec, PositiveAppRec, PutBack, Receipt, Retried, TurnCame};
    use State::{Acknowledged, Behind, Dead, Delivered, Queued, Rejected, Sending};
    match (state, happening) {
        (Behind, TurnCame) => Ok(Queued),
        (Queued, Claimed) => Ok(Sending),
        (Sending, Receipt) => Ok(Delivered),
        (Sending, PutBack) => Ok(Queued),
        (Sending, GivenUp) => Ok(Dead),
        (Dead, Retried) => Ok(Queued),
        // It has arrived, whatever we thought.
        (Behind | Queued | Sending | Delivered | Dead, PositiveAppRec) => Ok(Acknowledged),
        (Behind | Queued | Sending | Delivered | Dead, NegativeAppRec) => Ok(Rejected),
        // The AppRec overtook the end of the attempt: nothing more to learn from it.
        (Acknowledged | Rejected, Receipt | PutBack | GivenUp) => Ok(state),
        (Behind | Queued | Sending | Delivered | Acknowledged | Rejected | Dead, _) => Err(Illegal { state, happening }),
    }
}

impl State {
    /// All states, in the order of a life.
    pub const ALL: [Self; 7] =
        [Self::Behind, Self::Queued, Self::Sending, Self::Delivered, Self::Acknowledged, Self::Rejected, Self::Dead];

    /// The word in the store and in what people read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Behind => "behind",
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::Acknowledged => "acknowledged",
            Self::Rejected => "rejected",
            Self::Dead => "dead",
        }
    }

    /// The state of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// True while it holds its place in the conversation's queue, so that the next one must wait.
    pub fn is_in_line(self) -> bool {
        matches!(self, Self::Queued | Self::Sending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HAPPENINGS: [Happening; 8] = [
        Happening::TurnCame,
        Happening::Claimed,
        Happening::Receipt,
        Happening::PutBack,
        Happening::GivenUp,
        Happening::PositiveAppRec,
        Happening::NegativeAppRec,
        Happening::Retried,
    ];

    #[test]
    fn an_answered_delivery_is_never_sent_again() {
        for state in [State::Acknowledged, State::Rejected] {
            for happening in HAPPENINGS {
                let next = next_state(state, happening).unwrap_or(state);
                assert_eq!(next, state, "{happening:?}");
            }
        }
    }

    #[test]
    fn only_a_claim_leads_to_sending_and_only_from_the_queue() {
        for state in State::ALL {
            for happening in HAPPENINGS {
                let sends = next_state(state, happening) == Ok(State::Sending);
                assert_eq!(sends, state == State::Queued && happening == Happening::Claimed);
            }
        }
    }

    #[test]
    fn what_is_handed_over_is_not_handed_over_again_because_an_apprec_is_missing() {
        // R-008: no way leads from delivered back to the queue.
        for happening in HAPPENINGS {
            assert!(!matches!(next_state(State::Delivered, happening), Ok(State::Queued | State::Sending)));
        }
    }

    #[test]
    fn every_word_is_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
    }
}
