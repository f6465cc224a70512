//! The machine's own clock and dice: the only place that asks for either.

use crate::domain::{Chance, Clock, Timestamp};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};

/// The time of the machine.
#[derive(Clone, Copy, Default, Debug)]
pub struct MachineClock;

impl Clock for MachineClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else is given")]
    fn now(&self) -> Timestamp {
        let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(0).plus(since_1970)
    }
}

/// Randomness of the machine, fit for secrets.
#[derive(Default, Debug)]
pub struct MachineChance(SystemRandom);

impl Chance for MachineChance {
    fn next_u64(&self) -> u64 {
        let mut bytes = [0u8; 8];
        self.0.fill(&mut bytes).expect("the operating system has randomness");
        u64::from_be_bytes(bytes)
    }
}
