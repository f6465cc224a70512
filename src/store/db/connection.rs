//! A connection to the database, and what can be done with one that is lent.

use super::row::Row;
use super::sqlite;
use super::value::Value;
use crate::domain::Fault;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A database in memory that outlives the process that is simulated.
pub type SimulatedDisk = Arc<Mutex<rusqlite::Connection>>;

/// A connection that is held.
pub struct Connection(rusqlite::Connection);

/// A connection that is lent to a piece of work. While the rows of an answer are looked at, nothing else can be asked of it.
pub struct Db<'c>(&'c rusqlite::Connection);

/// A transaction, which is undone unless it is committed.
pub struct Transaction<'d>(&'d Db<'d>);

impl Connection {
    /// Opens the database in a file to write to it; refuses to grow beyond `max_bytes`.
    pub fn writer(path: &Path, max_bytes: Option<u64>) -> Result<Self, Fault> {
        sqlite::open_writer(path, max_bytes).map(Self)
    }

    /// Opens one that is there to write to it beside another process.
    pub fn beside(path: &Path) -> Result<Self, Fault> {
        sqlite::open_beside(path).map(Self)
    }

    /// Opens one to read from it.
    pub fn reader(path: &Path) -> Result<Self, Fault> {
        sqlite::open_reader(path).map(Self)
    }

    /// A database of a test's own.
    #[cfg(test)]
    pub fn in_memory() -> Self {
        Self(rusqlite::Connection::open_in_memory().expect("memory"))
    }

    /// Lends it.
    pub fn db(&self) -> Db<'_> {
        Db(&self.0)
    }
}

impl<'c> Db<'c> {
    /// Lends a simulated disk.
    pub fn of_simulated(disk: &'c rusqlite::Connection) -> Self {
        Self(disk)
    }

    /// Runs a statement. Answers how many rows it changed.
    pub fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, Fault> {
        sqlite::execute(self.0, sql, values)
    }

    /// Runs an INSERT of one row that ends with `RETURNING id`. Answers that id.
    pub fn insert(&self, sql: &str, values: &[Value<'_>]) -> Result<i64, Fault> {
        self.one(sql, values, |row| row.get(0))?.ok_or_else(|| Fault::lasting("a row was added and has no id"))
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
        sqlite::find(self.0, sql, values, row)
    }

    /// Whether there is a row.
    pub fn exists(&self, sql: &str, values: &[Value<'_>]) -> Result<bool, Fault> {
        self.one(sql, values, |_| Ok(())).map(|found| found.is_some())
    }

    /// Runs statements without values, one after the other.
    pub fn batch(&self, sql: &str) -> Result<(), Fault> {
        sqlite::batch(self.0, sql)
    }

    /// Begins a transaction that writes. `COMMIT`, `ROLLBACK` and the words of savepoints are the same everywhere.
    pub fn begin(&self) -> Result<(), Fault> {
        self.execute("BEGIN IMMEDIATE", &[]).map(|_| ())
    }

    /// False when there is none, or the database has undone it by itself.
    pub fn is_in_transaction(&self) -> bool {
        !self.0.is_autocommit()
    }

    /// Begins a transaction that is undone unless it is committed.
    pub fn transaction(&self) -> Result<Transaction<'_>, Fault> {
        self.begin().map(|()| Transaction(self))
    }

    /// Makes a table of bytes, unless it is there: a key, a first column that has always something in it, and others that may not.
    pub fn make_blob_table(&self, name: &str, key: &str, columns: &[&str]) -> Result<(), Fault> {
        let column = |(at, column): (usize, &&str)| format!(", {column} BLOB{}", if at == 0 { " NOT NULL" } else { "" });
        let columns: String = columns.iter().enumerate().map(column).collect();
        self.batch(&format!("CREATE TABLE IF NOT EXISTS {name} ({key} INTEGER PRIMARY KEY{columns}) STRICT"))
    }

    /// Writes the whole database anew, so that nothing of what was removed is left in it, and space comes back at each removal.
    pub fn write_anew(&self) -> Result<(), Fault> {
        self.batch("PRAGMA auto_vacuum = INCREMENTAL; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Gives the space of what was dropped back to the machine. Not in a transaction of anybody else's.
    pub fn give_space_back(&self) -> Result<(), Fault> {
        self.batch("PRAGMA incremental_vacuum")
    }

    /// Whether there is a table with this name.
    pub fn has_table(&self, name: &str) -> Result<bool, Fault> {
        self.exists("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1", &[Value::from(name)])
    }

    /// Has rows refer to what is not there, or forbids it. Answers what was before.
    pub fn enforce_keys(&self, enforced: bool) -> Result<bool, Fault> {
        let before = self.one("PRAGMA foreign_keys", &[], |row| row.get(0))?;
        self.batch(if enforced { "PRAGMA foreign_keys = ON" } else { "PRAGMA foreign_keys = OFF" })?;
        Ok(before.unwrap_or_default())
    }

    /// How many rows refer to what is not there.
    pub fn broken_keys(&self) -> Result<i64, Fault> {
        let broken = self.one("SELECT count(*) FROM pragma_foreign_key_check", &[], |row| row.get(0))?;
        Ok(broken.unwrap_or_default())
    }
}

impl Transaction<'_> {
    /// Makes it last.
    pub fn commit(self) -> Result<(), Fault> {
        self.0.execute("COMMIT", &[]).map(|_| ())
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.0.is_in_transaction() {
            // If even that fails, the next BEGIN says so.
            let _ = self.0.batch("ROLLBACK");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::db::values;

    fn table() -> Connection {
        let connection = Connection::in_memory();
        let table = "CREATE TABLE t (id INTEGER PRIMARY KEY, number INTEGER, word TEXT, bytes BLOB) STRICT";
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
        let sql = "INSERT INTO t (number, word, bytes) VALUES (?1, ?2, ?3) RETURNING id";
        let full = db.insert(sql, values![7i64, "Ærfugl".to_string(), &[0, 255][..]]).expect("an id");
        let empty = db.insert(sql, values![None::<i64>, None::<&str>, None::<&[u8]>]).expect("an id");
        assert_eq!((full, empty), (1, 2));
        let rows = db.all("SELECT number, word, bytes, number IS NULL FROM t ORDER BY id", &[], |row| {
            let both = (row.get::<Option<u32>>(0)?, row.get::<Option<i64>>(0)?);
            Ok((both, row.get::<Option<String>>(1)?, row.get::<Option<Vec<u8>>>(2)?, row.get::<bool>(3)?))
        });
        let expected =
            [((Some(7), Some(7)), Some("Ærfugl".to_string()), Some(vec![0, 255]), false), ((None, None), None, None, true)];
        assert_eq!(rows.expect("reads"), expected);
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
