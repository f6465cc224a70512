//! The answer about a patient as somebody finds it who knows nothing of tables of patients: every message is opened and read, every
//! delivery and every line of the history is looked at.

use bindeledd::domain::{Fault, MessageId};
use bindeledd::store::Store;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeSet;
use std::path::Path;

/// Somebody that is searched for.
pub struct Wanted {
    /// As it stands in messages.
    pub number: String,
    /// As whoever asked for this patient is written down.
    pub pseudonym: String,
}

/// Opens the database of a store beside it, to look at every row.
pub fn rows(folder: &Path) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(folder.join("bindeledd.db"), flags).expect("the database opens")
}

/// The numbers of the lines about each of them, and of the last line that was looked at.
pub async fn lines_about(store: &Store, folder: &Path, wanted: &[Wanted]) -> Result<(Vec<BTreeSet<i64>>, i64), Fault> {
    let mut messages = vec![BTreeSet::new(); wanted.len()];
    let rows = rows(folder);
    let last: i64 = rows.query_row("SELECT max(id) FROM message", [], |row| row.get(0)).expect("a number");
    for n in 1..=last {
        let bytes = store.bytes(MessageId(n)).await?.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let about = text.split("about=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        for number in about.split_whitespace() {
            let named = wanted.iter().zip(&mut messages).filter(|(wanted, _)| wanted.number == number);
            named.for_each(|(_, messages)| messages.extend([n]));
        }
    }
    let named = messages.clone();
    every(&rows, "SELECT message_id, answered_by FROM delivery", |row| {
        let (of, by): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
        let answered = named.iter().zip(&mut messages).filter(|(named, _)| named.contains(&of));
        answered.for_each(|(_, messages)| messages.extend(by));
        Ok(())
    });
    let (mut lines, mut last) = (vec![BTreeSet::new(); wanted.len()], 0);
    every(&rows, "SELECT id, message_id, facts FROM history", |row| {
        let (line, message, facts): (i64, Option<i64>, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        last = last.max(line);
        for (at, wanted) in wanted.iter().enumerate() {
            let says = |facts: &String| facts.contains(&wanted.pseudonym);
            let is_about =
                message.map_or_else(|| facts.as_ref().is_some_and(says), |message| messages[at].contains(&message));
            if is_about {
                lines[at].insert(line);
            }
        }
        Ok(())
    });
    Ok((lines, last))
}

/// Has every row looked at.
pub fn every(rows: &Connection, sql: &str, mut look: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>) {
    let mut select = rows.prepare(sql).expect("SQL");
    let mut answer = select.query([]).expect("reads");
    while let Some(row) = answer.next().expect("reads") {
        look(row).expect("as it was written");
    }
}
