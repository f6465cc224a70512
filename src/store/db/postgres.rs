//! The home elsewhere: a PostgreSQL database, asked by the same SQL.
//!
//! Each connection prepares a statement once, with the types that its values have. A connection that is lost in a transaction stays
//! lost until the next one begins: nothing of the lost one may run outside of it.

use super::row::Row;
use super::server::Server;
use super::session::{Session, Trouble, apart, as_type, given, lost};
use super::trouble::{fault, is_lost};
use super::value::{Kind, Value, values};
use crate::domain::Fault;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::Type;

/// What every connection says first: a commit is on the disk when it is answered, and nothing waits for ever.
const FIRST_WORDS: &str =
    "SET synchronous_commit = on; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s';";
/// A statement of a writer that takes longer has lost its way.
const WRITER_WORDS: &str = "SET statement_timeout = '30s'";
/// A reader may be at the whole history for a while, and writes nothing.
const READER_WORDS: &str = "SET default_transaction_read_only = on";
/// One writer at a time, of all processes. Under `READ COMMITTED` each statement sees what was committed before it began, so all that
/// comes after the lock sees what its holders before have written.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(1112100420, 1)";
/// Where a statement has failed, `COMMIT` undoes the transaction and calls that a success; a statement before it fails instead.
const COMMIT: &str = "SELECT 1; COMMIT";
/// A process that was killed lets go of it when the server notices, so it is waited for, for as long as `lock_timeout` says.
const GATEWAY_LOCK: &str = "SELECT pg_advisory_lock(1112100420, 2)";

/// Ids that are fetched from the server at a time. What is left of them when a connection ends is never given: ids have gaps then.
const IDS_AT_ONCE: i64 = 32;
/// The name of a savepoint. One is there at a time.
const SAVEPOINT: &str = "SAVEPOINT job";
const RELEASE: &str = "RELEASE job";
/// It is let go of by what comes after it, too.
const UNDO: &str = "ROLLBACK TO job; RELEASE job";

/// Who is connected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The gateway, to write: it keeps a second one out.
    Gateway,
    /// Somebody who writes beside it.
    Beside,
    /// Who only reads.
    Reader,
}

/// A connection, which may be lost and made again.
pub(super) struct Link {
    server: Arc<Server>,
    role: Role,
    session: RefCell<Option<Session>>,
    in_transaction: Cell<bool>,
    /// Ids that the server has given to nobody but us, by table.
    ids: RefCell<HashMap<&'static str, VecDeque<i64>>>,
}

