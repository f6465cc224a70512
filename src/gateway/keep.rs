//! Removes once a day what was kept long enough, if the configuration says how long that is: what must go does not wait for a person.

use super::Gateway;
use crate::domain::{Class, Fault, Timestamp};
use crate::store::{Pruned, Removing};
use crate::transports::Stop;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tracing::{error, info, warn};

/// How often it is looked whether a new day has begun; and how soon it is tried again where it failed.
const LOOK: Duration = Duration::from_secs(900);
/// The clock is believed where a message came so many days ago, at most and at least. A clock that jumped years ahead would otherwise
/// end everything, and there is no way back.
const BELIEVED_DAYS: (u64, u64) = (40, 20);

impl Gateway {
    /// Removes what was kept long enough, in short transactions between which messages are taken in, as long as `go_on` says so.
    pub async fn keep(&self, go_on: &(dyn Fn() -> bool + Send + Sync)) -> Result<Vec<Pruned>, Fault> {
        let now = self.clock.now();
        let retention = self.setup.retention;
        if retention.is_for_ever() || !self.believes_the_clock(now).await? {
            return Ok(Vec::new());
        }
        let period = |class: Class| retention.of(class).map(|months| format!("{} {months}", class.as_str()));
        let periods: Vec<String> = Class::ALL.into_iter().filter_map(period).collect();
        let reason = format!("kept for as many months as is configured: {}", periods.join(", "));
        self.store.prune(&Removing { first_kept: retention.first_kept(now), who: None, reason, go_on }, now).await
    }

    /// Where it does not, and something would go, it says so.
    async fn believes_the_clock(&self, now: Timestamp) -> Result<bool, Fault> {
        let ago = |days: u64| now.minus(Duration::from_secs(days * 86_400));
        if self.store.came_between(ago(BELIEVED_DAYS.0), ago(BELIEVED_DAYS.1)).await? {
            return Ok(true);
        }
        let plan = self.store.plan(self.setup.retention.first_kept(now), now).await?;
        if plan.iter().any(|row| row.goes > 0) {
            let clock = now.to_string();
            warn!(
                clock,
                "nothing is removed by itself: no message came 20 to 40 days ago, so the clock may be wrong. If it is right, `bindeledd \
                 log prune` removes what was kept long enough, and so does the gateway when messages have come for 20 days"
            );
        }
        Ok(false)
    }
}

/// On a thread that may wait: what is removed is read first, which may be much.
async fn kept_apart(gateway: &Arc<Gateway>, stop: &Stop) -> Result<Vec<Pruned>, Fault> {
    let (gateway, stop, here) = (Arc::clone(gateway), stop.clone(), Handle::current());
    let keep = move || here.block_on(gateway.keep(&|| !stop.is_wished()));
    let kept = tokio::task::spawn_blocking(keep).await;
    kept.map_err(|_| Fault::lasting("removing what was kept long enough broke down; this is a defect of the gateway"))?
}

pub(super) async fn keep_until(gateway: Arc<Gateway>, mut stop: Stop) {
    let mut every = tokio::time::interval(LOOK);
    let mut done_on = None;
    loop {
        tokio::select! {
            () = stop.wished() => return,
            _ = every.tick() => {}
        }
        let today = gateway.clock.now().to_string().get(..10).map(str::to_owned);
        if done_on == today {
            continue;
        }
        match kept_apart(&gateway, &stop).await {
            Ok(pruned) => {
                done_on = today;
                for Pruned { class, month, count } in pruned {
                    let month = month.map(|month| month.to_string());
                    info!(class = class.as_str(), month, count, "removed what was kept long enough");
                }
            }
            Err(fault) => {
                error!(fault = fault.inner(), "what was kept long enough could not be removed; it will be tried again")
            }
        }
    }
}
