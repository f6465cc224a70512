//! A connection to a server, on which statements are sent without waiting for the answers to those before.
//!
//! A server answers in order. So what is told is sent when something is asked, together with the question, and all answers come in one
//! journey. Where a statement fails in a transaction, all behind it fail too: the first trouble is the one that is told.

use super::value::{Kind, Value};
use crate::domain::Fault;
use bytes::{BufMut, Bytes, BytesMut};
use futures_util::{FutureExt, StreamExt, TryStreamExt};
use std::collections::HashMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio_postgres::types::{IsNull, ToSql, Type};
use tokio_postgres::{Client, CopyInSink, Error, Row, RowStream, Statement};

/// Statements that a connection keeps prepared. There are about a hundred texts, and some for each month.
const STATEMENTS: usize = 512;
/// Statements that may be on their way without anybody waiting for their answers.
const UNDER_WAY: usize = 64;
/// How long a connection that nobody needs may take to say so.
const LEAVE: Duration = Duration::from_secs(1);

/// What moves bytes between us and the server while somebody waits.
pub(super) type Driver = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// A connection that is there.
pub(super) struct Session {
    /// There until it is dropped.
    client: Option<Arc<Client>>,
    /// There until the connection ends.
    driver: Option<Driver>,
    /// There until it is dropped.
    runtime: Option<Runtime>,
    statements: HashMap<String, Statement>,
    /// Sent, and not answered yet, in order.
    under_way: Vec<UnderWay>,
    /// Answers to what was asked ahead and not fetched yet.
    answers: Vec<(Asked, Vec<Row>)>,
    #[cfg(test)]
    journeys: u64,
}

/// A statement that was sent. Where it was asked ahead: the question, under which its rows are kept.
struct UnderWay {
    asked: Option<Asked>,
    rows: Pin<Box<dyn Future<Output = Result<Vec<Row>, Error>> + Send>>,
}

/// A question: a statement and its values.
type Asked = (String, Vec<Given>);

/// Rows on their way to us.
pub(super) struct Rows(Pin<Box<RowStream>>);

/// The server's trouble, or that of whoever asks.
pub(super) enum Trouble {
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

/// Of a connection that is gone.
pub(super) fn lost() -> Fault {
    Fault::passing("the connection to the database was lost")
}

/// Does work for which we wait on a runtime of our own, which cannot run inside another one: then on a thread of its own.
pub(super) fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    if tokio::runtime::Handle::try_current().is_err() {
        return work();
    }
    std::thread::scope(|scope| scope.spawn(work).join()).unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

impl Drop for Session {
    fn drop(&mut self) {
        self.statements.clear();
        self.under_way.clear();
        // Without it the driver says goodbye and ends.
        self.client = None;
        let (driver, runtime) = (self.driver.take(), self.runtime.take());
        apart(move || {
            if let (Some(driver), Some(runtime)) = (driver, runtime) {
                // Where it does not come to its end, the connection is cut.
                let _ = runtime.block_on(async { tokio::time::timeout(LEAVE, driver).await.is_ok() });
            }
        });
    }
}

impl Session {
    /// One that was just made.
    pub(super) fn of(client: Client, driver: Driver, runtime: Runtime) -> Self {
        Self {
            client: Some(Arc::new(client)),
            driver: Some(driver),
            runtime: Some(runtime),
            statements: HashMap::new(),
            under_way: Vec::new(),
            answers: Vec::new(),
            #[cfg(test)]
            journeys: 0,
        }
    }

    /// How often somebody has waited for the server so far.
    #[cfg(test)]
    pub(super) fn journeys(&self) -> u64 {
        self.journeys
    }

    fn client(&self) -> Result<Arc<Client>, Trouble> {
        self.client.clone().ok_or_else(|| lost().into())
    }

