//! The limit: how many messages of this size the same store takes in on the same disk, with as many senders, doing nothing else.

use crate::letters::{GP, HOSPITAL, Letter};
use bindeledd::domain::{Clock, PartnerName, TrackingId};
use bindeledd::gateway::{MachineChance, MachineClock};
use bindeledd::store::{Home, NewMessage, Server, Store, StoreOptions};
use std::sync::Arc;
use std::time::{Duration, Instant};

const RUN: Duration = Duration::from_secs(2);

/// Messages committed in a second.
pub async fn messages_per_second(size: usize, senders: usize, url: Option<String>) -> f64 {
    let server = |url: String| Home::Postgres(Arc::new(Server::parse(&url).expect("a good address")));
    let home = url.map_or(Home::Embedded, server);
    let folder = tempfile::tempdir().expect("a folder");
    let options = StoreOptions { folder: folder.path().into(), home, max_bytes: None, keys: folder.path().join("keys") };
    let store = Store::open(&options, MachineClock.now()).expect("a store");
    let bytes = bytes::Bytes::from(
        Letter { filler_bytes: size, ..Letter::new("raw", HOSPITAL, GP) }.xml().into_bytes().split_off(0),
    );
    let started = Instant::now();
    let senders: Vec<_> = (0..senders)
        .map(|_| {
            let (store, bytes) = (store.clone(), bytes.slice(..size.min(bytes.len())));
            tokio::spawn(async move {
                let mut stored = 0u64;
                while started.elapsed() < RUN {
                    store.receive(new_message(&bytes), None).await.expect("stored");
                    stored += 1;
                }
                stored
            })
        })
        .collect();
    let mut stored = 0;
    for sender in senders {
        stored += sender.await.expect("ran");
    }
    stored as f64 / started.elapsed().as_secs_f64()
}

fn new_message(bytes: &bytes::Bytes) -> NewMessage {
    NewMessage {
        tracking: TrackingId::new(&MachineChance::default()),
        received_at: MachineClock.now(),
        partner: PartnerName::parse("bench").expect("a name"),
        via: "bench",
        bytes: bytes.clone(),
        came_as: None,
        envelope: None,
        patients: Vec::new(),
    }
}