/// A session for a role.
fn open(server: &Server, role: Role) -> Result<Session, Fault> {
    let mut session = server.connect()?;
    let words = if role == Role::Reader { READER_WORDS } else { WRITER_WORDS };
    session.batch(&format!("{FIRST_WORDS} {words}")).map_err(told)?;
    if role == Role::Gateway {
        let taken = |trouble| match &trouble {
            Trouble::Database(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => {
                Fault::lasting(format!("another gateway is using {server}, or a store is moving into it"))
            }
            _ => told(trouble),
        };
        session.batch(GATEWAY_LOCK).map_err(taken)?;
    }
    Ok(session)
}

fn told(trouble: Trouble) -> Fault {
    match trouble {
        Trouble::Own(fault) => fault,
        Trouble::Database(error) => fault(&error),
    }
}

impl Link {
    /// Connects.
    pub(super) fn open(server: Arc<Server>, role: Role) -> Result<Self, Fault> {
        let session = apart(|| open(&server, role))?;
        let (session, in_transaction) = (RefCell::new(Some(session)), Cell::new(false));
        Ok(Self { server, role, session, in_transaction, ids: RefCell::default() })
    }

    /// Whether the connection is there, as far as one can know without asking.
    pub(super) fn lives(&self) -> bool {
        self.session.borrow().is_some()
    }

    /// Connects anew where the connection was lost. It was there once, so what is in its way now may pass.
    pub(super) fn wake(&self) -> Result<(), Fault> {
        if !self.lives() {
            self.throw_away();
            let session = open(&self.server, self.role).map_err(Fault::that_may_pass)?;
            self.session.replace(Some(session));
            // The database may have been put back to an earlier state meanwhile.
            self.ids.borrow_mut().clear();
        }
        Ok(())
    }

    /// Lets go of the connection, and with it of the transaction.
    pub(super) fn throw_away(&self) {
        self.in_transaction.set(false);
        drop(self.session.take());
    }

    fn with<T>(&self, work: impl FnOnce(&mut Session) -> Result<T, Trouble>) -> Result<T, Fault> {
        let nested = |_| Fault::lasting("a question was asked while the rows of another were looked at");
        let mut session = self.session.try_borrow_mut().map_err(nested)?;
        let result = work(session.as_mut().ok_or_else(lost)?);
        result.map_err(|trouble| {
            if let Trouble::Database(error) = &trouble
                && is_lost(error)
            {
                self.in_transaction.set(false);
                drop(session.take());
            }
            told(trouble)
        })
    }

    /// Runs one statement. Answers how many rows it changed.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
        self.with(|session| session.execute(sql, values))
    }

    /// Runs one statement of a transaction, together with whatever is asked next. Its trouble is told then.
    pub(super) fn tell(&self, sql: &str, values: &[Value<'_>]) -> Result<(), Fault> {
        match self.is_in_transaction() {
            true => self.with(|session| session.tell(sql, values)),
            false => self.execute(sql, values).map(|_| ()),
        }
    }

    /// Asks in a transaction what is going to be asked, so that the answer comes with that to another question.
    pub(super) fn ask_ahead(&self, sql: &str, values: &[Value<'_>]) -> Result<(), Fault> {
        match self.is_in_transaction() {
            true => self.with(|session| session.ask_ahead(sql, values)),
            false => Ok(()),
        }
    }

    /// Waits for all that is under way.
    pub(super) fn settle(&self) -> Result<(), Fault> {
        self.with(Session::settle)
    }

    /// An id for a new row of a table.
    pub(super) fn next_id(&self, table: &'static str) -> Result<i64, Fault> {
        if let Some(id) = self.ids.borrow_mut().get_mut(table).and_then(VecDeque::pop_front) {
            return Ok(id);
        }
        let sql = "SELECT nextval(pg_get_serial_sequence(?1, 'id')) FROM generate_series(1, ?2)";
        let mut ids = VecDeque::new();
        self.find(sql, values![table, IDS_AT_ONCE], |row| row.get(0).map(|id| ids.push_back(id)).map(|()| None::<()>))?;
        let first = ids.pop_front().ok_or_else(|| Fault::lasting("the server gives no ids"))?;
        self.ids.borrow_mut().insert(table, ids);
        Ok(first)
    }

    /// The first thing that `row` makes of a row. Where a reader finds its connection gone, it asks once more by a new one: the server may
    /// have been started anew since the last question.
    pub(super) fn find<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut row: impl FnMut(&Row<'_>) -> Result<Option<T>, Fault>,
    ) -> Result<Option<T>, Fault> {
        let (mut is_answered, is_within) = (false, self.is_in_transaction());
        let found = self.find_once(sql, values, |next| {
            is_answered = true;
            row(next)
        });
        if found.is_ok() || is_answered || is_within || self.role != Role::Reader || self.lives() {
            return found;
        }
        self.wake()?;
        self.find_once(sql, values, row)
    }

    fn find_once<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut row: impl FnMut(&Row<'_>) -> Result<Option<T>, Fault>,
    ) -> Result<Option<T>, Fault> {
        self.with(|session| {
            if let Some(rows) = session.answer_ahead(sql, values)? {
                let found = rows.iter().find_map(|next| row(&Row::of_server(next)).transpose());
                return Ok(found.transpose()?);
            }
            let mut rows = session.ask(sql, values)?;
            while let Some(next) = session.next(&mut rows)? {
                if let Some(found) = row(&Row::of_server(&next))? {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        })
    }

    /// Runs statements without values, one after the other.
    pub(super) fn batch(&self, sql: &str) -> Result<(), Fault> {
        self.with(|session| session.batch(sql))
    }

    /// Runs a `COPY … FROM STDIN BINARY` with the rows that `rows` hands over. Answers how many these were.
    pub(super) fn pour(
        &self,
        sql: &str,
        kinds: &[Kind],
        rows: impl FnOnce(&mut Pouring<'_>) -> Result<(), Fault>,
    ) -> Result<u64, Fault> {
        let types: Vec<Type> = kinds.iter().map(|kind| as_type(*kind)).collect();
        self.with(|session| {
            let writer = Box::pin(BinaryCopyInWriter::new(session.pour(sql)?, &types));
            let mut pouring = Pouring { session, writer, columns: types.len(), trouble: None };
            let given = rows(&mut pouring);
            let Pouring { session, mut writer, trouble, .. } = pouring;
            if let Some(trouble) = trouble {
                return Err(trouble);
            }
            given?;
            session.pass_on(writer.as_mut().finish())
        })
    }

    /// Begins a transaction when no other writer has one, in any process.
    pub(super) fn begin(&self) -> Result<(), Fault> {
        self.begin_with(BEGIN)
    }

    /// Begins one that sees nothing of what others write meanwhile, and writes nothing.
    pub(super) fn begin_to_read(&self) -> Result<(), Fault> {
        self.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    fn begin_with(&self, words: &str) -> Result<(), Fault> {
        self.wake()?;
        let mut begun = self.batch(words);
        if begun.is_err() && !self.lives() {
            // The server went away between two transactions, and nobody had noticed. Nothing was done yet.
            self.wake()?;
            begun = self.batch(words);
        }
        match begun {
            Ok(()) => self.in_transaction.set(true),
            // It has begun and waits for the others in vain.
            Err(_) => drop(self.batch("ROLLBACK")),
        }
        begun
    }

    pub(super) fn is_in_transaction(&self) -> bool {
        self.in_transaction.get()
    }

    /// Makes the transaction last. Where that fails, somebody must undo it.
    pub(super) fn commit(&self) -> Result<(), Fault> {
        if !self.is_in_transaction() {
            return Err(lost());
        }
        let committed = self.with(|session| {
            session.batch(COMMIT)?;
            session.forget_answers();
            Ok(())
        });
        if committed.is_ok() {
            self.in_transaction.set(false);
        }
        committed
    }

    /// Undoes the transaction. Where even that fails, the connection is given up, and the server undoes it.
    pub(super) fn roll_back(&self) {
        if self.in_transaction.replace(false) && self.with(|session| session.batch_anyway("ROLLBACK")).is_err() {
            self.throw_away();
        }
    }

    /// What comes from here on can be undone by itself.
    pub(super) fn set_savepoint(&self) -> Result<(), Fault> {
        self.with(|session| {
            // What another job has asked is not what is so now.
            session.forget_answers();
            session.tell(SAVEPOINT, &[])
        })
    }

    /// What has come since the savepoint is there, for good or for bad with the transaction; if not all of it went well, that is told.
    pub(super) fn release_savepoint(&self) -> Result<(), Fault> {
        self.tell(RELEASE, &[])?;
        self.settle()
    }

    /// Undoes what has come since the savepoint.
    pub(super) fn undo_to_savepoint(&self) -> Result<(), Fault> {
        self.with(|session| session.batch_anyway(UNDO))
    }

    /// How often it was waited for the server so far.
    #[cfg(test)]
    pub(super) fn journeys(&self) -> u64 {
        self.session.borrow().as_ref().map_or(0, Session::journeys)
    }
}

/// Rows on their way into a table.
pub struct Pouring<'p> {
    session: &'p mut Session,
    writer: Pin<Box<BinaryCopyInWriter>>,
    columns: usize,
    trouble: Option<Trouble>,
}

impl Pouring<'_> {
    /// One more.
    pub fn row(&mut self, values: &[Value<'_>]) -> Result<(), Fault> {
        if values.len() != self.columns {
            return Err(Fault::lasting("a row does not have the columns of its table"));
        }
        self.session.pass_on(self.writer.as_mut().write_raw(given(values))).map_err(|trouble| {
            let shown = match &trouble {
                Trouble::Database(error) => fault(error),
                Trouble::Own(fault) => fault.copy(),
            };
            self.trouble = Some(trouble);
            shown
        })
    }
}
