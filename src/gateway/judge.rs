//! Decides what becomes of messages: at once when they arrive, or here when that was not possible.

use super::Gateway;
use crate::domain::{Fault, MessageState, PartnerName};
use crate::messages::{self, Body, Judging, Parsed};
use crate::pipeline::{EarlierWanted, Entry, Facts, Outcome, What, process};
use crate::store::Unjudged;
use crate::translation::versions::Known;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::block_in_place;
use tracing::{error, info};

/// Messages that are judged in one go.
const BATCH_MESSAGES: usize = 64;
/// What concerns a message larger than this is long work, in bytes.
pub(super) const LONG_WORK_BYTES: usize = 256 * 1024;

/// Fetches the facts, then decides. `None` when the decision itself broke down, which is our fault and nobody else's.
pub(super) async fn decide(
    gateway: &Gateway,
    parsed: &Parsed,
    bytes: &[u8],
    partner: &PartnerName,
) -> Result<Option<Outcome>, Fault> {
    let original = match &parsed.body {
        Body::Receipt(apprec) => gateway.store.original(&apprec.original.id, partner).await?,
        Body::Business(_) => None,
    };
    let known = earlier(gateway, parsed, partner).await?;
    let judging = Judging::incoming(gateway.setup.limits).by(&gateway.setup.schemas);
    let facts = Facts {
        now: gateway.clock.now(),
        chance: &*gateway.chance,
        partner,
        directory: &gateway.setup.directory,
        routes: &gateway.setup.routes,
        bytes,
        judging: &judging,
        original: original.as_ref(),
        known: &known,
    };
    // A defect that one message brings to light must not take the others with it.
    let decided = catch_unwind(AssertUnwindSafe(|| aside(bytes.len(), || process(parsed, &facts))));
    if decided.is_err() {
        error!("the decision on a message broke down; this is a defect of the gateway");
    }
    Ok(decided.ok())
}

/// What the store knows of the earlier messages that a translation may need.
async fn earlier(gateway: &Gateway, parsed: &Parsed, partner: &PartnerName) -> Result<Known, Fault> {
    let wanted = EarlierWanted::of(parsed, &gateway.setup.directory);
    gateway.store.earlier(&wanted, partner, &gateway.setup.limits).await
}

/// Does what may be long work for a large message, such as putting it into another version, without keeping others waiting.
pub(super) fn aside<T>(size_bytes: usize, work: impl FnOnce() -> T) -> T {
    let has_other_threads = Handle::try_current().is_ok_and(|it| it.runtime_flavor() == RuntimeFlavor::MultiThread);
    if size_bytes > LONG_WORK_BYTES && has_other_threads { block_in_place(work) } else { work() }
}

impl Gateway {
    /// Judges messages that were stored without an outcome, oldest first. Answers how many.
    pub async fn judge_stored(&self) -> Result<usize, Fault> {
        let waiting = self.store.unjudged(BATCH_MESSAGES).await?;
        for unjudged in &waiting {
            self.judge(unjudged).await?;
        }
        Ok(waiting.len())
    }

    /// Judges a message by what it refers to, as far as the log knows of that.
    pub(super) async fn compare(&self, parsed: &mut Parsed, judging: &Judging) -> Result<(), Fault> {
        if let Some(turn) = &parsed.turn {
            let conversation = self.store.conversation(turn, &self.setup.limits).await?;
            parsed.compare_with(&conversation, judging);
        }
        Ok(())
    }

    async fn judge(&self, unjudged: &Unjudged) -> Result<(), Fault> {
        let judging = self.setup.judging(&unjudged.partner);
        let outcome = match messages::read(&unjudged.bytes, &judging) {
            Ok(mut parsed) => {
                self.compare(&mut parsed, &judging).await?;
                decide(self, &parsed, &unjudged.bytes, &unjudged.partner).await?.unwrap_or_else(broken_down)
            }
            // It was readable when it was let in; if limits were lowered since, a person must look.
            Err(unreadable) => Outcome { findings: unreadable.findings, ..broken_down() },
        };
        let partners: Vec<_> = outcome.parcels.iter().map(|parcel| parcel.to.clone()).collect();
        let state = outcome.state;
        if self.store.settle(unjudged.message, outcome, self.clock.now()).await? {
            self.counters.judged.add(state);
            info!(message.id = %unjudged.message, state = state.as_str(), "judged");
            self.wake.now(&partners);
        }
        Ok(())
    }
}

/// The outcome when there is none: held, so that a person sees it, and never told to anybody as their error.
fn broken_down() -> Outcome {
    let why = "the gateway could not judge it; this is a defect of the gateway";
    let history = vec![Entry::new(What::Held, why)];
    Outcome { state: MessageState::Held, findings: Vec::new(), parcels: Vec::new(), answers: None, history }
}