    /// Waits for an answer, and moves what there is to move meanwhile.
    fn wait<T>(&mut self, answer: impl Future<Output = Result<T, Error>>) -> Result<T, Trouble> {
        let (mut answer, driver) = (pin!(answer), &mut self.driver);
        let waited = self.runtime.as_ref().ok_or_else(lost)?.block_on(poll_fn(|context| {
            if let Some(alive) = driver
                && let Poll::Ready(ended) = alive.as_mut().poll(context)
            {
                *driver = None;
                if let Err(error) = ended {
                    return Poll::Ready(Err(error));
                }
            }
            answer.as_mut().poll(context)
        }));
        Ok(waited?)
    }

    /// Waits until all that is under way has been answered. Where something of it failed, the rest failed because of that.
    pub(super) fn settle(&mut self) -> Result<(), Trouble> {
        if self.under_way.is_empty() {
            return Ok(());
        }
        let under_way = std::mem::take(&mut self.under_way);
        self.count_a_journey();
        let mut answers = std::mem::take(&mut self.answers);
        let settled = self.wait(async {
            let mut first = Ok(());
            for UnderWay { asked, rows } in under_way {
                match (rows.await, asked) {
                    (Ok(rows), Some(asked)) => answers.push((asked, rows)),
                    (Ok(_), None) => {}
                    (Err(error), _) => first = first.and(Err(error)),
                }
            }
            first
        });
        self.answers = answers;
        settled
    }

    /// Forgets what was asked ahead: after the end of a transaction it may be no longer so.
    pub(super) fn forget_answers(&mut self) {
        self.answers.clear();
    }

    #[cfg(test)]
    fn count_a_journey(&mut self) {
        self.journeys += 1;
    }

    #[cfg(not(test))]
    fn count_a_journey(&mut self) {}

    /// Sends something behind what is under way, and waits for the answers to all of it.
    fn exchange<T: Send + 'static>(
        &mut self,
        request: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, Trouble> {
        let mut request = Box::pin(request);
        // It is sent when it is polled for the first time.
        let early = request.as_mut().now_or_never();
        if self.under_way.is_empty() {
            self.count_a_journey();
        }
        self.settle()?;
        match early {
            Some(answer) => Ok(answer?),
            None => self.wait(request),
        }
    }

