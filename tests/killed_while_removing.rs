//! The promise, with the real binary and the real disk: killed anywhere while it removes, seals or changes the key, nothing is lost that
//! was to be kept, the log is whole, and doing it again completes it.
//!
//! When exactly a process dies is up to the machine; what it does, and for how long, is up to the seed, which is printed.

#[path = "support/auditor.rs"]
mod auditor;
#[expect(dead_code, reason = "its server is killed in another test")]
#[path = "support/postgres.rs"]
mod postgres;

use auditor::Auditor;
use bindeledd::config::load;
use bindeledd::domain::{Actor, Chance, Class, Clock, Month, PartnerName, Seeded, Timestamp, TrackingId};
use bindeledd::gateway::{MachineChance, MachineClock};
use bindeledd::store::{Look, NewMessage, Part, Store, Why};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// Months in which messages came, up to the last one.
const MONTHS: u32 = 8;
/// Messages in each of them, and messages under one seal.
const MESSAGES: u32 = 60;
const SEALED: u32 = 15;
/// Content is kept for so many months; metadata for one, and the history for two more.
const KEPT: u32 = 2;
const KILLS: usize = 20;
/// The first process lives so long at most. The limit follows how fast the machine is, so that of all that are to be killed about as
/// many are as come to their end.
const LIFE: Duration = Duration::from_millis(100);
const LONGEST_LIFE: Duration = Duration::from_secs(2);

