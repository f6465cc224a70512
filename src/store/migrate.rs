//! Brings a database to the schema of this release. Forward only; and a release starts on newer data if that data says it may.

use super::db::{Db, values};
use super::marks::MOVED;
use crate::domain::{Fault, Timestamp};

/// One step of the schema.
pub(super) struct Migration {
    number: i64,
    name: &'static str,
    sql: &'static str,
    /// The same for a server.
    on_server: &'static str,
    /// The newest migration of the oldest release that can work on data with this step applied.
    readable_from: i64,
}

/// On a server the first step makes all that the first seven came to, for no release has made less there.
const ON_SERVER: &str = include_str!("schema/postgres/0001_to_0007.sql");

/// All steps, in order. A step that is released is never changed.
pub(super) static MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "first light",
        sql: include_str!("schema/0001_first_light.sql"),
        on_server: ON_SERVER,
        readable_from: 1,
    },
    Migration {
        number: 2,
        name: "validation",
        sql: include_str!("schema/0002_validation.sql"),
        on_server: "",
        readable_from: 1,
    },
    Migration {
        number: 3,
        name: "conversation",
        sql: include_str!("schema/0003_conversation.sql"),
        on_server: "",
        readable_from: 1,
    },
    Migration { number: 4, name: "bundles", sql: include_str!("schema/0004_bundles.sql"), on_server: "", readable_from: 4 },
    Migration { number: 5, name: "stays", sql: include_str!("schema/0005_stays.sql"), on_server: "", readable_from: 4 },
    Migration { number: 6, name: "chain", sql: include_str!("schema/0006_chain.sql"), on_server: "", readable_from: 4 },
    Migration { number: 7, name: "log", sql: include_str!("schema/0007_log.sql"), on_server: "", readable_from: 7 },
    Migration {
        number: 8,
        name: "retention",
        sql: include_str!("schema/0008_retention.sql"),
        on_server: include_str!("schema/postgres/0008_retention.sql"),
        readable_from: 8,
    },
    Migration {
        number: 9,
        name: "person",
        sql: include_str!("schema/0009_person.sql"),
        on_server: include_str!("schema/postgres/0009_person.sql"),
        readable_from: 8,
    },
    Migration {
        number: 10,
        name: "at size",
        // Here the indexes were so from the first.
        sql: "",
        on_server: include_str!("schema/postgres/0010_at_size.sql"),
        readable_from: 8,
    },
    Migration {
        number: 11,
        name: "pause",
        sql: include_str!("schema/0011_pause.sql"),
        on_server: include_str!("schema/postgres/0011_pause.sql"),
        // A release before would hand over what is to wait.
        readable_from: 11,
    },
];

/// Applies what is missing, each step in one transaction.
pub(super) fn migrate(db: &Db<'_>, migrations: &[Migration], now: Timestamp) -> Result<(), Fault> {
    let (applied, readable_from) = applied(db)?;
    let newest = migrations.last().map_or(0, |migration| migration.number);
    if readable_from > newest {
        return Err(Fault::lasting(format!(
            "the data was written by a newer release (migration {applied}); this one knows {newest}, and the data can be used from \
             release with migration {readable_from} on"
        )));
    }
    let missing: Vec<_> = migrations.iter().filter(|migration| migration.number > applied).collect();
    if missing.is_empty() {
        return Ok(());
    }
    // A table that is made anew is dropped first, with all that refers to it still there.
    let keys = db.enforce_keys(false)?;
    for migration in missing {
        apply(db, migration, now)?;
    }
    db.enforce_keys(keys).map(|_| ())
}

fn apply(db: &Db<'_>, migration: &Migration, now: Timestamp) -> Result<(), Fault> {
    let (number, name) = (migration.number, migration.name);
    let transaction = db.transaction()?;
    db.batch(db.of_home(migration.sql, migration.on_server))?;
    let row = values![number, name, now.as_millis(), migration.readable_from];
    db.execute("INSERT INTO migration VALUES (?1, ?2, ?3, ?4)", row)?;
    // Only where a table was dropped can rows be left that refer to nothing. To look at all of them takes minutes in a large store.
    let broken = if migration.sql.contains("DROP TABLE") { db.broken_keys()? } else { 0 };
    if broken > 0 {
        return Err(Fault::lasting(format!("migration {number} ({name}) would leave {broken} rows that refer to nothing")));
    }
    transaction.commit()
}

