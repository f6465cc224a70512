//! What somebody needs who writes in a transaction, and would not wait for a server more often than there is something to know.

use super::connection::{Db, Lent, Remembered};
use super::sqlite;
use super::value::Value;
use crate::domain::Fault;

impl Db<'_> {
    /// Runs a statement of a transaction that nobody waits for: a server is told together with what is asked next, and its trouble is
    /// told there, at the latest when the transaction ends.
    pub fn tell(&self, sql: &str, values: &[Value<'_>]) -> Result<(), Fault> {
        match self.lent {
            Lent::Embedded(connection) => sqlite::execute(connection, sql, values).map(|_| ()),
            Lent::Server(link) => link.tell(sql, values),
        }
    }

    /// Says in a transaction what is going to be asked, so that a server answers it together with something else. What is written in
    /// between is not in the answer.
    pub fn ask_ahead(&self, sql: &str, values: &[Value<'_>]) -> Result<(), Fault> {
        match self.lent {
            Lent::Embedded(_) => Ok(()),
            Lent::Server(link) => link.ask_ahead(sql, values),
        }
    }

    /// Waits for all that was told. If not all of it went well, that is told.
    pub fn settle(&self) -> Result<(), Fault> {
        match self.lent {
            Lent::Embedded(_) => Ok(()),
            Lent::Server(link) => link.settle(),
        }
    }

    /// Runs an INSERT of one row that ends with `ON CONFLICT DO NOTHING RETURNING id`. Answers that id; `None` where a row that is there
    /// keeps it out.
    pub fn insert_if_new(&self, sql: &str, values: &[Value<'_>]) -> Result<Option<i64>, Fault> {
        // Without it, the row would be there and nobody would know where.
        let no_id = || Fault::lasting("an INSERT that is to answer an id does not end with RETURNING id");
        let without = sql.strip_suffix("RETURNING id").ok_or_else(no_id)?;
        match self.lent {
            // The id is known without asking, which costs less.
            Lent::Embedded(connection) => sqlite::insert(connection, without, values),
            Lent::Server(link) => link.find(sql, values, |row| row.get(0).map(Some)),
        }
    }

    /// The same for a test, in which nothing keeps the row out.
    #[cfg(test)]
    pub fn insert(&self, sql: &str, values: &[Value<'_>]) -> Result<i64, Fault> {
        self.insert_if_new(sql, values)?.ok_or_else(|| Fault::lasting("no row was added"))
    }

    /// An id for a new row, as the first value of [`Db::insert_as`]: a server gives it before; `None` where the database gives it then.
    pub fn next_id(&self, table: &'static str) -> Result<Option<i64>, Fault> {
        match self.lent {
            Lent::Embedded(_) => Ok(None),
            Lent::Server(link) => link.next_id(table).map(Some),
        }
    }

    /// Runs an INSERT of one row with that id, as [`Db::tell`] does. Answers its id.
    pub fn insert_as(&self, id: Option<i64>, sql: &str, values: &[Value<'_>]) -> Result<i64, Fault> {
        let none = || Fault::lasting("a row was to be added, and there is no id for it");
        match self.lent {
            Lent::Embedded(connection) => sqlite::insert(connection, sql, values)?.ok_or_else(none),
            Lent::Server(link) => link.tell(sql, values).and_then(|()| id.ok_or_else(none)),
        }
    }

    /// What was remembered in this transaction.
    pub fn remembered(&self) -> Option<Remembered> {
        self.remembered.get()
    }

    /// Remembers something that holds until the transaction, or a part of it, ends.
    pub fn remember(&self, what: Remembered) {
        self.remembered.set(Some(what).filter(|_| self.is_in_transaction()));
    }

    /// What comes from here on can be undone by itself. One savepoint is there at a time.
    pub fn set_savepoint(&self) -> Result<(), Fault> {
        match self.lent {
            Lent::Embedded(connection) => sqlite::execute(connection, "SAVEPOINT job", &[]).map(|_| ()),
            Lent::Server(link) => link.set_savepoint(),
        }
    }

    /// What has come since the savepoint becomes a part of the transaction. If not all of it went well, that is told.
    pub fn release_savepoint(&self) -> Result<(), Fault> {
        match self.lent {
            Lent::Embedded(connection) => sqlite::execute(connection, "RELEASE job", &[]).map(|_| ()),
            Lent::Server(link) => link.release_savepoint(),
        }
    }

    /// Undoes what has come since the savepoint.
    pub fn undo_to_savepoint(&self) -> Result<(), Fault> {
        self.remembered.set(None);
        match self.lent {
            Lent::Embedded(connection) => sqlite::batch(connection, "ROLLBACK TO job; RELEASE job"),
            Lent::Server(link) => link.undo_to_savepoint(),
        }
    }

    /// How often it was waited for a server so far.
    #[cfg(test)]
    pub fn journeys(&self) -> u64 {
        match self.lent {
            Lent::Embedded(_) => 0,
            Lent::Server(link) => link.journeys(),
        }
    }
}
