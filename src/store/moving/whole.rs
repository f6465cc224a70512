//! The whole way of a move, and in which order marks are set, so that at no moment two gateways could each believe to have the store.
//!
//! 1. The store in the folder is held: nobody writes to it, and nothing is written to it but the mark of step 4.
//! 2. The database on the server gets its mark before anything else is there: no gateway starts on what has not come as a whole.
//! 3. Rows are copied, indexes are made over them, and then everything is compared.
//! 4. The store in the folder gets its mark: no gateway starts on it from here on. For a moment none starts anywhere.
//! 5. The mark on the server goes, in one transaction with the line of the history that tells of the move.
//!
//! Whoever is killed in between runs it again. What came is kept, unless the store has changed since: then it begins anew.

use super::super::db::{Connection, Db, Home, Place, Server, Table};
use super::super::history::Happened;
use super::super::marks::{self, MovingIn};
use super::super::migrate::{MIGRATIONS, is_of_this_release, migrate};
use super::super::open::lock;
use super::super::safe::{Keys, Safe};
use super::super::{StoreOptions, Verified};
use super::copying::{Portion, copy};
use super::rows::count;
use super::{indexes, plan, proving};
use crate::domain::{Actor, Clock, Digest, Fault, Particulars, Timestamp};
use crate::pipeline::What;
use crate::proof::PublicKey;
use std::sync::Arc;

/// What one transaction of the copy holds.
const PORTION: Portion = Portion { rows: 10_000, bytes: 16 << 20 };

/// From a data folder to a database on a server.
pub struct Move<'m> {
    /// Whose folder, and with which key file; which home it names does not matter.
    pub from: &'m StoreOptions,
    /// An empty database, or one with what an unfinished move of this store has brought.
    pub to: &'m Arc<Server>,
    /// Who has it moved.
    pub who: &'m Actor,
    portion: Portion,
}

/// What is durable now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// The database is marked; what an earlier run has brought is kept or not.
    Begun {
        /// Whether it goes on where an earlier run was.
        goes_on: bool,
    },
    /// So many rows of a table are there.
    Copied {
        /// Which table.
        table: String,
        /// How many.
        rows: i64,
        /// Of how many.
        of: i64,
    },
    /// An index over what came is there.
    Indexed {
        /// Which.
        index: String,
        /// How many are still to be made.
        left: usize,
    },
    /// So many rows of a table were read to compare them, here and there together. This one is told of tables that take long.
    Comparing {
        /// Which table.
        table: String,
        /// How many.
        rows: i64,
        /// Of how many.
        of: i64,
    },
    /// A table was compared, and is the same on both sides.
    Compared {
        /// Which.
        table: String,
    },
    /// The store in the folder is marked as moved.
    Marked,
    /// It is done.
    Done,
}

/// A table that came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Came {
    /// Which.
    pub table: String,
    /// How many rows it has.
    pub rows: i64,
    /// Over all of them, on both sides.
    pub digest: Digest,
}

/// What a move came to.
#[derive(Debug)]
pub enum Ended {
    /// The store is there now.
    Moved {
        /// What came.
        tables: Vec<Came>,
        /// Its history, as it was on both sides before the line that tells of the move.
        history: Box<Verified>,
    },
    /// It was there before.
    Before {
        /// Since when.
        at: Timestamp,
    },
}

/// Hears of each step; it can end the move by a fault.
type Told<'t> = &'t mut dyn FnMut(Step) -> Result<(), Fault>;

impl<'m> Move<'m> {
    /// Moves nothing yet.
    pub fn new(from: &'m StoreOptions, to: &'m Arc<Server>, who: &'m Actor) -> Self {
        Self { from, to, who, portion: PORTION }
    }

    /// The same with other transactions.
    #[cfg(test)]
    pub(super) fn in_portions_of(self, rows: i64) -> Self {
        Self { portion: Portion { rows, ..self.portion }, ..self }
    }

    /// Moves it, or goes on doing so. It waits for the database: not where a runtime is polling.
    pub fn run(&self, clock: &dyn Clock, told: Told<'_>) -> Result<Ended, Fault> {
        let folder = &self.from.folder;
        let nothing = || Fault::lasting(format!("there is no store in {}", folder.display()));
        let place = Place::of(folder, &Home::Embedded);
        let source = place.beside(|_| Ok(()))?.ok_or_else(nothing)?;
        let _lock = lock(&folder.join("bindeledd.lock"))?;
        let place = Place::Server(Arc::clone(self.to));
        let target = place.writer(None, |_| Ok(()))?;
        let (from, to) = (source.db(), target.db());
        is_of_this_release(&from)?;
        let held = from.transaction()?;
        let moved = marks::moved(&from)?;
        let identity = identity(&from)?.ok_or_else(nothing)?;
        let there = marks::moving_in(&to)?;
        if let (None, Some((_, at))) = (&there, &moved)
            && self::identity(&to)?.is_some_and(|other| other == identity)
        {
            return Ok(Ended::Before { at: *at });
        }
        self.may_go_there(&to, &identity, there.as_ref(), moved.as_ref())?;
        let safe = Safe::new(Keys::File(self.from.keys.clone()));
        safe.opens(&from)?;
        let key = PublicKey(safe.signing(&from)?.public());
        let history = proving::whole_history(&from, key)?;
        let what = MovingIn { source: identity, state: state(&history) };
        told(Step::Begun { goes_on: begin(&to, &what, there.as_ref())? })?;
        let tables = self.copy_all(&from, &to, clock, told)?;
        let came = compare_all(&from, (&place.reader()?, &target), &tables, (key, &history), told)?;
        if moved.is_none() {
            marks::mark_moved(&from, &self.to.to_string(), clock.now())?;
            held.commit()?;
        }
        told(Step::Marked)?;
        self.end(&to, &came, &history, clock.now())?;
        told(Step::Done)?;
        Ok(Ended::Moved { tables: came, history: Box::new(history) })
    }