/// A store with a past.
struct Archive {
    folder: tempfile::TempDir,
    runtime: Runtime,
    /// What came, and when.
    came: Vec<(TrackingId, Timestamp)>,
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

impl Archive {
    fn new(chance: &Seeded) -> Self {
        let mut archive = Self { folder: tempfile::tempdir().expect("a folder"), runtime: runtime(), came: Vec::new() };
        let config = archive.config();
        std::fs::create_dir_all(config.join("partners")).expect("a folder");
        std::fs::create_dir_all(config.join("routes")).expect("a folder");
        let (store, kept) = (postgres::fresh_section(), KEPT);
        let gateway = format!(
            "data = \"../data\"\n{store}[retention]\ncontent = {kept}\nmetadata = {}\nhistory = {}\n[http]\nlisten = \"127.0.0.1:1\"\n",
            kept + 1,
            kept + 2
        );
        let partner = "title = \"Fictive\"\n[[organisation]]\nher_id = 9000300\nname = \"Fictive\"\n[sends.http]\n\
                       token_sha256 = [\"0000000000000000000000000000000000000000000000000000000000000000\"]\n[receives.loopback]\n";
        std::fs::write(config.join("bindeledd.toml"), gateway).expect("written");
        std::fs::write(config.join("partners/somebody.toml"), partner).expect("written");
        std::fs::write(config.join("routes/owner.toml"), "order = 900\n[[leg]]\nto = \"owner\"\n").expect("written");
        archive.fill(chance);
        archive
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    fn fill(&mut self, chance: &Seeded) {
        let checked = load(&self.config());
        let installation = checked.installation.unwrap_or_else(|| panic!("{:?}", checked.complaints));
        let now = MachineClock.now();
        let store = Store::open(&installation.store(), Month::of(now).back(MONTHS).start()).expect("opens");
        for back in (1..=MONTHS).rev() {
            let month = Month::of(now).back(back);
            for at in 0..MESSAGES {
                let at = month.start().plus(Duration::from_secs(u64::from(at) * 36_000 + 60));
                let tracking = self.runtime.block_on(store.turn_away(arrival(chance, at), Why::Unreadable, Vec::new()));
                self.came.push((tracking.expect("stored"), at));
                if self.came.len().is_multiple_of(SEALED as usize) {
                    self.runtime.block_on(store.seal(at)).expect("sealed");
                }
            }
        }
    }

    fn store(&self) -> Store {
        let installation = load(&self.config()).installation.expect("good");
        Store::open_beside(&installation.store()).expect("opens").expect("there is a store")
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
        command.arg("--config").arg(self.config()).args(words);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// The log is what was written, and all that is to be kept is there and can be read.
    fn is_whole(&self, when: &str) {
        let store = self.store();
        let verified = self.runtime.block_on(store.verify_history(None)).expect("read");
        assert_eq!(verified.broken, None, "{when}");
        let (now, first_kept) = (MachineClock.now(), Month::of(MachineClock.now()).back(KEPT).start().as_millis());
        let who = Actor::account("test", None);
        // One of them is looked at, which also tries the keys.
        let kept: Vec<_> = self.came.iter().filter(|(_, at)| at.as_millis() >= first_kept).collect();
        assert_eq!(kept.len() as u32, MESSAGES * KEPT);
        for (tracking, _) in [kept[0], kept[kept.len() - 1]] {
            let look = Look { tracking: *tracking, part: Part::Message, purpose: "is it there?".into(), who: who.clone() };
            let bytes = self.runtime.block_on(store.look_at_content(look, now)).expect("read");
            assert!(bytes.is_some(), "{when}: {tracking} is gone");
        }
    }
}

fn arrival(chance: &Seeded, at: Timestamp) -> NewMessage {
    let bytes: Vec<u8> = (0..512).flat_map(|_| chance.next_u64().to_be_bytes()).collect();
    NewMessage {
        tracking: TrackingId::new(chance),
        received_at: at,
        partner: PartnerName::parse("somebody").expect("a name"),
        via: "test",
        bytes: bytes.into(),
        came_as: None,
        envelope: None,
        patients: Vec::new(),
    }
}

#[test]
fn killed_while_it_removes_seals_or_changes_the_key_it_loses_nothing_and_completes_it_the_next_time() {
    let seed = std::env::var("BINDELEDD_SEED").ok().and_then(|text| text.parse().ok());
    let seed = seed.unwrap_or_else(|| MachineChance::default().next_u64());
    println!("the seed is {seed}; BINDELEDD_SEED={seed} does the same things for as long");
    let chance = Seeded::new(seed);
    let archive = Archive::new(&chance);
    archive.is_whole("at the start");
    let (mut killed, mut ended, mut longest) = (0, 0, LIFE);
    while killed < KILLS {
        // Mostly it removes; and the others run into what it has left.
        let words: &[&str] = match chance.next_u64() % 6 {
            0 => &["log", "seal"],
            1 => &["keys", "rotate", "--reason", "a test"],
            _ => &["log", "prune", "--reason", "a test"],
        };
        let mut running = archive.command(words).spawn().expect("it starts");
        std::thread::sleep(longest.mul_f64((chance.next_u64() % 1_000) as f64 / 1_000.0));
        let status = running.try_wait().expect("its state");
        running.kill().ok();
        running.wait().expect("it has ended");
        match status {
            None => (killed, longest) = (killed + 1, (longest * 6 / 5).min(LONGEST_LIFE)),
            Some(status) => {
                assert!(status.success(), "{words:?}: {status}");
                (ended, longest) = (ended + 1, longest * 4 / 5);
            }
        }
        archive.is_whole(&format!("after {killed} kills and {ended} ends, of {words:?}"));
    }
    println!("{killed} processes were killed, {ended} had ended");
    for words in [&["keys", "rotate", "--reason", "a test"][..], &["log", "prune", "--reason", "a test"], &["log", "seal"]] {
        assert!(archive.command(words).status().expect("it runs").success(), "{words:?}");
    }
    archive.is_whole("in the end");
    in_the_end(&archive);
}

/// All that is past its time is gone, and nothing else.
fn in_the_end(archive: &Archive) {
    let (store, now) = (archive.store(), MachineClock.now());
    let retention = load(&archive.config()).installation.expect("good").retention;
    let plan = archive.runtime.block_on(store.plan(retention.first_kept(now), now)).expect("planned");
    assert!(plan.iter().all(|row| row.goes == 0), "{plan:?}");
    let first = |class| retention.first_kept(now).of(class).expect("a month").start().as_millis();
    for (tracking, at) in &archive.came {
        let found = archive.runtime.block_on(store.message(*tracking)).expect("read").is_some();
        assert_eq!(found, at.as_millis() >= first(Class::Metadata), "{tracking} of {at}");
    }
    let destroyed =
        archive.runtime.block_on(store.keys()).expect("read").iter().filter(|key| key.destroyed_at.is_some()).count();
    assert_eq!(destroyed as u32, MONTHS - KEPT, "the keys of months whose content went");
    let verified = archive.runtime.block_on(store.verify_history(None)).expect("read");
    assert!(verified.removed.iter().map(|(first, last)| last - first + 1).sum::<i64>() > i64::from(MESSAGES));
    let (Some(auditor), false) = (Auditor::new(), postgres::is_wanted()) else { return };
    let database = archive.folder.path().join("data/bindeledd.db").display().to_string();
    let words = vec!["verify_database".into(), database, "--key".into(), verified.key.expect("there is a key file")];
    for (code, said) in auditor.judge([words.as_slice()]) {
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("were removed when their time was over"), "{said}");
    }
}
