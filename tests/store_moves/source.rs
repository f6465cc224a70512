//! A store in a folder, as years of use leave one: content of many months, one of them removed, keys that were changed, seals.

use super::fill::{Filler, auditor};
use super::live::installation;
use super::postgres::outside;
use super::world::World;
use bindeledd::domain::{Class, Clock, FirstKept, Month};
use bindeledd::gateway::MachineClock;
use bindeledd::store::{Home, Removing, Store, StoreOptions};
use tempfile::TempDir;

/// A configuration, its data folder and its keys.
pub struct Source {
    pub folder: TempDir,
    pub options: StoreOptions,
}

impl Source {
    /// With so many messages.
    pub fn fill(messages: i64) -> Self {
        // One thread: messages are taken in in their order.
        let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        outside(|| runtime().block_on(Self::filled(messages)))
    }

    async fn filled(messages: i64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = StoreOptions { home: Home::Embedded, ..installation(folder.path()).store() };
        // Wherever the tests have their stores: this one is here.
        let file = folder.path().join("config/bindeledd.toml");
        let written = std::fs::read_to_string(&file).expect("reads");
        std::fs::write(&file, written.split("[store]").next().unwrap_or_default()).expect("written");
        let store = Store::open(&options, MachineClock.now()).expect("opens");
        let world = World { messages };
        let (mut filler, mut next) = Filler::new(&store, world).await.expect("begins");
        while next <= messages {
            next = filler.batch(next).await.expect("taken in");
        }
        let now = MachineClock.now();
        store.rotate(auditor(), "every year".into(), now).await.expect("other keys");
        let all = store.plan(FirstKept::only(Class::Content, Month::of(now)), now).await.expect("read");
        let second = all.iter().filter(|row| row.goes > 0).nth(1).expect("two months that nobody needs").month;
        let first_kept = FirstKept::only(Class::Content, Month::of(second.end()));
        let (who, reason) = (Some(auditor()), "its time is over".into());
        store.prune(&Removing { first_kept, who, reason, go_on: &|| true }, now).await.expect("removed");
        store.seal(now).await.expect("sealed");
        drop(store);
        Self { folder, options }
    }
}