    fn may_go_there(
        &self,
        to: &Db<'_>,
        identity: &str,
        there: Option<&MovingIn>,
        moved: Option<&(String, Timestamp)>,
    ) -> Result<(), Fault> {
        let server = self.to;
        match (there, moved) {
            (Some(there), _) if there.source == identity => Ok(()),
            (Some(_), _) => Err(Fault::lasting(format!("another store is moving into {server}. Name an empty database"))),
            (None, Some((name, at))) => {
                Err(Fault::lasting(format!("this store was {name} on {at}, and is moved once only")))
            }
            (None, None) if to.table_names()?.is_empty() => Ok(()),
            (None, None) => Err(Fault::lasting(format!("{server} is not empty. Name an empty database"))),
        }
    }

    /// Answers the tables.
    fn copy_all(&self, from: &Db<'_>, to: &Db<'_>, clock: &dyn Clock, told: Told<'_>) -> Result<Vec<Table>, Fault> {
        migrate(to, MIGRATIONS, clock.now())?;
        let transaction = to.transaction()?;
        to.take_time()?;
        plan::make_months(from, to)?;
        transaction.commit()?;
        indexes::set_aside(to)?;
        let tables = plan::tables(from, to)?;
        for table in &tables {
            let of = count(from, table)?;
            copy(from, to, table, self.portion, |rows| told(Step::Copied { table: table.name.clone(), rows, of }))?;
        }
        indexes::make_again(to, |index, left| told(Step::Indexed { index, left }))?;
        let transaction = to.transaction()?;
        to.follow_ids()?;
        transaction.commit()?;
        to.learn()?;
        Ok(tables)
    }

    fn end(&self, to: &Db<'_>, came: &[Came], history: &Verified, now: Timestamp) -> Result<(), Fault> {
        let rows: i64 = came.iter().map(|table| table.rows).sum();
        let why =
            format!("the store came from SQLite to PostgreSQL: {} tables, {rows} rows, {} lines", came.len(), history.lines);
        let said = Particulars::default().with("from", "sqlite").with("to", "postgres").with("rows", rows);
        let said = said.with("lines", history.lines);
        let transaction = to.transaction()?;
        let line = Happened::in_the_log(now, What::Moved, &why).by(self.who).saying(said);
        line.add(to)?;
        indexes::end(to)?;
        marks::end_moving_in(to)?;
        transaction.commit()
    }
}

/// Which store it is, as long as there is one: since when it has its key for signatures, whatever that is wrapped by.
fn identity(db: &Db<'_>) -> Result<Option<String>, Fault> {
    if !db.has_table("secret")? {
        return Ok(None);
    }
    Ok(Safe::signs_since(db)?.map(|since| format!("signs since {}", since.as_millis())))
}

/// What changes whenever something happens to a store. What changes without, the comparison finds.
fn state(history: &Verified) -> String {
    let head = history.head.map_or_else(String::new, |head| head.to_string());
    format!("{head} {}", history.sealed)
}

/// Marks the database. Answers whether what is there is kept.
fn begin(to: &Db<'_>, what: &MovingIn, there: Option<&MovingIn>) -> Result<bool, Fault> {
    if there == Some(what) {
        return Ok(true);
    }
    let transaction = to.transaction()?;
    to.take_time()?;
    if there.is_some() {
        let came = to.table_names()?.into_iter().filter(|name| name != marks::MOVING_IN);
        to.drop_all(&came.collect::<Vec<_>>())?;
        marks::set_state(to, &what.state)?;
    } else {
        marks::begin_moving_in(to, what)?;
    }
    transaction.commit()?;
    Ok(false)
}

fn compare_all(
    from: &Db<'_>,
    (reader, target): (&Connection, &Connection),
    tables: &[Table],
    (key, history): (PublicKey, &Verified),
    told: Told<'_>,
) -> Result<Vec<Came>, Fault> {
    let to = reader.db();
    to.read_by_index()?;
    let mut came = Vec::new();
    for table in tables {
        let of = 2 * count(from, table)?;
        let progress = |rows| told(Step::Comparing { table: table.name.clone(), rows, of });
        let Some(sum) = proving::same_rows(from, &to, table, progress)? else {
            return differs(&target.db(), &format!("the table {}", table.name));
        };
        came.push(Came { table: table.name.clone(), rows: sum.rows, digest: sum.digest });
        told(Step::Compared { table: table.name.clone() })?;
    }
    if proving::same_history(&to, key, history)? { Ok(came) } else { differs(&target.db(), "the history") }
}

/// What came is not to be trusted: the next run begins anew.
fn differs<T>(to: &Db<'_>, what: &str) -> Result<T, Fault> {
    let transaction = to.transaction()?;
    marks::set_state(to, "")?;
    transaction.commit()?;
    Err(Fault::lasting(format!(
        "{what} did not come as it is here: somebody has changed it meanwhile, there or here. Nothing is moved; run it again, and it \
         begins anew"
    )))
}
