//! The way in: takes from a queue for as long as we run, over as many connections as that needs.

use super::InOptions;
use super::answers::Desk;
use super::link::Link;
use super::pause::Pause;
use super::session::Session;
use super::trouble::in_words;
use super::wire::Wire;
use crate::domain::{Fault, PartnerName};
use crate::transports::{Counters, Inbox, Stop};
use futures_util::StreamExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// A connection that lived so long was a good one: the waits begin anew.
const GOOD_AFTER: Duration = Duration::from_secs(30);

/// A queue that a partner puts messages into.
pub struct Inbound {
    partner: PartnerName,
    options: InOptions,
    counters: Arc<Counters>,
    wire: Wire,
    link: Link,
}

/// Why a session ended.
enum Ended {
    Stopped,
    Lost(&'static str),
}

impl Inbound {
    /// Makes ready; connects to nobody yet.
    pub fn new(partner: PartnerName, options: InOptions, counters: Arc<Counters>) -> Result<Self, Fault> {
        let wire = Wire::new(options.broker.clone())?;
        let link = Link::new(Wire::new(options.broker.clone())?, None);
        Ok(Self { partner, options, counters, wire, link })
    }

    /// Receives until stopping is wished; what is under way is finished first. Trouble with the broker never ends it.
    pub async fn run(self, inbox: Arc<dyn Inbox>, mut stop: Stop) -> Result<(), Fault> {
        let Self { partner, options, counters, wire, link } = self;
        let mut pause = Pause::new(options.broker.first_wait, options.broker.longest_wait);
        let desk = Arc::new(Desk::new(partner.clone(), options.clone(), counters, inbox, link));
        loop {
            let opened = tokio::select! {
                biased;
                () = stop.wished() => return Ok(()),
                opened = Session::open(&wire, &options) => opened,
            };
            match opened {
                Err(why) => tracing::error!(%partner, why, "the queue of a partner cannot be read now"),
                Ok(session) => {
                    tracing::info!(%partner, "the queue of a partner is read");
                    let since = Instant::now();
                    match serve(session, &desk, options.at_once, &mut stop).await {
                        Ended::Stopped => return Ok(()),
                        Ended::Lost(why) => {
                            tracing::warn!(%partner, why, "the connection to the queue of a partner was lost")
                        }
                    }
                    if since.elapsed() >= GOOD_AFTER {
                        pause.forget();
                    }
                }
            }
            tokio::select! {
                biased;
                () = stop.wished() => return Ok(()),
                () = tokio::time::sleep(pause.next()) => {}
            }
        }
    }
}

async fn serve(mut session: Session, desk: &Arc<Desk>, at_once: u16, stop: &mut Stop) -> Ended {
    let turns = Arc::new(Semaphore::new(at_once.into()));
    let mut under_way = JoinSet::new();
    let ended = loop {
        // First a turn, then a message: so that they take their turns in the order of the queue.
        let turn = tokio::select! {
            biased;
            () = stop.wished() => break Ended::Stopped,
            turn = Arc::clone(&turns).acquire_owned() => turn,
        };
        let next = tokio::select! {
            biased;
            () = stop.wished() => break Ended::Stopped,
            next = session.consumer.next() => next,
        };
        match (turn, next) {
            (Ok(turn), Some(Ok(delivery))) => {
                let (desk, lifetime) = (Arc::clone(desk), session.lifetime(stop));
                under_way.spawn(async move { desk.settle(delivery, turn, lifetime).await });
            }
            (_, Some(Err(error))) => break Ended::Lost(in_words(&error)),
            (_, None) => break Ended::Lost("the broker gives no more of this queue; was it deleted?"),
            (Err(_), _) => break Ended::Lost("nothing more is taken"),
        }
        if std::iter::from_fn(|| under_way.try_join_next()).any(|done| done.is_err()) {
            break Ended::Lost("the work on a message broke off; this is a defect of the gateway");
        }
    };
    if matches!(ended, Ended::Stopped) {
        session.cancel().await;
    }
    while under_way.join_next().await.is_some() {}
    session.close().await;
    ended
}
