//! Starts the gateway's own tasks and stops them.

use super::Gateway;
use super::anchor::anchor_until;
use super::dispatch::dispatch;
use super::keep::keep_until;
use crate::domain::Fault;
use crate::transports::Stop;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tracing::{error, info};

/// How often the leases, and the messages that wait for judgement, are looked at.
const SWEEP: Duration = Duration::from_secs(5);

/// The tasks of a started gateway.
pub struct Running {
    dispatcher: JoinHandle<()>,
    sweeper: JoinHandle<()>,
    anchorer: JoinHandle<()>,
    keeper: JoinHandle<()>,
}

/// Takes back what a dead process left, judges what it had not judged, and starts. This is also the way after a crash: there is
/// no other.
pub async fn start(gateway: &Arc<Gateway>, stop: &Stop) -> Result<Running, Fault> {
    let left_open = gateway.take_back().await?;
    let judged = sweep(gateway).await?;
    info!(left_open, judged, "the store is in order");
    gateway.wake.now(gateway.setup.connections.keys());
    Ok(Running {
        dispatcher: tokio::spawn(dispatch(Arc::clone(gateway), stop.clone())),
        sweeper: tokio::spawn(sweep_until(Arc::clone(gateway), stop.clone())),
        anchorer: tokio::spawn(anchor_until(Arc::clone(gateway), stop.clone())),
        keeper: tokio::spawn(keep_until(Arc::clone(gateway), stop.clone())),
    })
}

impl Running {
    /// Waits until a task ends by itself. None does but by a defect: what it did is done no more, and only a new start helps.
    pub async fn broke_down(&mut self) -> &'static str {
        tokio::select! {
            _ = &mut self.dispatcher => "delivering",
            _ = &mut self.sweeper => "looking after what waits",
            _ = &mut self.anchorer => "putting down heads",
            _ = &mut self.keeper => "removing what was kept long enough",
        }
    }

    /// Waits until all tasks have ended; true when they did within the limit. What is still under way after that counts as
    /// unknown at the next start.
    pub async fn ended(self, limit: Duration) -> bool {
        let all = async {
            let _ = self.keeper.await;
            let _ = self.sweeper.await;
            let _ = self.dispatcher.await;
            let _ = self.anchorer.await;
        };
        tokio::time::timeout(limit, all).await.is_ok()
    }
}

/// Judges all that waits.
async fn sweep(gateway: &Gateway) -> Result<usize, Fault> {
    let mut judged = 0;
    loop {
        match gateway.judge_stored().await? {
            0 => return Ok(judged),
            some => judged += some,
        }
    }
}

async fn sweep_until(gateway: Arc<Gateway>, mut stop: Stop) {
    let mut every = tokio::time::interval(SWEEP);
    loop {
        tokio::select! {
            () = stop.wished() => return,
            _ = every.tick() => {}
        }
        let swept = async {
            gateway.take_back().await?;
            sweep(&gateway).await
        };
        if let Err(fault) = swept.await {
            error!(fault = fault.inner(), "the store could not be swept; it will be tried again");
        }
        // By itself: a history that cannot be signed for keeps no message waiting.
        if let Err(fault) = gateway.seal_when_due().await {
            error!(fault = fault.inner(), "the history could not be sealed; it will be tried again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Running;

    #[tokio::test]
    async fn a_task_that_ends_by_itself_is_noticed() {
        let for_ever = || tokio::spawn(std::future::pending());
        let new = || Running { dispatcher: for_ever(), sweeper: for_ever(), anchorer: for_ever(), keeper: for_ever() };
        let mut running = new();
        running.dispatcher.abort();
        assert_eq!(running.broke_down().await, "delivering");
        let mut running = new();
        running.sweeper.abort();
        assert_eq!(running.broke_down().await, "looking after what waits");
        let mut running = new();
        running.anchorer.abort();
        assert_eq!(running.broke_down().await, "putting down heads");
        let mut running = new();
        running.keeper.abort();
        assert_eq!(running.broke_down().await, "removing what was kept long enough");
    }
}
