//! What people ask of a log at size, and how long each answer takes.
//!
//! *Cold*: by a process that has just opened the store, with nothing of it in the memory of the machine. *Warm*: asked again. Each is
//! the median of some. Forgetting needs `dd` of GNU; without it, and on a server, cold is only what is new to the process.

use super::asked::{deliveries, searches};
use super::fill::{auditor, options, person};
use super::scan::{Wanted as Somebody, lines_about};
use super::world::{World, number_of};
use bindeledd::domain::{Clock, DeliveryId, Fault, MessageId};
use bindeledd::gateway::MachineClock;
use bindeledd::store::{DeliveryFilter, Home, MessageFilter, Question, Store, StoreOptions, Wanted};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Rows of a page.
const PAGE: usize = 50;
/// Each cold answer is measured so often, and each warm one.
const TIMES: (usize, usize) = (3, 9);

struct Log {
    folder: PathBuf,
    home: Home,
    world: World,
    /// The last message that is there.
    last: i64,
}

/// Measures everything, and prints it as tables.
pub async fn all(folder: &Path, world: World, home: Home) -> Result<(), Fault> {
    let mut log = Log { folder: folder.to_path_buf(), home, world, last: 0 };
    let store = log.open()?;
    log.last = store.messages(&page(MessageFilter::default(), None)).await?.first().map_or(0, |row| row.message.0);
    println!("\n{} messages, {:.2} GB\n", log.last, store.disk_bytes().await? as f64 / 1e9);
    drop(store);
    log.searches().await?;
    log.deliveries().await?;
    log.whole_log().await?;
    let (now, peak) = (memory("VmRSS"), memory("VmHWM"));
    println!("\nmemory of this process: {now} MB, at most {peak} MB");
    log.reports().await?;
    println!("memory with the full scan: at most {} MB", memory("VmHWM"));
    Ok(())
}

fn page(filter: MessageFilter, before: Option<i64>) -> MessageFilter {
    MessageFilter { limit: PAGE, before: before.map(MessageId), ..filter }
}

impl Log {
    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn open(&self) -> Result<Store, Fault> {
        let options = StoreOptions { home: self.home.clone(), ..options(&self.folder) };
        Store::open_beside(&options)?.ok_or_else(|| Fault::lasting("there is no store"))
    }

    /// Has the machine forget the files of the store, and nothing else.
    fn forget(&self) {
        for name in ["bindeledd.db", "bindeledd.db-wal"] {
            let file = format!("if={}", self.data().join(name).display());
            let forgotten = Command::new("dd").args([file.as_str(), "iflag=nocache", "count=0"]).output();
            drop(forgotten);
        }
    }

    async fn searches(&self) -> Result<(), Fault> {
        println!("| search | rows | first page cold, ms | warm | deep page cold, ms | warm |");
        println!("|---|--:|--:|--:|--:|--:|");
        for (what, filter) in searches(&self.world, self.last) {
            let (some, cold, warm) =
                self.times(async |store| Ok(store.messages(&page(filter.clone(), None)).await?.len())).await?;
            let deep = page(filter.clone(), Some(self.last / 20));
            let (_, deep_cold, deep_warm) = self.times(async |store| Ok(store.messages(&deep).await?.len())).await?;
            println!("| {what} | {some} | {cold:.1} | {warm:.1} | {deep_cold:.1} | {deep_warm:.1} |");
        }
        let tracking = self.world.tracking(self.last / 3);
        let (some, cold, warm) = self.times(async |store| Ok(store.message(tracking).await?.into_iter().count())).await?;
        println!("| tracking id, with all that hangs on it | {some} | {cold:.1} | {warm:.1} | | |");
        Ok(())
    }

    async fn deliveries(&self) -> Result<(), Fault> {
        for (what, filter) in deliveries() {
            let first = DeliveryFilter { limit: PAGE, ..filter };
            let deep = DeliveryFilter { before: Some(DeliveryId(self.last / 20)), ..first.clone() };
            let (some, cold, warm) = self.times(async |store| Ok(store.deliveries(&first).await?.len())).await?;
            let (_, deep_cold, deep_warm) = self.times(async |store| Ok(store.deliveries(&deep).await?.len())).await?;
            println!("| deliveries: {what} | {some} | {cold:.1} | {warm:.1} | {deep_cold:.1} | {deep_warm:.1} |");
        }
        let now = self.world.at(self.last);
        let (some, cold, warm) = self.times(async |store| Ok(store.numbers(now).await?.deliveries.len())).await?;
        println!("| the numbers of the health page | {some} | {cold:.1} | {warm:.1} | | |");
        Ok(())
    }

