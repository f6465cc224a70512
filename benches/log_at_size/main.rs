//! The log at size: fills a store with synthetic messages and measures what people ask of it.
//!
//! `cargo bench --bench log_at_size -- MESSAGES [FOLDER [UNTIL [URL]]]`. A run that was stopped goes on in the same folder; without a folder
//! it is made in a temporary one and removed. Message n is the same in every run with as many messages. With UNTIL, what is there is
//! measured when there are so many, or already more. With URL (`postgres://…`, an empty database), what is in the folder is then moved
//! there as `bindeledd store move` does it, and measured there; a move that was stopped goes on.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measurement is there to be read")]

mod world;
mod fill;
mod scan;
mod asked;
mod measure;

use bindeledd::domain::{Clock, Fault};
use bindeledd::gateway::MachineClock;
use bindeledd::store::{Home, Server, Step, Store};
use fill::{Filler, options};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use world::World;

/// Progress is told about this often.
const TOLD_EVERY: i64 = 49_000;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let messages = arguments.next().map_or(Ok(20_000), |number| number.parse()).expect("a number of messages");
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = arguments.next().map_or_else(|| temporary.path().to_path_buf(), PathBuf::from);
    let until = arguments.next().map_or(Ok(messages), |number| number.parse()).expect("a number of messages");
    let server = arguments.next().map(|url| Arc::new(Server::parse(&url).expect("the address of a database")));
    let world = World { messages };
    is_of_this_size(&folder, world);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let run = || -> Result<(), Fault> {
        let Some(server) = server else {
            runtime.block_on(fill(&folder, world, until))?;
            return runtime.block_on(measure::all(&folder, world, Home::Embedded));
        };
        move_there(&folder, &server)?;
        runtime.block_on(measure::all(&folder, world, Home::Postgres(server)))
    };
    run().map_err(|fault| fault.inner().to_owned()).expect("the store works");
}

fn move_there(folder: &Path, server: &Arc<Server>) -> Result<(), Fault> {
    let started = Instant::now();
    let mut of_tables = std::collections::BTreeMap::new();
    fill::move_to(folder, server, &mut |step| match step {
        Step::Copied { table, rows, of } => {
            eprintln!("{table}: {rows} of {of} rows, {:.0} s", started.elapsed().as_secs_f64());
            of_tables.insert(table, rows);
        }
        other => eprintln!("{other:?}, {:.0} s", started.elapsed().as_secs_f64()),
    })?;
    let rows: i64 = of_tables.values().sum();
    println!("moved and compared: {rows} rows of {} tables in {:.0} s", of_tables.len(), started.elapsed().as_secs_f64());
    Ok(())
}

/// How many messages there will be decides what each of them is.
fn is_of_this_size(folder: &Path, world: World) {
    let note = folder.join("messages.txt");
    std::fs::create_dir_all(folder).expect("a folder");
    let noted = std::fs::read_to_string(&note).unwrap_or_else(|_| world.messages.to_string());
    assert_eq!(noted, world.messages.to_string(), "this folder is for another number of messages");
    std::fs::write(note, noted).expect("written");
}

async fn fill(folder: &Path, world: World, until: i64) -> Result<(), Fault> {
    let store = Store::open(&options(folder), MachineClock.now())?;
    let started = Instant::now();
    let (mut filler, first) = Filler::new(&store, world).await?;
    let mut next = first;
    let mut told = first;
    while next <= until.min(world.messages) {
        next = filler.batch(next).await?;
        if next - told >= TOLD_EVERY {
            let rate = (next - first) as f64 / started.elapsed().as_secs_f64();
            eprintln!("{} of {} messages, {rate:.0}/s so far", next - 1, world.messages);
            told = next;
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("filled from message {first} to {} in {seconds:.0} s", next - 1);
    Ok(())
}
