//! What the service knows of itself: whether it can work, and its numbers.

use crate::domain::{Fault, Timestamp};
use crate::gateway::Gateway;
use crate::transports::{BoxFuture, Stop};
use crate::web::{Snapshot, Vitals};
use std::sync::Arc;

/// The vitals of a running gateway.
pub(super) struct GatewayVitals {
    pub(super) gateway: Arc<Gateway>,
    pub(super) stop: Stop,
    pub(super) started_at: Timestamp,
}

impl Vitals for GatewayVitals {
    fn ready(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async {
            if self.stop.is_wished() {
                return Err(Fault::passing("stopping"));
            }
            self.gateway.store.prove_writable().await
        })
    }

    fn snapshot(&self) -> BoxFuture<'_, Result<Snapshot, Fault>> {
        Box::pin(self.numbers())
    }
}

impl GatewayVitals {
    async fn numbers(&self) -> Result<Snapshot, Fault> {
        let now = self.gateway.clock.now();
        let store = &self.gateway.store;
        let numbers = store.numbers(now).await?;
        Ok(Snapshot {
            messages: vec![("received", numbers.messages_received), ("held", numbers.messages_held)],
            deliveries: numbers.deliveries.iter().map(|(state, count)| (state.as_str(), *count)).collect(),
            queue_depth: numbers.queue_depth(),
            queue_oldest_age_seconds: numbers.oldest_queued_at.map_or(0.0, |at| now.since(at).as_secs_f64()),
            receipts_overdue: numbers.receipts_overdue,
            paused: numbers.paused,
            store_commits: store.commits(),
            store_writes: store.writes(),
            store_bytes: store.disk_bytes().await?,
            ready: !self.stop.is_wished(),
            uptime_seconds: now.since(self.started_at).as_secs_f64(),
        })
    }
}
