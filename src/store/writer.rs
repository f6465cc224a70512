//! One writer, many transactions in one commit.
//!
//! A thread of its own takes jobs from a bounded queue, runs as many as are waiting inside one database transaction, each
//! behind a savepoint of its own, commits once, and only then answers each. Nobody hears "done" before it is on disk.

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

/// One job: runs inside the transaction, then hands back what to do once it is committed (or has failed). Where there is no
/// transaction, it hears why.
type Job = Box<dyn FnOnce(Result<&Db<'_>, &Fault>) -> Answer + Send>;
/// Told the fate of the commit.
type Answer = Box<dyn FnOnce(Result<(), &Fault>) + Send>;

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
    Box::new(move |db| {
        let result = db.map_err(Fault::copy).and_then(|db| behind_a_savepoint(db, work));
        Box::new(move |committed| {
            // Whose own work failed hears why.
            let result = result.and_then(|value| committed.map(|()| value).map_err(Fault::copy));
            // Whoever asked may have gone away; what was written stays.
            let _ = answer.send(result);
        })
    })
}

/// A job that fails, or breaks down, undoes its own writes and nobody else's; and the writer lives on.
fn behind_a_savepoint<T>(db: &Db<'_>, work: impl FnOnce(&Db<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    db.execute("SAVEPOINT job", &[])?;
    let broke_down = |_| Err(Fault::lasting("a write broke down; this is a defect of the gateway"));
    let result = catch_unwind(AssertUnwindSafe(|| work(db))).unwrap_or_else(broke_down);
    if is_undone(db) {
        return result.and_then(|_| Err(undone()));
    }
    if result.is_err() {
        db.execute("ROLLBACK TO job", &[])?;
    }
    db.execute("RELEASE job", &[])?;
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
    while let Some(first) = waiting.blocking_recv() {
        let mut answers = Vec::new();
        let committed = write_batch(db, first, &mut waiting, &mut answers);
        counts.commits.fetch_add(1, Ordering::Relaxed);
        counts.writes.fetch_add(answers.len() as u64, Ordering::Relaxed);
        for answer in answers {
            answer(committed.as_ref().copied());
        }
    }
}

fn write_batch(db: &Db<'_>, first: Job, waiting: &mut mpsc::Receiver<Job>, answers: &mut Vec<Answer>) -> Result<(), Fault> {
    if let Err(fault) = db.begin() {
        // All who wait must hear it, for the next would not fare better; and nobody's work may run outside a transaction.
        answers.push(first(Err(&fault)));
        answers.extend(std::iter::from_fn(|| waiting.try_recv().ok()).take(QUEUE_JOBS).map(|job| job(Err(&fault))));
        return Err(fault);
    }
    answers.push(first(Ok(db)));
    while answers.len() < BATCH_JOBS
        && !is_undone(db)
        && let Ok(job) = waiting.try_recv()
    {
        answers.push(job(Ok(db)));
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

    fn insert(db: &Db<'_>, number: i64) -> Result<(), Fault> {
        db.execute("INSERT INTO t VALUES (?1)", values![number]).map(|_| ())
    }

    #[test]
    fn a_write_that_breaks_down_takes_only_its_own_changes_with_it() {
        let connection = Connection::of_test();
        connection.db().batch("CREATE TABLE t (n INTEGER)").expect("a table");
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let written: Vec<i64> = runtime.block_on(async {
            let writer = Writer::start(connection).expect("starts");
            let first = writer.write(|c| insert(c, 1));
            let broken = writer.write::<(), _>(|c| {
                insert(c, 2)?;
                panic!("a defect")
            });
            let last = writer.write(|c| insert(c, 3));
            let (first, broken, last) = tokio::join!(first, broken, last);
            assert!(first.is_ok() && broken.is_err() && last.is_ok());
            let select = |db: &Db<'_>| db.all("SELECT n FROM t ORDER BY n", &[], |row| row.get(0));
            writer.write(select).await.expect("the writer lives")
        });
        assert_eq!(written, [1, 3]);
    }
}
