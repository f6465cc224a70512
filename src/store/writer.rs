//! One writer, many transactions in one commit.
//!
//! A thread of its own takes jobs from a bounded queue, runs as many as are waiting inside one database transaction, commits once, and
//! only then answers each. Nobody hears "done" before it is on disk. The first has nobody before it whom it could take with it: where it
//! fails, the transaction is undone. Each behind it has a savepoint.

use super::db::{Connection, Db, SimulatedDisk};
use crate::domain::Fault;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{mpsc, oneshot};

/// Jobs that may wait for the writer. More senders than that wait in line themselves.
const QUEUE_JOBS: usize = 1024;
/// Jobs that may share one commit.
const BATCH_JOBS: usize = 256;

/// One job: runs inside the transaction, then hands back what to do once it is committed (or has failed).
type Job = Box<dyn FnOnce(Turn<'_, '_>) -> Answer + Send>;

/// When a job runs.
#[derive(Clone, Copy)]
pub(super) enum Turn<'t, 'c> {
    /// As the first of its transaction.
    First(&'t Db<'c>),
    /// After others.
    After(&'t Db<'c>),
    /// There is no transaction, and this is why.
    Never(&'t Fault),
}

/// Tells whoever asked what became of it; hears what became of the commit.
type Tell = Box<dyn FnOnce(Result<(), &Fault>) + Send>;

/// What waits for the fate of the commit.
pub(super) struct Answer {
    /// False where the job itself failed: then the commit is nothing to it.
    went_well: bool,
    tell: Tell,
}

/// Hands jobs to whoever writes.
#[derive(Clone)]
pub(super) enum Writer {
    /// The thread.
    Thread { jobs: mpsc::Sender<Job>, counts: Arc<Counts> },
    /// The caller's own thread, one commit each: for the simulation, which decides where it crashes.
    Inline { disk: SimulatedDisk, crash: Arc<dyn CrashPlan> },
}

/// What the thread has done since the start.
#[derive(Default)]
pub(super) struct Counts {
    commits: AtomicU64,
    writes: AtomicU64,
}

/// Where a simulated process dies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Crash {
    /// It lives on.
    No,
    /// Before the commit: nothing of this write is there.
    BeforeCommit,
    /// After the commit, before anybody heard of it.
    AfterCommit,
}

/// Decides for each write whether the process dies there.
pub trait CrashPlan: Send + Sync {
    /// Asked once for each write.
    fn next(&self) -> Crash;
}

impl Writer {
    /// Starts the writing thread; it ends when the last handle is gone.
    pub(super) fn start(connection: Connection) -> Result<Self, Fault> {
        let (jobs, waiting) = mpsc::channel(QUEUE_JOBS);
        let counts = Arc::new(Counts::default());
        let counter = Arc::clone(&counts);
        let run = move || write_until_closed(&connection.db(), waiting, &counter);
        std::thread::Builder::new().name("store-writer".into()).spawn(run).map_err(Fault::lasting)?;
        Ok(Self::Thread { jobs, counts })
    }

    /// Runs one transaction and answers when it is durable.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Db<'_>) -> Result<T, Fault> + Send + 'static,
    {
        match self {
            Self::Inline { disk, crash } => disk.lend(|db| write_at_once(db, crash.next(), work)),
            Self::Thread { jobs, .. } => {
                let (answer, answered) = oneshot::channel();
                let gone = || Fault::passing("the store is shutting down");
                jobs.send(job(work, answer)).await.map_err(|_| gone())?;
                answered.await.map_err(|_| gone())?
            }
        }
    }

    /// How many commits there have been, and how many writes shared them.
    pub(super) fn commits_and_writes(&self) -> (u64, u64) {
        match self {
            Self::Thread { counts, .. } => (counts.commits.load(Ordering::Relaxed), counts.writes.load(Ordering::Relaxed)),
            Self::Inline { .. } => (0, 0),
        }
    }
}

