//! Seals the history when it is time.

use super::Gateway;
use crate::domain::Fault;
use crate::proof::LINES_MAX;
use std::time::Duration;

/// The longest that a line stays without a seal while the gateway runs.
const SEAL_AFTER: Duration = Duration::from_secs(3600);

impl Gateway {
    /// Closes what was written since the last seal, if that is an hour old or as much as a seal holds. True when it was.
    pub async fn seal_when_due(&self) -> Result<bool, Fault> {
        let now = self.clock.now();
        let is_due = match self.store.unsealed().await? {
            None => false,
            Some((lines, since)) => {
                u64::try_from(lines).is_ok_and(|lines| lines >= LINES_MAX) || now.since(since) >= SEAL_AFTER
            }
        };
        Ok(is_due && self.store.seal(now).await?.is_some())
    }
}
