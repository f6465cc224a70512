//! What comes after a failed attempt. The only file that knows the word "again".

use super::DeliveryFailure;
use crate::domain::Timestamp;
use std::time::Duration;

/// How patient we are with a partner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RetryPolicy {
    /// The wait after the first failure. Each further wait is twice the one before.
    pub first_wait: Duration,
    /// The longest wait.
    pub longest_wait: Duration,
    /// After this age of the delivery it is given up.
    pub max_age: Duration,
}

impl Default for RetryPolicy {
    /// 5 s doubling up to 15 min, for 72 h: a day short of the 96 hours after which the sender must take silence for a
    /// refusal (HIS 80415:2012, 3.3.4), so that a person has that day to act.
    fn default() -> Self {
        Self {
            first_wait: Duration::from_secs(5),
            longest_wait: Duration::from_secs(15 * 60),
            max_age: Duration::from_secs(72 * 60 * 60),
        }
    }
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NextStep {
    /// Try again at this time.
    Wait(Timestamp),
    /// Stop; a person must look.
    GiveUp(WhyGivenUp),
}

/// Why it was given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhyGivenUp {
    /// The failure will not pass by itself.
    Permanent,
    /// It has been tried for as long as the policy allows.
    TooOld,
}

impl WhyGivenUp {
    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Permanent => "the failure will not pass by itself",
            Self::TooOld => "tried for as long as the partner's policy allows",
        }
    }
}

/// Decides what comes next.
///
/// `failed_attempts` counts those since the delivery was queued, the one that just failed among them. `since` is when it was
/// queued (again). `spread` is any number: it spreads the waits by ±20 % so that a partner that comes back is not met by all at once.
pub fn next_step(
    failure: &DeliveryFailure,
    failed_attempts: u32,
    since: Timestamp,
    now: Timestamp,
    policy: &RetryPolicy,
    spread: u64,
) -> NextStep {
    match failure {
        DeliveryFailure::Permanent(_) => NextStep::GiveUp(WhyGivenUp::Permanent),
        // Unknown is retried too: what the receiver has already, it knows by the MsgId.
        DeliveryFailure::Temporary(_) | DeliveryFailure::Unknown(_) => {
            let at = now.plus(wait(failed_attempts, policy, spread));
            if at.since(since) > policy.max_age { NextStep::GiveUp(WhyGivenUp::TooOld) } else { NextStep::Wait(at) }
        }
    }
}

fn wait(failed_attempts: u32, policy: &RetryPolicy, spread: u64) -> Duration {
    let doublings = failed_attempts.saturating_sub(1).min(20);
    let full = policy.first_wait.saturating_mul(1 << doublings).min(policy.longest_wait);
    full.mul_f64(0.8 + 0.4 * (spread % 1000) as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::super::Cause;
    use super::*;

    const START: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn after(failures: u32, spread: u64) -> Duration {
        let failure = DeliveryFailure::Temporary(Cause::new("down"));
        match next_step(&failure, failures, START, START, &RetryPolicy::default(), spread) {
            NextStep::Wait(at) => at.since(START),
            NextStep::GiveUp(why) => panic!("gave up: {why:?}"),
        }
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let seconds: Vec<u64> = (1..=10).map(|n| after(n, 500).as_secs()).collect();
        assert_eq!(seconds, [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    }

    #[test]
    fn waits_are_spread_by_a_fifth_to_either_side() {
        assert_eq!(after(1, 0).as_millis(), 4000);
        assert_eq!(after(1, 999).as_millis(), 5998);
    }

    #[test]
    fn a_permanent_failure_is_given_up_at_once_and_an_unknown_one_is_tried_again() {
        let policy = RetryPolicy::default();
        let step = |failure: DeliveryFailure| next_step(&failure, 1, START, START, &policy, 0);
        assert_eq!(step(DeliveryFailure::Permanent(Cause::new("404"))), NextStep::GiveUp(WhyGivenUp::Permanent));
        assert!(matches!(step(DeliveryFailure::Unknown(Cause::new("cut"))), NextStep::Wait(_)));
    }

    #[test]
    fn what_would_be_tried_after_its_age_is_given_up() {
        let policy = RetryPolicy::default();
        let failure = DeliveryFailure::Temporary(Cause::new("down"));
        let late = START.plus(policy.max_age);
        assert_eq!(next_step(&failure, 300, START, late, &policy, 0), NextStep::GiveUp(WhyGivenUp::TooOld));
    }
}