fn job<T, F>(work: F, answer: oneshot::Sender<Result<T, Fault>>) -> Job
where
    T: Send + 'static,
    F: FnOnce(&Db<'_>) -> Result<T, Fault> + Send + 'static,
{
    Box::new(move |turn| {
        let result = match turn {
            Turn::First(db) => as_the_first(db, work),
            Turn::After(db) => behind_a_savepoint(db, work),
            Turn::Never(fault) => Err(fault.copy()),
        };
        let went_well = result.is_ok();
        let tell = move |committed: Result<(), &Fault>| {
            // Whose own work failed hears why.
            let result = result.and_then(|value| committed.map(|()| value).map_err(Fault::copy));
            // Whoever asked may have gone away; what was written stays.
            let _ = answer.send(result);
        };
        Answer { went_well, tell: Box::new(tell) }
    })
}

/// A job that breaks down fails; and the writer lives on.
fn run<T>(db: &Db<'_>, work: impl FnOnce(&Db<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let broke_down = |_| Err(Fault::lasting("a write broke down; this is a defect of the gateway"));
    catch_unwind(AssertUnwindSafe(|| work(db))).unwrap_or_else(broke_down)
}

fn as_the_first<T>(db: &Db<'_>, work: impl FnOnce(&Db<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let result = run(db, work);
    if is_undone(db) { result.and_then(|_| Err(undone())) } else { result }
}

/// A job that fails undoes its own writes and nobody else's.
fn behind_a_savepoint<T>(db: &Db<'_>, work: impl FnOnce(&Db<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    db.set_savepoint()?;
    let result = run(db, work);
    if is_undone(db) {
        return result.and_then(|_| Err(undone()));
    }
    // What it told the database may fail only here.
    let result = result.and_then(|value| db.release_savepoint().map(|()| value));
    if result.is_err() && !is_undone(db) {
        db.undo_to_savepoint()?;
    }
    result
}

/// A full disk makes the database undo the whole transaction by itself, savepoints and all. Whatever runs after that would run
/// outside of any transaction.
fn is_undone(db: &Db<'_>) -> bool {
    !db.is_in_transaction()
}

fn undone() -> Fault {
    Fault::passing("the database undid the transaction because of another write")
}

fn write_until_closed(db: &Db<'_>, mut waiting: mpsc::Receiver<Job>, counts: &Counts) {
    let mut left = None;
    while let Some(first) = left.take().or_else(|| waiting.blocking_recv()) {
        let mut answers = Vec::new();
        let committed = write_batch(db, first, &mut waiting, &mut answers, &mut left);
        counts.commits.fetch_add(1, Ordering::Relaxed);
        counts.writes.fetch_add(answers.len() as u64, Ordering::Relaxed);
        for answer in answers {
            (answer.tell)(committed.as_ref().copied());
        }
    }
}

/// A job that was taken from the queue and did not get its turn is `left`.
fn write_batch(
    db: &Db<'_>,
    first: Job,
    waiting: &mut mpsc::Receiver<Job>,
    answers: &mut Vec<Answer>,
    left: &mut Option<Job>,
) -> Result<(), Fault> {
    if let Err(fault) = db.begin() {
        // All who wait must hear it, for the next would not fare better; and nobody's work may run outside a transaction.
        answers.push(first(Turn::Never(&fault)));
        let others = std::iter::from_fn(|| waiting.try_recv().ok()).take(QUEUE_JOBS);
        answers.extend(others.map(|job| job(Turn::Never(&fault))));
        return Err(fault);
    }
    answers.push(first(Turn::First(db)));
    if !answers.iter().all(|first| first.went_well) {
        db.roll_back();
        return Ok(());
    }
    *left = waiting.try_recv().ok();
    if left.is_some()
        && let Err(fault) = db.settle()
    {
        // What the first told the database failed: it hears that, and the next begins anew.
        db.roll_back();
        return Err(fault);
    }
    while let Some(job) = left.take() {
        answers.push(job(Turn::After(db)));
        if answers.len() < BATCH_JOBS && !is_undone(db) {
            *left = waiting.try_recv().ok();
        }
    }
    if is_undone(db) { Err(undone()) } else { db.commit() }
}

fn write_at_once<T>(db: &Db<'_>, crash: Crash, work: impl FnOnce(&Db<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let transaction = db.transaction()?;
    let result = work(db)?;
    if crash != Crash::BeforeCommit {
        transaction.commit()?;
    }
    if crash == Crash::No {
        return Ok(result);
    }
    db.die();
    Err(Fault::passing("simulated crash"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::db::values;

    type Way = fn(&Db<'_>) -> Result<(), Fault>;

    fn insert(db: &Db<'_>, number: i64) -> Result<(), Fault> {
        db.execute("INSERT INTO t VALUES (?1)", values![number]).map(|_| ())
    }

    /// What becomes of writes that share a transaction: whether each went well, and what is there then.
    fn written(breaks_down: i64, how: Way) -> (Vec<bool>, Vec<i64>) {
        let connection = Connection::of_test();
        connection.db().batch("CREATE TABLE t (n INTEGER PRIMARY KEY)").expect("a table");
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let writer = Writer::start(connection).expect("starts");
            // The first is kept until the others wait.
            let (held, holds) = std::sync::mpsc::sync_channel::<()>(1);
            let mut holds = Some(holds);
            let mut write = |number| {
                let held = holds.take();
                writer.write(move |db| {
                    let _ = held.map(|held| held.recv());
                    insert(db, number)?;
                    if number == breaks_down { how(db) } else { Ok(()) }
                })
            };
            let all = (write(0), write(1), write(2), write(3));
            let all = async { tokio::join!(all.0, all.1, all.2, all.3) };
            let let_go = async {
                tokio::task::yield_now().await;
                drop(held);
            };
            let ((zero, one, two, three), ()) = tokio::join!(all, let_go);
            let select = |db: &Db<'_>| db.all("SELECT n FROM t ORDER BY n", &[], |row| row.get(0));
            let there = writer.write(select).await.expect("the writer lives");
            (vec![zero.is_ok(), one.is_ok(), two.is_ok(), three.is_ok()], there)
        })
    }

    #[test]
    fn a_write_that_fails_takes_only_its_own_changes_with_it_wherever_it_stands_and_however_it_fails() {
        let ways: [Way; 4] = [
            |_| panic!("a defect"),
            |_| Err(Fault::lasting("no")),
            |db| insert(db, 4).and_then(|()| insert(db, 4)),
            // Nobody waits for it: it fails when the write has ended.
            |db| (0..2).try_for_each(|_| db.tell("INSERT INTO t VALUES (?1)", values![5i64])),
        ];
        for breaks_down in 0..=3 {
            for (number, how) in ways.iter().enumerate() {
                let (went_well, there) = written(breaks_down, *how);
                let others: Vec<i64> = (0..=3).filter(|write| *write != breaks_down).collect();
                assert_eq!(there, others, "write {breaks_down}, way {number}");
                let expected: Vec<bool> = (0..=3).map(|write| write != breaks_down).collect();
                assert_eq!(went_well, expected, "write {breaks_down}, way {number}");
            }
        }
    }

    #[test]
    fn a_single_write_whose_last_words_fail_hears_of_it() {
        let connection = Connection::of_test();
        connection.db().batch("CREATE TABLE t (n INTEGER PRIMARY KEY)").expect("a table");
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let writer = Writer::start(connection).expect("starts");
        let twice = |db: &Db<'_>| {
            insert(db, 1)?;
            db.tell("INSERT INTO t VALUES (?1)", values![1i64])
        };
        let fault = runtime.block_on(writer.write(twice)).expect_err("the second is one too many");
        assert_eq!(fault.kind(), crate::domain::FaultKind::Lasting, "{}", fault.inner());
        let count = |db: &Db<'_>| db.one("SELECT count(*) FROM t", &[], |row| row.get::<i64>(0));
        assert_eq!(runtime.block_on(writer.write(count)).expect("the writer lives"), Some(0));
    }
}
