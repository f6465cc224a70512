//! A connection to the database, and what can be done with one that is lent.

use super::postgres::{Link, Pouring, Role};
use super::row::Row;
use super::server::Server;
use super::sqlite;
use super::value::{Kind, Value, values};
use crate::domain::Fault;
use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;

/// A connection that is held.
pub struct Connection(Held);

enum Held {
    Embedded(rusqlite::Connection),
    Server(Box<Link>),
}

/// A connection that is lent to a piece of work. While the rows of an answer are looked at, nothing else can be asked of it.
pub struct Db<'c> {
    pub(super) lent: Lent<'c>,
    /// What whoever writes wants to know again until the transaction ends.
    pub(super) remembered: Cell<Option<Remembered>>,
}

/// A number and a digest.
pub type Remembered = (i64, [u8; 32]);

#[derive(Clone, Copy)]
pub(super) enum Lent<'c> {
    Embedded(&'c rusqlite::Connection),
    Server(&'c Link),
}

/// A transaction, which is undone unless it is committed.
pub struct Transaction<'d>(&'d Db<'d>);

impl Connection {
    /// Opens the database in a file to write to it; refuses to grow beyond `max_bytes`.
    pub fn writer(path: &Path, max_bytes: Option<u64>) -> Result<Self, Fault> {
        sqlite::open_writer(path, max_bytes).map(Held::Embedded).map(Self)
    }

    /// Opens one that is there to write to it beside another process.
    pub fn beside(path: &Path) -> Result<Self, Fault> {
        sqlite::open_beside(path).map(Held::Embedded).map(Self)
    }

    /// Opens one to read from it.
    pub fn reader(path: &Path) -> Result<Self, Fault> {
        sqlite::open_reader(path).map(Held::Embedded).map(Self)
    }

    /// Connects to a server.
    pub(super) fn to_server(server: &Arc<Server>, role: Role) -> Result<Self, Fault> {
        Link::open(Arc::clone(server), role).map(Box::new).map(Held::Server).map(Self)
    }

    /// A database of a test's own.
    #[cfg(test)]
    pub fn in_memory() -> Self {
        Self(Held::Embedded(rusqlite::Connection::open_in_memory().expect("memory")))
    }

    /// A database of a test's own, in the home where the tests are to have theirs.
    #[cfg(test)]
    pub fn of_test() -> Self {
        if !super::test_server::is_wanted() {
            return Self::in_memory();
        }
        Self::to_server(&Server::of_test().expect("a server"), Role::Beside).expect("connects")
    }

    /// Lends it.
    pub fn db(&self) -> Db<'_> {
        Db::of(match &self.0 {
            Held::Embedded(connection) => Lent::Embedded(connection),
            Held::Server(link) => Lent::Server(link),
        })
    }

    /// Whether it can be lent again.
    pub(super) fn lives(&self) -> bool {
        match &self.0 {
            Held::Embedded(_) => true,
            Held::Server(link) => link.lives(),
        }
    }

    /// Connects anew where the connection was lost.
    pub(super) fn wake(&self) -> Result<(), Fault> {
        match &self.0 {
            Held::Embedded(_) => Ok(()),
            Held::Server(link) => link.wake(),
        }
    }
}

impl<'c> Db<'c> {
    /// Lends a simulated disk.
    pub(super) fn of_simulated(disk: &'c rusqlite::Connection) -> Self {
        Self::of(Lent::Embedded(disk))
    }

    fn of(lent: Lent<'c>) -> Self {
        Self { lent, remembered: Cell::new(None) }
    }

    /// Of two things, the one that is for this home: the embedded database, or a server.
    pub fn of_home<T>(&self, embedded: T, server: T) -> T {
        match self.lent {
            Lent::Embedded(_) => embedded,
            Lent::Server(_) => server,
        }
    }