/// The newest step that is applied, and the oldest release that may work on it.
fn applied(db: &Db<'_>) -> Result<(i64, i64), Fault> {
    if !db.has_table("migration")? {
        return Ok((0, 0));
    }
    let newest = "SELECT coalesce(max(number), 0), coalesce(max(readable_from), 0) FROM migration";
    db.one(newest, &[], |row| Ok((row.get(0)?, row.get(1)?))).map(Option::unwrap_or_default)
}

/// Says no to a schema that is not the one of this release.
pub(super) fn is_of_this_release(db: &Db<'_>) -> Result<(), Fault> {
    let newest = MIGRATIONS.last().map_or(0, |migration| migration.number);
    let there = "SELECT coalesce(max(number), 0) FROM migration WHERE number < ?1";
    let there: i64 =
        if db.has_table("migration")? { db.one(there, values![MOVED], |row| row.get(0))?.unwrap_or_default() } else { 0 };
    if there > newest {
        let why =
            format!("the data has the schema of a newer release (migration {there}); this one knows {newest}. Use that one");
        return Err(Fault::lasting(why));
    }
    // What an older release stored in the clear is sealed at the start, which may have been stopped in between.
    if there < newest || db.has_table("content")? {
        return Err(Fault::lasting(
            "the data is that of an older release. Start this one on it once, with `bindeledd serve`",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::db::Connection;

    const NOW: Timestamp = Timestamp::from_millis(0);
    const NEWEST: i64 = MIGRATIONS.len() as i64;
    const NEXT: &str = "ALTER TABLE message ADD COLUMN colour TEXT;";

    fn next(readable_from: i64) -> Vec<Migration> {
        let again = |m: &Migration| Migration { ..*m };
        let next = Migration { number: NEWEST + 1, name: "next", sql: NEXT, on_server: NEXT, readable_from };
        MIGRATIONS.iter().map(again).chain([next]).collect()
    }

    #[test]
    fn applying_twice_changes_nothing() {
        let connection = Connection::of_test();
        let db = connection.db();
        for _ in 0..2 {
            migrate(&db, MIGRATIONS, NOW).expect("migrates");
        }
        assert_eq!(applied(&db).expect("reads"), (NEWEST, 11));
    }

    #[test]
    fn data_of_every_earlier_release_is_kept_and_nothing_refers_to_what_is_gone() {
        let connection = Connection::in_memory();
        let db = connection.db();
        migrate(&db, &MIGRATIONS[..1], NOW).expect("the first release");
        let rows = "INSERT INTO message (tracking, received_at, partner, via, size_bytes, state)
                    VALUES ('AAAAA-BBBB', 1, 'a', 'http', 2, 'held');
                    INSERT INTO content VALUES (1, x'00');
                    INSERT INTO finding VALUES (1, 0, 'R-030', 'refuse', NULL, 1, 2, '/', 'two');";
        db.batch(rows).expect("rows of the first release");
        migrate(&db, MIGRATIONS, NOW).expect("migrates");
        let kept = "SELECT m.state || f.found FROM message m JOIN content c ON c.message_id = m.id JOIN finding f
                    ON f.message_id = m.id";
        assert_eq!(db.one(kept, &[], |row| row.get::<String>(0)).expect("reads").as_deref(), Some("heldtwo"));
        let stray = db.execute("INSERT INTO content VALUES (99, x'00')", &[]);
        assert!(stray.is_err(), "foreign keys hold again, and mean the new table");
    }

    #[test]
    fn the_previous_release_starts_on_newer_data_that_allows_it() {
        let connection = Connection::of_test();
        let db = connection.db();
        migrate(&db, &next(1), NOW).expect("the next release migrates");
        migrate(&db, MIGRATIONS, NOW).expect("this release still starts");
    }

    #[test]
    fn newer_data_that_does_not_allow_it_is_refused_with_a_reason() {
        let connection = Connection::of_test();
        let db = connection.db();
        migrate(&db, &next(NEWEST + 1), NOW).expect("the next release migrates");
        let fault = migrate(&db, MIGRATIONS, NOW).expect_err("refused");
        assert!(fault.inner().contains("newer release"), "{}", fault.inner());
    }
}
