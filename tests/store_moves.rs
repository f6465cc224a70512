//! The promise: a store that moves from the data folder to a PostgreSQL server is there as a whole and as it was, wherever the move is
//! killed and whatever happens to the server; and the gateway goes on with it as if nothing had been.

#[expect(dead_code, reason = "only its letters are sent here")]
#[path = "bad_input/case.rs"]
mod case;
#[path = "../benches/log_at_size/world.rs"]
mod world;
#[expect(dead_code, reason = "it is filled in another folder")]
#[path = "../benches/log_at_size/fill.rs"]
mod fill;
#[expect(dead_code, reason = "another test reads its log")]
#[path = "support/live.rs"]
mod live;
#[expect(dead_code, reason = "some of it serves other tests")]
#[path = "support/postgres.rs"]
mod postgres;
#[path = "support/trouble.rs"]
mod trouble;
#[path = "store_moves/source.rs"]
mod source;
#[path = "store_moves/servers.rs"]
mod servers;

use bindeledd::config::load;
use bindeledd::domain::{Chance, Clock, Seeded, Timestamp};
use bindeledd::gateway::{MachineChance, MachineClock};
use bindeledd::service::Service;
use bindeledd::store::{Home, Noted, Question, Store, StoreOptions, Wanted};
use case::{HOSPITAL, letter};
use fill::{auditor, person};
use live::{Answer, Live, post_as};
use serde_json::Value;
use source::Source;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use world::World;

/// Times that the command is killed before it may come to its end.
const KILLS: usize = 10;
/// It says about so many lines; it is killed behind one of them.
const LINES: u64 = 130;
/// Messages that are there before the gateway's own.
const MESSAGES: i64 = 700;

async fn send(live: &Live, message: &str) -> Answer {
    live.exchange(&post_as(HOSPITAL, message.as_bytes()), false).await.expect("an answer")
}

