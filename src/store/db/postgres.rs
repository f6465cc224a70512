//! The home elsewhere: a PostgreSQL database, asked by the same SQL.
//!
//! Each connection prepares a statement once, with the types that its values have. A connection that is lost in a transaction stays
//! lost until the next one begins: nothing of the lost one may run outside of it.

use super::row::Row;
use super::server::Server;
use super::trouble::{fault, is_lost};
use super::value::{Kind, Value};
use crate::domain::Fault;
use bytes::BytesMut;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{IsNull, ToSql, Type};
use postgres::{Client, Error, RowIter, Statement};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Statements that a connection keeps prepared. There are about a hundred texts, and some for each month.
const STATEMENTS: usize = 512;
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
}

struct Session {
    /// There until it is dropped.
    client: Option<Client>,
    statements: HashMap<String, Statement>,
}

/// Does work for which the client waits on its own runtime, which cannot run inside another one: then on a thread of its own.
pub(super) fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    if tokio::runtime::Handle::try_current().is_err() {
        return work();
    }
    std::thread::scope(|scope| scope.spawn(work).join()).unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl Drop for Session {
    fn drop(&mut self) {
        self.statements.clear();
        let client = self.client.take();
        apart(|| drop(client));
    }
}

impl Session {
    fn open(server: &Server, role: Role) -> Result<Self, Fault> {
        let mut client = server.connect()?;
        let words = if role == Role::Reader { READER_WORDS } else { WRITER_WORDS };
        client.batch_execute(&format!("{FIRST_WORDS} {words}")).map_err(|error| fault(&error))?;
        if role == Role::Gateway {
            let taken = |error: Error| match error.code() {
                Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE => {
                    Fault::lasting(format!("another gateway is using {server}, or a store is moving into it"))
                }
                _ => fault(&error),
            };
            client.batch_execute(GATEWAY_LOCK).map_err(taken)?;
        }
        Ok(Self { client: Some(client), statements: HashMap::new() })
    }

    fn client(&mut self) -> Result<&mut Client, Trouble> {
        self.client.as_mut().ok_or_else(|| lost().into())
    }

    /// The statement, prepared for values of these types.
    fn prepare(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Statement, Trouble> {
        let types: Vec<Type> = values.iter().map(type_of).collect();
        if let Some(statement) = self.statements.get(sql).filter(|statement| statement.params() == types) {
            return Ok(statement.clone());
        }
        let statement = self.client()?.prepare_typed(&with_dollars(sql), &types)?;
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    fn ask(&mut self, sql: &str, values: &[Value<'_>]) -> Result<RowIter<'_>, Trouble> {
        let statement = self.prepare(sql, values)?;
        Ok(self.client()?.query_raw(&statement, values.iter().map(Given))?)
    }
}

/// The database's trouble, or that of whoever asks.
enum Trouble {
    Database(Error),
    Own(Fault),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Own(fault)
    }
}

fn lost() -> Fault {
    Fault::passing("the connection to the database was lost")
}

impl Link {
    /// Connects.
    pub(super) fn open(server: Arc<Server>, role: Role) -> Result<Self, Fault> {
        let session = apart(|| Session::open(&server, role))?;
        Ok(Self { server, role, session: RefCell::new(Some(session)), in_transaction: Cell::new(false) })
    }

    /// Whether the connection is there, as far as one can know without asking.
    pub(super) fn lives(&self) -> bool {
        self.session.borrow().is_some()
    }

    /// Connects anew where the connection was lost. It was there once, so what is in its way now may pass.
    pub(super) fn wake(&self) -> Result<(), Fault> {
        if !self.lives() {
            self.throw_away();
            let session = Session::open(&self.server, self.role).map_err(Fault::that_may_pass)?;
            self.session.replace(Some(session));
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
        result.map_err(|trouble| match trouble {
            Trouble::Own(fault) => fault,
            Trouble::Database(error) => {
                if is_lost(&error) {
                    self.in_transaction.set(false);
                    drop(session.take());
                }
                fault(&error)
            }
        })
    }

    /// Runs one statement. Answers how many rows it changed.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
        self.with(|session| {
            let mut rows = session.ask(sql, values)?;
            while rows.next()?.is_some() {}
            Ok(rows.rows_affected().unwrap_or_default())
        })
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
            let mut rows = session.ask(sql, values)?;
            while let Some(next) = rows.next()? {
                if let Some(found) = row(&Row::of_server(&next))? {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        })
    }

    /// Runs statements without values, one after the other.
    pub(super) fn batch(&self, sql: &str) -> Result<(), Fault> {
        self.with(|session| Ok(session.client()?.batch_execute(sql)?))
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
            let writer = BinaryCopyInWriter::new(session.client()?.copy_in(sql)?, &types);
            let mut pouring = Pouring { writer, columns: types.len(), trouble: None };
            let given = rows(&mut pouring);
            if let Some(trouble) = pouring.trouble {
                return Err(trouble.into());
            }
            given?;
            Ok(pouring.writer.finish()?)
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
        let committed = self.batch(COMMIT);
        if committed.is_ok() {
            self.in_transaction.set(false);
        }
        committed
    }

    /// Undoes the transaction. Where even that fails, the connection is given up, and the server undoes it.
    pub(super) fn roll_back(&self) {
        if self.in_transaction.replace(false) && self.batch("ROLLBACK").is_err() {
            self.throw_away();
        }
    }
}

/// Rows on their way into a table.
pub struct Pouring<'p> {
    writer: BinaryCopyInWriter<'p>,
    columns: usize,
    trouble: Option<Error>,
}

impl Pouring<'_> {
    /// One more.
    pub fn row(&mut self, values: &[Value<'_>]) -> Result<(), Fault> {
        if values.len() != self.columns {
            return Err(Fault::lasting("a row does not have the columns of its table"));
        }
        self.writer.write_raw(values.iter().map(Given)).map_err(|error| {
            let fault = fault(&error);
            self.trouble = Some(error);
            fault
        })
    }
}

fn type_of(value: &Value<'_>) -> Type {
    as_type(match value {
        Value::Int(_) => Kind::Int,
        Value::Text(_) => Kind::Text,
        Value::Bytes(_) => Kind::Bytes,
    })
}

fn as_type(kind: Kind) -> Type {
    match kind {
        Kind::Int => Type::INT8,
        Kind::Text => Type::TEXT,
        Kind::Bytes => Type::BYTEA,
    }
}

/// A value on its way to the server.
struct Given<'g>(&'g Value<'g>);

/// The client may want to log its values, and shall not.
impl fmt::Debug for Given<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(a value)")
    }
}

impl ToSql for Given<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self.0 {
            Value::Int(Some(number)) => number.to_sql(kind, out),
            Value::Text(Some(text)) => text.to_sql(kind, out),
            Value::Bytes(Some(bytes)) => bytes.to_sql(kind, out),
            Value::Int(None) | Value::Text(None) | Value::Bytes(None) => Ok(IsNull::Yes),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        self.to_sql(kind, out)
    }
}

/// `?1` as `$1`, but not inside of quotes.
fn with_dollars(sql: &str) -> String {
    let mut quoted = false;
    let written = |sign: char| {
        quoted ^= sign == '\'';
        if sign == '?' && !quoted { '$' } else { sign }
    };
    sql.chars().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_mark_in_quotes_is_none() {
        let sql = "SELECT '?1', 'it''s ?2' FROM t WHERE a = ?1 AND b > ?12";
        assert_eq!(with_dollars(sql), "SELECT '?1', 'it''s ?2' FROM t WHERE a = $1 AND b > $12");
    }
}
