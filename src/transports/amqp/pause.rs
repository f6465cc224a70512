//! How long to leave a broker alone that could not be reached.

use std::time::Duration;

/// Waits that double.
pub struct Pause {
    first: Duration,
    longest: Duration,
    failures: u32,
}

impl Pause {
    /// Nothing has failed yet.
    pub fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest, failures: 0 }
    }

    /// It has failed once more: how long to wait.
    pub fn next(&mut self) -> Duration {
        const MOST_DOUBLINGS: u32 = 20;
        let wait = self.first.saturating_mul(1 << self.failures.min(MOST_DOUBLINGS)).min(self.longest);
        self.failures = self.failures.saturating_add(1);
        wait
    }

    /// It went well.
    pub fn forget(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_begin_anew_when_it_went_well() {
        let mut pause = Pause::new(Duration::from_millis(500), Duration::from_secs(3));
        let waits: Vec<u128> = (0..5).map(|_| pause.next().as_millis()).collect();
        assert_eq!(waits, [500, 1000, 2000, 3000, 3000]);
        pause.forget();
        assert_eq!(pause.next().as_millis(), 500);
    }
}