    /// The statement, prepared for values of these types.
    fn prepare(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Statement, Trouble> {
        let types: Vec<Type> = values.iter().map(|value| as_type(value.kind())).collect();
        if let Some(statement) = self.statements.get(sql).filter(|statement| statement.params() == types) {
            return Ok(statement.clone());
        }
        let (client, text) = (self.client()?, with_dollars(sql));
        let statement = self.exchange(async move { client.prepare_typed(&text, &types).await })?;
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Sends a statement whose answer nobody needs now.
    pub(super) fn tell(&mut self, sql: &str, values: &[Value<'_>]) -> Result<(), Trouble> {
        let (statement, client) = (self.prepare(sql, values)?, self.client()?);
        let given = given(values);
        self.send(None, async move { client.execute_raw(&statement, given).await.map(|_| Vec::new()) })
    }

    /// Sends a question whose answer [`Session::answer_ahead`] is going to fetch.
    pub(super) fn ask_ahead(&mut self, sql: &str, values: &[Value<'_>]) -> Result<(), Trouble> {
        let (statement, client) = (self.prepare(sql, values)?, self.client()?);
        let given = given(values);
        let asked = (sql.to_owned(), given.clone());
        self.send(Some(asked), async move { client.query_raw(&statement, given).await?.try_collect().await })
    }

    fn send(
        &mut self,
        asked: Option<Asked>,
        rows: impl Future<Output = Result<Vec<Row>, Error>> + Send + 'static,
    ) -> Result<(), Trouble> {
        let mut rows: Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(rows);
        if let Some(early) = rows.as_mut().now_or_never() {
            // It did not reach the server, which knows of no trouble: so whoever told it must know, before more is told.
            return early.map(|_| ()).map_err(Trouble::from);
        }
        self.under_way.push(UnderWay { asked, rows });
        if self.under_way.len() >= UNDER_WAY { self.settle() } else { Ok(()) }
    }

    /// The rows of a question that was asked ahead, once.
    pub(super) fn answer_ahead(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Option<Vec<Row>>, Trouble> {
        let is_it = |asked: &Asked| asked.0 == sql && asked.1 == given(values);
        if self.under_way.iter().filter_map(|one| one.asked.as_ref()).any(is_it) {
            self.settle()?;
        }
        let place = self.answers.iter().position(|(asked, _)| is_it(asked));
        Ok(place.map(|place| self.answers.swap_remove(place).1))
    }

    /// Runs one statement. Answers how many rows it changed.
    pub(super) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64, Trouble> {
        let (statement, client) = (self.prepare(sql, values)?, self.client()?);
        let given = given(values);
        self.exchange(async move { client.execute_raw(&statement, given).await })
    }

    /// Asks.
    pub(super) fn ask(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Rows, Trouble> {
        let (statement, client) = (self.prepare(sql, values)?, self.client()?);
        let given = given(values);
        let rows = self.exchange(async move { client.query_raw(&statement, given).await })?;
        Ok(Rows(Box::pin(rows)))
    }

    /// The next row of an answer.
    pub(super) fn next(&mut self, rows: &mut Rows) -> Result<Option<Row>, Trouble> {
        self.wait(rows.0.next().map(Option::transpose))
    }

    /// Runs statements without values, one after the other.
    pub(super) fn batch(&mut self, sql: &str) -> Result<(), Trouble> {
        let (client, text) = (self.client()?, sql.to_owned());
        self.exchange(async move { client.batch_execute(&text).await })
    }

    /// Begins a `COPY … FROM STDIN BINARY`.
    pub(super) fn pour(&mut self, sql: &str) -> Result<CopyInSink<Bytes>, Trouble> {
        let (client, text) = (self.client()?, sql.to_owned());
        self.exchange(async move { client.copy_in(&text).await })
    }

    /// Sends some of what is poured.
    pub(super) fn pass_on<T>(&mut self, some: impl Future<Output = Result<T, Error>>) -> Result<T, Trouble> {
        self.wait(some)
    }

    /// Runs statements, whatever became of those that are under way.
    pub(super) fn batch_anyway(&mut self, sql: &str) -> Result<(), Trouble> {
        // Of no interest any more.
        let _ = self.settle();
        self.answers.clear();
        self.batch(sql)
    }
}

/// How a value is written for the server.
pub(super) fn as_type(kind: Kind) -> Type {
    match kind {
        Kind::Int => Type::INT8,
        Kind::Text => Type::TEXT,
        Kind::Bytes => Type::BYTEA,
    }
}

/// A value on its way to the server: a copy, since nobody waits until it is sent.
#[derive(Clone, PartialEq)]
pub(super) enum Given {
    Nothing,
    Int(i64),
    /// Of a text, or bytes: both travel as they are.
    Bytes(Box<[u8]>),
}

pub(super) fn given(values: &[Value<'_>]) -> Vec<Given> {
    let one = |value: &Value<'_>| match value {
        Value::Int(Some(number)) => Given::Int(*number),
        Value::Text(Some(text)) => Given::Bytes(text.as_bytes().into()),
        Value::Bytes(Some(bytes)) => Given::Bytes((*bytes).into()),
        Value::Int(None) | Value::Text(None) | Value::Bytes(None) => Given::Nothing,
    };
    values.iter().map(one).collect()
}

/// The client may want to log its values, and shall not.
impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(a value)")
    }
}

impl ToSql for Given {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Nothing => return Ok(IsNull::Yes),
            Self::Int(number) => out.put_i64(*number),
            Self::Bytes(bytes) => out.put_slice(bytes),
        }
        Ok(IsNull::No)
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
