//! Seals the history when it is time, and puts each signed head down where others can keep it.

use super::Gateway;
use crate::domain::Fault;
use crate::proof::{LINES_MAX, SignedHead};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use tracing::info;

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
        let head = if is_due { self.store.seal(now).await? } else { None };
        let (Some(head), Some(file)) = (&head, &self.setup.heads) else { return Ok(head.is_some()) };
        put_down(file, head)?;
        info!(seals = head.head().size, "the history is sealed, and its head put down");
        Ok(true)
    }
}

/// Adds a head to a file, durably. Should that fail, the next head has all that this one has in it.
fn put_down(path: &Path, head: &SignedHead) -> Result<(), Fault> {
    let added = File::options().create(true).append(true).open(path).and_then(|mut file| {
        file.write_all(head.note().as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()
    });
    added.map_err(|error| Fault::passing(format!("a head cannot be put down in {}: {error}", path.display())))
}