/// A gateway on what the configuration in a folder says.
async fn gateway(folder: tempfile::TempDir, home: Option<Home>) -> Live {
    let mut installation = live::installation_in(folder.path());
    installation.home = home.unwrap_or(installation.home);
    installation.make_folders().expect("folders");
    let chance = Arc::new(MachineChance::default());
    let service = Service::start(&installation, Arc::new(MachineClock), chance)
        .await
        .unwrap_or_else(|fault| panic!("{}", fault.inner()));
    Live { service, folder }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_it_comes_as_it_was_and_the_gateway_goes_on_with_it() {
    if postgres::is_missing() {
        return;
    }
    let seed = std::env::var("BINDELEDD_SEED").ok().and_then(|text| text.parse().ok());
    let seed = seed.unwrap_or_else(|| MachineChance::default().next_u64());
    println!("the seed is {seed}; BINDELEDD_SEED={seed} kills behind the same lines");
    let source = Source::fill(MESSAGES);
    // Real letters on top, through the gateway itself.
    let live = gateway(source.folder, None).await;
    let before: Vec<String> = (0..5).map(|_| letter()).collect();
    for message in &before {
        assert_eq!(send(&live, message).await.status, 202);
    }
    assert!(live.service.stop().await);
    let folder = live.folder;
    let options = live::installation_in(folder.path()).store();
    let copy = StoreOptions { folder: folder.path().join("copy"), ..options.clone() };
    copy_folder(&options.folder, &copy.folder);
    let here = Store::open_beside(&copy).expect("opens").expect("a store");
    let noted = here.verify_history(None).await.expect("it is read");
    let lines = noted.lines;
    let signed = here.newest_head().await.expect("reads").expect("it is sealed");

    let database = postgres::shared().fresh_database();
    let home = postgres::shared().home(&database);
    let said = postgres::outside(|| move_with_kills(folder.path(), (&options, &home), &database, seed));
    let refused = Store::open(&options, MachineClock.now()).err().expect("the old one is the past");
    assert!(refused.inner().contains("was moved to the database"), "{}", refused.inner());

    // As the command says: its lines go into the configuration.
    let file = folder.path().join("config/bindeledd.toml");
    let written = std::fs::read_to_string(&file).expect("reads");
    std::fs::write(&file, written + "\n" + said["store"].as_str().expect("lines for the file")).expect("written");
    assert!(matches!(load(&folder.path().join("config")).installation.map(|good| good.home), Some(Home::Postgres(_))));
    let live = gateway(folder, None).await;
    for message in &before {
        assert_eq!(send(&live, message).await.field("repeated"), Value::Bool(true));
    }
    assert_eq!(send(&live, &letter()).await.status, 202);
    let there = live.service.gateway.store.clone();
    for kept in [None, noted.head.map(Noted::Line), Some(Noted::Signed(Box::new(signed)))] {
        let verified = there.verify_history(kept).await.expect("it is read");
        assert!(verified.broken.is_none() && verified.lines > lines && verified.sealed > 3, "{verified:?}");
    }
    answers_are_equal(&here, &there, lines, live.folder.path()).await;
    assert!(live.service.stop().await);
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("reads").flatten().filter(|entry| entry.path().is_file()) {
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

/// Runs the command until it comes to its end; gives what it says then.
fn move_with_kills(folder: &Path, (options, home): (&StoreOptions, &Home), database: &str, seed: u64) -> Value {
    let chance = Seeded::new(seed);
    let on_server = StoreOptions { home: home.clone(), folder: folder.join("elsewhere"), ..options.clone() };
    let may_be_used =
        |options: &StoreOptions| postgres::outside(|| Store::open_beside(options).is_ok_and(|store| store.is_some()));
    let mut went_on = 0;
    for kill in 0..KILLS as u64 {
        // Earlier ones come earlier, so that there is something left to go on with.
        let behind = 1 + chance.next_u64() % (LINES * (kill + 1) / KILLS as u64);
        let mut command = command(folder, database).spawn().expect("it runs");
        let err = BufReader::new(command.stderr.take().expect("piped"));
        let heard: Vec<String> = err.lines().map_while(Result::ok).take(behind as usize).collect();
        std::thread::sleep(std::time::Duration::from_micros(chance.next_u64() % 2_000));
        command.kill().expect("killed, or at its end");
        command.wait().expect("ended");
        went_on += usize::from(heard.iter().any(|line| line.contains("goes on where the move was")));
        assert!(!(may_be_used(options) && may_be_used(&on_server)), "two stores: {heard:?}");
    }
    assert!(went_on > 0, "every kill came too early");
    let mut command = command(folder, database).spawn().expect("it runs");
    let (mut out, mut err) = (String::new(), String::new());
    command.stderr.take().expect("piped").read_to_string(&mut err).expect("reads");
    command.stdout.take().expect("piped").read_to_string(&mut out).expect("reads");
    assert!(command.wait().expect("ended").success(), "{out}{err}");
    assert!(!may_be_used(options) && may_be_used(&on_server));
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
}

fn command(folder: &Path, database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
    command.arg("--config").arg(folder.join("config")).args(["--format", "json", "store", "move", "--to"]);
    command.arg(postgres::shared().url(database)).env_remove("RUST_LOG").env_remove("BINDELEDD_LOG");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What a patient is told, and what an auditor gets, up to a line: from both.
async fn answers_are_equal(here: &Store, there: &Store, lines: i64, folder: &Path) {
    let now = Timestamp::from_millis(1_800_000_000_000);
    let mut times = BTreeMap::<u64, usize>::new();
    let world = World { messages: MESSAGES };
    (1..=MESSAGES).flat_map(|n| world.about(n)).for_each(|patient| *times.entry(patient).or_default() += 1);
    let patient = times.into_iter().max_by_key(|(_, times)| *times).map(|(patient, _)| patient).expect("somebody");
    let about = || Wanted::Patient(person(patient));
    let question = |wanted| Question { wanted, since: None, until: None, purpose: "case 17".into(), who: auditor() };
    let mut reports = Vec::new();
    let mut extracts = Vec::new();
    for (store, name) in [(here, "here"), (there, "there")] {
        let found = store.look_up(question(about()), now).await.expect("answered");
        let up_to = found.lines.iter().filter(|line| line.number <= lines).map(|line| format!("{line:?}"));
        reports.push(up_to.collect::<Vec<_>>());
        for (kind, wanted) in [("patient", about()), ("all", Wanted::All)] {
            let to = folder.join(format!("{name}-{kind}"));
            store.export(question(wanted), &to, None, now).await.expect("written");
            let text = std::fs::read_to_string(to.join("lines.ndjson")).expect("reads");
            let number = |line: &str| serde_json::from_str::<Value>(line).ok().and_then(|line| line["number"].as_i64());
            let up_to = text.lines().filter(|line| number(line).is_some_and(|number| number <= lines));
            extracts.push((kind, up_to.map(str::to_owned).collect::<Vec<_>>()));
        }
    }
    assert!(reports[0].len() > 5, "{reports:?}");
    assert_eq!(reports[0], reports[1]);
    assert_eq!(extracts[1].1.len() as i64, lines, "every line is in it");
    assert_eq!(extracts[..2], extracts[2..]);
}

#[test]
fn wrong_use_is_told_before_anything_is_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    live::installation(folder.path());
    let file = folder.path().join("config/bindeledd.toml");
    let written = std::fs::read_to_string(&file).expect("reads");
    std::fs::write(&file, written.split("[store]").next().unwrap_or_default()).expect("written");
    for (arguments, words) in [
        (&[][..], "say where to: --to postgres://"),
        (&["--to", "mysql://gateway@db/bindeledd"], "not the address of a PostgreSQL"),
        (&["--to", "postgres://gateway:hemmelig@db/bindeledd"], "a password stands in"),
        (&["--to", "postgres://gateway@localhost/bindeledd", "--ca-file", "ca.pem"], "--ca-file is for TLS"),
        (&["--password-file", "password"], "--to"),
        (&["--to", "postgres://gateway@localhost:1/bindeledd"], "there is no store in"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
        command.arg("--config").arg(folder.path().join("config")).args(["store", "move"]).args(arguments);
        let ran = command.output().expect("it runs");
        let err = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {err}");
        assert!(err.contains(words) && !err.contains("hemmelig"), "{arguments:?}: {err}");
        assert!(!folder.path().join("bindeledd-data/bindeledd.db").exists(), "{arguments:?}");
    }
}