    /// Rows found, and milliseconds cold and warm.
    async fn times(&self, ask: impl AsyncFn(&Store) -> Result<usize, Fault>) -> Result<(usize, f64, f64), Fault> {
        let (mut cold, mut warm, mut some) = (Vec::new(), Vec::new(), 0);
        for _ in 0..TIMES.0 {
            self.forget();
            let store = self.open()?;
            let started = Instant::now();
            some = ask(&store).await?;
            cold.push(started.elapsed());
            for _ in 0..TIMES.1 / TIMES.0 {
                let started = Instant::now();
                ask(&store).await?;
                warm.push(started.elapsed());
            }
        }
        Ok((some, median(cold), median(warm)))
    }

    async fn whole_log(&self) -> Result<(), Fault> {
        println!("\n| what | how much | s |");
        println!("|---|--:|--:|");
        let store = self.open()?;
        let now = MachineClock.now();
        let started = Instant::now();
        store.seal(now).await?;
        println!("| seal what is open | | {:.2} |", started.elapsed().as_secs_f64());
        self.forget();
        let started = Instant::now();
        let verified = store.verify_history(None).await?;
        assert_eq!(verified.broken, None);
        let (lines, seals) = (verified.lines, verified.sealed);
        println!("| verify the history, cold | {lines} lines, {seals} seals | {:.1} |", started.elapsed().as_secs_f64());
        store.look_up(self.question(1), now).await?;
        let started = Instant::now();
        store.seal(now).await?;
        println!("| seal one line | | {:.2} |", started.elapsed().as_secs_f64());
        Ok(())
    }

    fn question(&self, patient: u64) -> Question {
        Question {
            wanted: Wanted::Patient(person(patient)),
            since: None,
            until: None,
            purpose: "a measurement".into(),
            who: auditor(),
        }
    }

    /// Of the patient with the most messages and of one with five, beside the full scan.
    async fn reports(&self) -> Result<(), Fault> {
        let mut times = vec![0u32; self.world.patients() as usize];
        (1..=self.last).flat_map(|n| self.world.about(n)).for_each(|patient| times[patient as usize] += 1);
        let five = times.iter().position(|times| *times == 5).unwrap_or(1);
        println!("\n| access report | lines | cold, s | warm | extract with proofs, s | its size, MB |");
        println!("|---|--:|--:|--:|--:|--:|");
        let (mut reports, mut somebody) = (Vec::new(), Vec::new());
        for patient in [0, five] {
            self.forget();
            let store = self.open()?;
            let mut seconds = Vec::new();
            let extract = tempfile::tempdir().map_err(Fault::lasting)?;
            let started = Instant::now();
            store.export(self.question(patient as u64), &extract.path().join("extract"), None, MachineClock.now()).await?;
            let exported = started.elapsed().as_secs_f64();
            drop(store);
            self.forget();
            let store = self.open()?;
            let mut lines = BTreeSet::new();
            for _ in 0..2 {
                let started = Instant::now();
                let found = store.look_up(self.question(patient as u64), MachineClock.now()).await?;
                seconds.push(started.elapsed().as_secs_f64());
                lines = found.lines.iter().map(|line| line.number).collect();
                let pseudonym = found.patient.map(|patient| patient.to_string()).unwrap_or_default();
                somebody.push(Somebody { number: number_of(patient as u64), pseudonym });
            }
            let (some, times, size) = (lines.len(), times[patient], bytes_in(extract.path()) as f64 / 1e6);
            let (cold, warm) = (seconds[0], seconds[1]);
            println!("| {times} messages | {some} | {cold:.2} | {warm:.2} | {exported:.1} | {size:.1} |");
            reports.push(lines);
            somebody.truncate(reports.len());
        }
        let started = Instant::now();
        let (scanned, last) = lines_about(&self.open()?, &self.data(), &somebody).await?;
        // After a move, the rows that are scanned are those from before it.
        let reports: Vec<BTreeSet<i64>> = reports.iter().map(|lines| lines.range(..=last).copied().collect()).collect();
        assert_eq!(reports, scanned, "the reports are those of a full scan");
        println!("\nBoth reports are those of a full scan, which took {:.0} s.", started.elapsed().as_secs_f64());
        Ok(())
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64) * 1000.0
}

fn bytes_in(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(
            |entry| {
                if entry.path().is_dir() { bytes_in(&entry.path()) } else { entry.metadata().map_or(0, |about| about.len()) }
            },
        )
        .sum()
}

/// Of this process, in MB.
fn memory(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
    let kib: u64 = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    kib / 1024
}
