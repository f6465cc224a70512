//! What the gateway is built from; `config` makes it, nothing else knows a configuration file.

use crate::anchors::Anchor;
use crate::delivery::RetryPolicy;
use crate::domain::{PartnerName, Retention};
use crate::messages::Judging;
use crate::routing::{Directory, RouteTable};
use crate::schema::SchemaSet;
use crate::transports::Outbound;
use crate::xml::Limits;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// Everything the gateway works with besides its store, clock and dice.
pub struct Setup {
    /// Who is ours.
    pub directory: Directory,
    /// Where things go.
    pub routes: RouteTable,
    /// How to reach each partner.
    pub connections: HashMap<PartnerName, Connection>,
    /// Limits on a message.
    pub limits: Limits,
    /// The schemas by which messages are judged.
    pub schemas: Arc<SchemaSet>,
    /// Where each signed head of the history is put down.
    pub anchors: Vec<Arc<dyn Anchor>>,
    /// For how long what is kept.
    pub retention: Retention,
}

impl Setup {
    /// How the messages of a partner are judged.
    pub fn judging(&self, partner: &PartnerName) -> Judging {
        Judging::incoming(self.limits).by(&self.schemas).agreed_with(self.directory.partner(partner))
    }
}

/// How to reach one partner.
#[derive(Clone)]
pub struct Connection {
    /// The way out.
    pub outbound: Arc<dyn Outbound>,
    /// How patient we are.
    pub retry: RetryPolicy,
    /// At most so many attempts at a time.
    pub in_flight: usize,
    /// An attempt that takes longer than this counts as unknown.
    pub attempt_timeout: Duration,
}
