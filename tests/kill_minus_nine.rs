//! The promise, with the real binary and the real disk: nothing is lost when the process is killed under load, again and again.
//! Sent = delivered + refused + held, and nothing comes twice that a receiver could not recognise by its MsgId.
//!
//! Partners send on threads of their own while the gateway is killed; whoever gets no answer sends the same bytes again. When
//! exactly the process dies is up to the machine; what is sent, and how long each life is, is up to the seed, which is printed.

#[expect(dead_code, reason = "the letters serve several tests")]
#[path = "support/letters.rs"]
mod letters;
#[path = "support/plain_http.rs"]
mod plain_http;
#[expect(dead_code, reason = "its server is killed in another test")]
#[path = "support/postgres.rs"]
mod postgres;
#[expect(dead_code, reason = "its words are read in another test")]
#[path = "support/process.rs"]
mod process;
#[path = "kill_minus_nine/check.rs"]
mod check;
#[path = "kill_minus_nine/partners.rs"]
mod partners;
#[path = "kill_minus_nine/senders.rs"]
mod senders;

use bindeledd::domain::{Chance, Clock, Seeded};
use bindeledd::gateway::{MachineChance, MachineClock};
use partners::Town;
use process::{Serving, free_port};
use senders::{Orders, Sent, drop_files, send};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Lives that end in a kill while the gateway is ready and under load.
const KILLS: usize = 50;
/// Kills in the middle of a start, besides.
const KILLS_AT_START: usize = 10;
/// The longest life, in milliseconds from the moment it is ready.
const LONGEST_LIFE_MILLIS: u64 = 300;
/// When everybody is told and the gateway lives, all must be at rest after this. Only a failing test waits so long.
const REST: Duration = Duration::from_secs(60);

#[test]
fn killed_fifty_times_under_load_it_loses_nothing() {
    let seed = std::env::var("BINDELEDD_SEED").ok().and_then(|text| text.parse().ok());
    let seed = seed.unwrap_or_else(|| MachineChance::default().next_u64());
    println!("the seed is {seed}; BINDELEDD_SEED={seed} sends the same letters for as long");
    let town = Town::new(free_port(seed), seed);
    let orders = Arc::new(Orders::new(town.address));

    let mut serving = Serving::start(&town.config, town.address, &town.log);
    serving.wait_until_ready();
    let senders: Vec<_> = partners::SENDERS
        .iter()
        .enumerate()
        .map(|(number, partner)| {
            let (orders, partner, seed) = (Arc::clone(&orders), *partner, seed.wrapping_add(number as u64));
            std::thread::spawn(move || send(&orders, partner, seed))
        })
        .collect();
    let (folder, for_files) = (town.drop_folder(), Arc::clone(&orders));
    let files = std::thread::spawn(move || drop_files(&for_files, &folder, seed ^ 0xF11E));

    let starts = live_and_die(&town, serving, &Seeded::new(seed));
    let serving = Serving::start(&town.config, town.address, &town.log);
    let serving = ready(serving);
    orders.enough();
    let mut sent: Vec<Sent> = senders.into_iter().flat_map(|sender| sender.join().expect("a sender")).collect();
    sent.extend(files.join().expect("the sender of files"));
    wait_for_rest(&town, &serving);
    assert_eq!(serving.stop().code(), Some(0), "after all that, a clean stop");
    assert!(sent.len() > 300, "only {} letters: this was no load", sent.len());
    println!("{}", check::check(&town, &sent, starts + 1));
}

/// Lives and deaths; answers how often the gateway was started.
fn live_and_die(town: &Town, first: Serving, chance: &Seeded) -> usize {
    let pause = |longest| std::thread::sleep(Duration::from_millis(chance.next_u64() % longest));
    let mut serving = first;
    let mut starts = 1;
    for life in 0..KILLS {
        pause(LONGEST_LIFE_MILLIS);
        serving.kill();
        if life % (KILLS / KILLS_AT_START) == 0 {
            let hardly_begun = Serving::start(&town.config, town.address, &town.log);
            pause(60);
            hardly_begun.kill();
            starts += 1;
        }
        serving = ready(Serving::start(&town.config, town.address, &town.log));
        starts += 1;
    }
    serving.kill();
    starts
}

fn ready(mut serving: Serving) -> Serving {
    serving.wait_until_ready();
    serving
}

/// Waits until nothing is on its way any more and no file waits to be read.
fn wait_for_rest(town: &Town, serving: &Serving) {
    let start = Instant::now();
    let store = town.store();
    loop {
        let depth = check::block_on(store.numbers(MachineClock.now())).expect("it can be read").queue_depth();
        let files = files_in(&town.drop_folder());
        if depth == 0 && files == 0 {
            return;
        }
        assert!(start.elapsed() < REST, "{depth} deliveries and {files} files do not come to rest:\n{}", serving.log());
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn files_in(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("the folder").flatten();
    entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "xml")).count()
}