    /// Runs a statement. Answers how many rows it changed.
    pub fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
        match self.lent {
            Lent::Embedded(connection) => sqlite::execute(connection, sql, values),
            Lent::Server(link) => link.execute(sql, values),
        }
    }

    /// The first row, if there is one.
    pub fn one<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        row: impl FnOnce(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let mut row = Some(row);
        self.find(sql, values, |found| row.take().map(|row| row(found)).transpose())
    }

    /// All rows, in order.
    pub fn all<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut row: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut all = Vec::new();
        self.each(sql, values, |found| row(found).map(|one| all.push(one)))?;
        Ok(all)
    }

    /// Shows all rows one after the other, for more of them than should be in memory together.
    pub fn each(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut row: impl FnMut(&Row<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.find(sql, values, |found| row(found).map(|()| None::<()>)).map(|_| ())
    }

    /// Shows rows one after the other until something is made of one.
    pub fn find<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        row: impl FnMut(&Row<'_>) -> Result<Option<T>, Fault>,
    ) -> Result<Option<T>, Fault> {
        match self.lent {
            Lent::Embedded(connection) => sqlite::find(connection, sql, values, row),
            Lent::Server(link) => link.find(sql, values, row),
        }
    }

    /// Whether there is a row.
    pub fn exists(&self, sql: &str, values: &[Value<'_>]) -> Result<bool, Fault> {
        self.one(sql, values, |_| Ok(())).map(|found| found.is_some())
    }

    /// Runs statements without values, one after the other.
    pub fn batch(&self, sql: &str) -> Result<(), Fault> {
        match self.lent {
            Lent::Embedded(connection) => sqlite::batch(connection, sql),
            Lent::Server(link) => link.batch(sql),
        }
    }

    /// Adds rows by a statement of a server's own, which takes them faster than one by one.
    pub(super) fn pour(
        &self,
        sql: &str,
        kinds: &[Kind],
        rows: impl FnOnce(&mut Pouring<'_>) -> Result<(), Fault>,
    ) -> Result<u64, Fault> {
        match self.lent {
            Lent::Embedded(_) => Err(Fault::lasting("rows are poured into a server only")),
            Lent::Server(link) => link.pour(sql, kinds, rows),
        }
    }

    /// Begins a transaction that writes; others who write wait.
    pub fn begin(&self) -> Result<(), Fault> {
        self.remembered.set(None);
        match self.lent {
            Lent::Embedded(connection) => sqlite::execute(connection, "BEGIN IMMEDIATE", &[]).map(|_| ()),
            Lent::Server(link) => link.begin(),
        }
    }

    /// Answers several questions as of one moment, whatever others write meanwhile. Nothing can be written in it.
    pub fn at_one_moment<T>(&self, work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        match self.lent {
            Lent::Embedded(connection) => sqlite::batch(connection, "BEGIN")?,
            Lent::Server(link) => link.begin_to_read()?,
        }
        let answer = work();
        self.roll_back();
        answer
    }

    /// False when there is none, or the database has undone it by itself.
    pub fn is_in_transaction(&self) -> bool {
        match self.lent {
            Lent::Embedded(connection) => !connection.is_autocommit(),
            Lent::Server(link) => link.is_in_transaction(),
        }
    }

    /// Makes the transaction last; where that fails, it is undone.
    pub fn commit(&self) -> Result<(), Fault> {
        self.remembered.set(None);
        let committed = match self.lent {
            Lent::Embedded(connection) => sqlite::execute(connection, "COMMIT", &[]).map(|_| ()),
            Lent::Server(link) => link.commit(),
        };
        if committed.is_err() {
            self.roll_back();
        }
        committed
    }

    /// Undoes the transaction, if there is one.
    pub fn roll_back(&self) {
        self.remembered.set(None);
        match self.lent {
            Lent::Embedded(connection) if self.is_in_transaction() => {
                // If even that fails, the next BEGIN says so.
                let _ = sqlite::batch(connection, "ROLLBACK");
            }
            Lent::Embedded(_) => {}
            Lent::Server(link) => link.roll_back(),
        }
    }

    /// Begins a transaction that is undone unless it is committed.
    pub fn transaction(&self) -> Result<Transaction<'_>, Fault> {
        self.begin().map(|()| Transaction(self))
    }

    /// Makes a table of bytes, unless it is there: a key, a first column that has always something in it, and others that may not.
    pub fn make_blob_table(&self, name: &str, key: &str, columns: &[&str]) -> Result<(), Fault> {
        let (number, bytes, strict) = self.of_home(("INTEGER", "BLOB", "STRICT"), ("bigint", "bytea", ""));
        let column = |(at, column): (usize, &&str)| format!(", {column} {bytes}{}", if at == 0 { " NOT NULL" } else { "" });
        let all: String = columns.iter().enumerate().map(column).collect();
        self.batch(&format!("CREATE TABLE IF NOT EXISTS {name} ({key} {number} PRIMARY KEY{all}) {strict}"))?;
        if let Lent::Server(_) = self.lent {
            // What is sealed does not become smaller by being compressed once more.
            let plain = |column: &&str| format!("ALTER TABLE {name} ALTER COLUMN {column} SET STORAGE EXTERNAL;");
            self.batch(&columns.iter().map(plain).collect::<String>())?;
        }
        Ok(())
    }

    /// Writes the whole database anew, so that nothing of what was removed is left in it, and space comes back at each removal. A server
    /// was never without both.
    pub fn write_anew(&self) -> Result<(), Fault> {
        match self.lent {
            Lent::Embedded(connection) => {
                sqlite::batch(connection, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
            }
            Lent::Server(_) => Ok(()),
        }
    }

    /// Gives some of the space of what was removed back to the machine. True: there is more. A server does so by itself.
    pub fn give_some_space_back(&self) -> Result<bool, Fault> {
        const PAGES_AT_ONCE: i64 = 2_000;
        let Lent::Embedded(_) = self.lent else { return Ok(false) };
        let free = || self.one("PRAGMA freelist_count", &[], |row| row.get::<i64>(0)).map(Option::unwrap_or_default);
        let before = free()?;
        // A page for each step: asked as a question, so that all steps are taken.
        self.each(&format!("PRAGMA incremental_vacuum({PAGES_AT_ONCE})"), &[], |_| Ok(()))?;
        let left = free()?;
        Ok(left > 0 && left < before)
    }

    /// Whether there is a table with this name.
    pub fn has_table(&self, name: &str) -> Result<bool, Fault> {
        let embedded = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1";
        let server = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?1";
        self.exists(self.of_home(embedded, server), values![name])
    }

    /// What the database takes on a server's disk, in bytes; `None` where it is a file.
    pub fn server_bytes(&self) -> Result<Option<i64>, Fault> {
        match self.lent {
            Lent::Embedded(_) => Ok(None),
            Lent::Server(_) => self.one("SELECT pg_database_size(current_database())", &[], |row| row.get(0)),
        }
    }

    /// Has rows refer to what is not there, or forbids it. Answers what was before. A server always forbids it, and tables can be
    /// changed there where they are.
    pub fn enforce_keys(&self, enforced: bool) -> Result<bool, Fault> {
        let Lent::Embedded(connection) = self.lent else { return Ok(true) };
        let before = self.one("PRAGMA foreign_keys", &[], |row| row.get(0))?;
        sqlite::batch(connection, if enforced { "PRAGMA foreign_keys = ON" } else { "PRAGMA foreign_keys = OFF" })?;
        Ok(before.unwrap_or_default())
    }

    /// How many rows refer to what is not there.
    pub fn broken_keys(&self) -> Result<i64, Fault> {
        let Lent::Embedded(_) = self.lent else { return Ok(0) };
        let broken = self.one("SELECT count(*) FROM pragma_foreign_key_check", &[], |row| row.get(0))?;
        Ok(broken.unwrap_or_default())
    }

    /// As if the process had died: what was not committed is gone, and so is the connection to a server.
    pub fn die(&self) {
        match self.lent {
            Lent::Embedded(_) => self.roll_back(),
            Lent::Server(link) => link.throw_away(),
        }
    }
}

impl Transaction<'_> {
    /// Makes it last.
    pub fn commit(self) -> Result<(), Fault> {
        self.0.commit()
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        self.0.roll_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::db::values;

    fn table() -> Connection {
        let connection = Connection::of_test();
        let table = connection.db().of_home(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, number INTEGER, word TEXT, bytes BLOB) STRICT",
            "CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, number bigint, word text, bytes bytea)",
        );
        connection.db().batch(table).expect("a table");
        connection
    }

    fn ids(db: &Db<'_>) -> Vec<i64> {
        db.all("SELECT id FROM t ORDER BY id", &[], |row| row.get(0)).expect("reads")
    }

    #[test]
    fn a_value_comes_back_as_it_was_and_so_does_its_absence() {
        let connection = table();
        let db = connection.db();
        let sql = "INSERT INTO t (number, word, bytes) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING RETURNING id";
        let full = db.insert_if_new(sql, values![7i64, "Ærfugl".to_string(), &[0, 255][..]]).expect("an id");
        let empty = db.insert_if_new(sql, values![None::<i64>, None::<&str>, None::<&[u8]>]).expect("an id");
        assert_eq!((full, empty), (Some(1), Some(2)));
        assert!(db.insert_if_new("INSERT INTO t (number) VALUES (?1)", values![1i64]).is_err(), "no home can answer an id");
        let rows = db.all("SELECT number, word, bytes, number IS NULL FROM t ORDER BY id", &[], |row| {
            let both = (row.get::<Option<u32>>(0)?, row.get::<Option<i64>>(0)?);
            Ok((both, row.get::<Option<String>>(1)?, row.get::<Option<Vec<u8>>>(2)?, row.get::<bool>(3)?))
        });
        let expected =
            [((Some(7), Some(7)), Some("Ærfugl".to_string()), Some(vec![0, 255]), false), ((None, None), None, None, true)];
        assert_eq!(rows.expect("reads"), expected);
    }

    #[test]
    fn several_questions_are_answered_as_of_one_moment_and_after_it_all_is_as_before() {
        let connection = table();
        let db = connection.db();
        let within = db.at_one_moment(|| {
            assert!(db.is_in_transaction());
            Ok(ids(&db).len())
        });
        assert_eq!(within.expect("reads"), 0);
        assert!(db.at_one_moment(|| Err::<(), _>(Fault::lasting("no"))).is_err() && !db.is_in_transaction());
        db.execute("INSERT INTO t (number) VALUES (?1)", values![1i64]).expect("writes again");
        assert_eq!(ids(&db).len(), 1);
    }

    #[test]
    fn what_is_asked_for_as_something_else_is_a_fault_that_shows_no_value() {
        let connection = table();
        let sql = "INSERT INTO t (number, word, bytes) VALUES (?1, ?2, ?3)";
        connection.db().execute(sql, values![-1i64, "Fjord", &[1, 2][..]]).expect("a row");
        let shown = |read: fn(&Row<'_>) -> Result<(), Fault>| {
            let answer = connection.db().one("SELECT number, word, bytes, NULL FROM t", &[], read);
            answer.expect_err("a fault").inner().to_owned()
        };
        assert_eq!(
            shown(|row| row.get::<u32>(0).map(|_| ())),
            "column 0 of an answer is not a number of 32 bits without a sign"
        );
        assert_eq!(shown(|row| row.get::<i64>(1).map(|_| ())), "column 1 of an answer is not a number");
        assert_eq!(shown(|row| row.get::<String>(2).map(|_| ())), "column 2 of an answer is not a text");
        assert_eq!(shown(|row| row.get::<[u8; 32]>(2).map(|_| ())), "column 2 of an answer is not a digest of 32 bytes");
        assert_eq!(shown(|row| row.get::<Vec<u8>>(3).map(|_| ())), "column 3 of an answer is not bytes");
    }

    #[test]
    fn rows_are_read_until_something_is_found() {
        let connection = table();
        let db = connection.db();
        for number in 1..=5i64 {
            db.execute("INSERT INTO t (number) VALUES (?1)", values![number]).expect("a row");
        }
        let mut seen = Vec::new();
        let found = db.find("SELECT number FROM t ORDER BY id", &[], |row| {
            let number: i64 = row.get(0)?;
            seen.push(number);
            Ok((number == 3).then_some("three"))
        });
        assert_eq!((found.expect("reads"), seen), (Some("three"), vec![1, 2, 3]));
        assert_eq!(
            db.one("SELECT number FROM t WHERE id = ?1", values![9i64], |row| row.get::<i64>(0)).expect("reads"),
            None
        );
        assert!(db.exists("SELECT 1 FROM t WHERE number = ?1", values![5i64]).expect("reads"));
        assert!(!db.exists("SELECT 1 FROM t WHERE number = ?1", values![6i64]).expect("reads"));
    }

    #[test]
    fn a_transaction_is_undone_unless_it_is_committed() {
        let connection = table();
        let db = connection.db();
        let transaction = db.transaction().expect("begins");
        db.execute("INSERT INTO t (id) VALUES (1)", &[]).expect("a row");
        drop(transaction);
        assert!(!db.is_in_transaction() && ids(&db).is_empty());
        let transaction = db.transaction().expect("begins");
        db.execute("INSERT INTO t (id) VALUES (2)", &[]).expect("a row");
        transaction.commit().expect("lasts");
        assert_eq!((db.is_in_transaction(), ids(&db)), (false, vec![2]));
    }
}
