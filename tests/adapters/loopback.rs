//! The loopback transport in the conformance suite.

use super::book::Book;
use super::{Failing, Running, Saw, WayIn, WayOut};
use bindeledd::delivery::{Cause, DeliveryFailure};
use bindeledd::domain::PartnerName;
use bindeledd::transports::loopback::{Inbound, Options, Outbound, Peer, PeerSaw};
use bindeledd::transports::{BoxFuture, Counters, Stopper};
use bytes::Bytes;
use std::sync::Arc;

struct In {
    peer: Peer,
    running: Running,
}

pub fn open_in(book: Arc<Book>, limit: usize) -> BoxFuture<'static, Arc<dyn WayIn>> {
    Box::pin(async move {
        let options = Options { max_message_bytes: limit, ..Options::default() };
        let (inbound, peer) = Inbound::new(PartnerName::parse("gp").unwrap(), options, Arc::new(Counters::default()));
        let (stopper, stop) = Stopper::new();
        let task = tokio::spawn(async move { inbound.run(book, stop).await.unwrap() });
        Arc::new(In { peer, running: Running::new(stopper, task) }) as Arc<dyn WayIn>
    })
}

impl WayIn for In {
    fn bring(&self, bytes: Bytes) -> BoxFuture<'_, Saw> {
        Box::pin(async move {
            let saw = self.peer.bring(bytes).await;
            match &saw {
                PeerSaw::Receipt(receipt) => {
                    Saw::Receipt { tracking: receipt.tracking.to_string(), repeated: Some(receipt.repeated) }
                }
                PeerSaw::TurnedAway(turned_away) => {
                    let rules =
                        turned_away.findings.iter().map(|f| format!("{} {:?} {}", f.rule.id, f.place, f.rule.hint.en));
                    Saw::TurnedAway { told: format!("{} {}", turned_away.tracking, rules.collect::<String>()) }
                }
                PeerSaw::TooLarge { limit } => Saw::TooLarge { told: limit.to_string() },
                PeerSaw::Fault | PeerSaw::Gone => Saw::NotYet,
            }
        })
    }

    fn running(&self) -> &Running {
        &self.running
    }
}

pub fn open_out() -> BoxFuture<'static, Arc<dyn WayOut>> {
    Box::pin(async { Arc::new(Outbound::new(Options::default())) as Arc<dyn WayOut> })
}

impl WayOut for Outbound {
    fn outbound(&self) -> &dyn bindeledd::transports::Outbound {
        self
    }

    fn got(&self) -> Vec<Bytes> {
        self.kept().into_iter().map(|shipment| shipment.bytes).collect()
    }

    fn fail(&self, how: Failing) -> bool {
        let cause = Cause::new("told to");
        self.fail_next(match how {
            Failing::Temporary => DeliveryFailure::Temporary(cause),
            Failing::Permanent => DeliveryFailure::Permanent(cause),
            Failing::Unknown => DeliveryFailure::Unknown(cause),
        });
        true
    }

    fn mend(&self) {}
}
