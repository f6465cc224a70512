//! What transports count. Numbers only: nothing that a message or a partner can write into a label.

use crate::delivery::{DeliveryFailure, Evidence};
use crate::domain::MessageState;
use std::sync::atomic::{AtomicU64, Ordering};

/// How an arrival was answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Stored: a receipt was given.
    Receipt,
    /// Stored earlier: the earlier receipt was given again.
    Repeated,
    /// Recorded and not taken.
    TurnedAway,
    /// Refused before the inbox saw it: no token, too large, empty.
    RefusedAtTheDoor,
    /// We could not say: our own trouble.
    Fault,
}

impl Answer {
    /// All answers.
    pub const ALL: [Self; 5] = [Self::Receipt, Self::Repeated, Self::TurnedAway, Self::RefusedAtTheDoor, Self::Fault];

    /// The value of the label `answer`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Repeated => "repeated",
            Self::TurnedAway => "turned-away",
            Self::RefusedAtTheDoor => "refused-at-the-door",
            Self::Fault => "fault",
        }
    }
}

/// The arrivals of one transport.
#[derive(Default)]
pub struct Arrivals([AtomicU64; Answer::ALL.len()]);

impl Arrivals {
    /// One more.
    pub fn add(&self, answer: Answer) {
        self.0[answer as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// How many so far.
    pub fn count(&self, answer: Answer) -> u64 {
        self.0[answer as usize].load(Ordering::Relaxed)
    }
}

/// What an attempt came to, as the label `outcome` has it.
pub const OUTCOMES: [&str; 4] = ["delivered", "temporary", "permanent", "unknown"];

/// The attempts to hand over.
#[derive(Default)]
pub struct Attempts([AtomicU64; OUTCOMES.len()]);

impl Attempts {
    /// One more.
    pub fn add(&self, outcome: &Result<Evidence, DeliveryFailure>) {
        let place = match outcome {
            Ok(_) => 0,
            Err(DeliveryFailure::Temporary(_)) => 1,
            Err(DeliveryFailure::Permanent(_)) => 2,
            Err(DeliveryFailure::Unknown(_)) => 3,
        };
        self.0[place].fetch_add(1, Ordering::Relaxed);
    }

    /// How many so far, beside their outcome.
    pub fn counts(&self) -> [(&'static str, u64); OUTCOMES.len()] {
        std::array::from_fn(|i| (OUTCOMES[i], self.0[i].load(Ordering::Relaxed)))
    }
}

/// The messages that were judged, by the state they came to.
#[derive(Default)]
pub struct Judged([AtomicU64; MessageState::ALL.len()]);

impl Judged {
    /// One more.
    pub fn add(&self, state: MessageState) {
        self.0[state as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// How many so far, beside their state.
    pub fn counts(&self) -> [(&'static str, u64); MessageState::ALL.len()] {
        MessageState::ALL.map(|state| (state.as_str(), self.0[state as usize].load(Ordering::Relaxed)))
    }
}

/// Everything that is counted since the start; shared by the transports, the gateway and `/metrics`.
#[derive(Default)]
pub struct Counters {
    /// Arrivals over HTTP.
    pub http: Arrivals,
    /// Arrivals at the FHIR endpoint.
    pub fhir: Arrivals,
    /// Arrivals as files.
    pub directory: Arrivals,
    /// Arrivals from queues of a broker.
    pub amqp: Arrivals,
    /// Arrivals over the loopback transport.
    pub loopback: Arrivals,
    /// Messages that were judged.
    pub judged: Judged,
    /// Attempts to hand over, by whatever way.
    pub attempts: Attempts,
}

impl Counters {
    /// Every arrival counter: transport, answer, number.
    pub fn arrivals(&self) -> Vec<(&'static str, &'static str, u64)> {
        let transports = [
            ("http", &self.http),
            ("fhir", &self.fhir),
            ("directory", &self.directory),
            ("amqp", &self.amqp),
            ("loopback", &self.loopback),
        ];
        let of_one = |(name, arrivals): (&'static str, &Arrivals)| {
            Answer::ALL.map(|answer| (name, answer.as_str(), arrivals.count(answer)))
        };
        transports.into_iter().flat_map(of_one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::Cause;

    #[test]
    fn each_answer_and_each_outcome_is_counted_under_its_own_name() {
        let counters = Counters::default();
        for (times, answer) in (1u64..).zip(Answer::ALL) {
            (0..times).for_each(|_| counters.directory.add(answer));
        }
        let counted: Vec<_> = counters.arrivals().into_iter().filter(|(name, _, _)| *name == "directory").collect();
        assert_eq!(counted[0], ("directory", "receipt", 1));
        assert_eq!(counted[4], ("directory", "fault", 5));

        let cause = || Cause::new("x");
        counters.attempts.add(&Ok(Evidence::new(cause())));
        for failure in
            [DeliveryFailure::Temporary(cause()), DeliveryFailure::Permanent(cause()), DeliveryFailure::Unknown(cause())]
        {
            assert_eq!(OUTCOMES.iter().filter(|o| **o == failure.as_str()).count(), 1);
            counters.attempts.add(&Err(failure));
        }
        assert_eq!(counters.attempts.counts(), OUTCOMES.map(|outcome| (outcome, 1)));

        for state in MessageState::ALL {
            counters.judged.add(state);
        }
        assert_eq!(counters.judged.counts(), MessageState::ALL.map(|state| (state.as_str(), 1)));
    }
}
