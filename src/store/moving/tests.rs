//! A store with rows of every kind is moved, killed, changed on its way, and refused.

use super::plan;
use super::whole::{Ended, Move, Step};
use crate::domain::{Actor, Clock, Fault, MessageId, Month, Timestamp};
use crate::pipeline::What;
use crate::store::db::{Connection, Db, Home, Place, Server, values};
use crate::store::history::Happened;
use crate::store::marks::may_be_used;
use crate::store::migrate::{MIGRATIONS, migrate};
use crate::store::{Store, StoreOptions, months};
use std::path::Path;
use std::sync::Arc;

const NOW: Timestamp = Timestamp::from_millis(1_772_442_900_000);
/// Rows of each kind, and in each transaction of a move: so that tables are cut in the middle of what belongs together.
const ROWS: i64 = 7;
const PORTION: i64 = 3;

struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> Timestamp {
        NOW
    }
}

/// A store in a folder, and an empty database.
struct Case {
    _folder: tempfile::TempDir,
    options: StoreOptions,
    server: Arc<Server>,
    who: Actor,
}

impl Case {
    /// `None` where there is no server.
    fn new() -> Option<Self> {
        Self::made_at(NOW)
    }

    fn made_at(now: Timestamp) -> Option<Self> {
        let server = Server::of_test()?;
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        let options = StoreOptions { folder: data, home: Home::Embedded, max_bytes: None, keys: folder.path().join("keys") };
        drop(Store::open(&options, now).expect("opens"));
        let case = Self { _folder: folder, options, server, who: Actor::account("drift", None) };
        fill(&case.source().db());
        Some(case)
    }

    fn source(&self) -> Connection {
        let place = Place::of(&self.options.folder, &Home::Embedded);
        place.beside(|_| Ok(())).expect("opens").expect("it is there")
    }

    fn target(&self) -> Connection {
        Place::Server(Arc::clone(&self.server)).reader().expect("connects")
    }

    fn moves(&self, told: &mut dyn FnMut(Step) -> Result<(), Fault>) -> Result<Ended, Fault> {
        Move::new(&self.options, &self.server, &self.who).in_portions_of(PORTION).run(&Fixed, told)
    }

    /// Why nobody may work on each of the two; nothing where somebody may.
    fn refusals(&self) -> [Option<String>; 2] {
        let there = |db: &Db<'_>| match db.table_names()?.is_empty() {
            true => Err(Fault::lasting("nothing is there")),
            false => may_be_used(db),
        };
        let [here, on_server] = [Place::of(&self.options.folder, &Home::Embedded), Place::Server(Arc::clone(&self.server))];
        let refusals = [here.beside(may_be_used).err(), on_server.writer(None, there).err()];
        refusals.map(|fault| fault.map(|fault| fault.inner().to_owned()))
    }
}

/// Rows of every kind, with everything that a column can hold, and with nothing in what may hold nothing.
fn fill(db: &Db<'_>) {
    let run = |sql: &str, given: &[crate::store::db::Value<'_>]| db.execute(sql, given).expect("a row");
    for month in ["2025-12", "2026-01"] {
        months::make(db, month.parse::<Month>().expect("a month")).expect("tables");
    }
    let transaction = db.transaction().expect("begins");
    for n in 1..=ROWS {
        let message = "INSERT INTO message (id, tracking, received_at, partner, via, size_bytes, state, turned_away, duplicate_of, kind)
                       VALUES (?1, ?2, ?1, 'æ', 'http', 0, 'refused', ?3, ?4, ?5)";
        let (turned_away, of) = if n == ROWS { (Some("msgid-reused"), Some(20i64)) } else { (None, None) };
        let kind = ["", "plo 1.6", "\u{10ffff}'\\,\n\t", "NULL", "\\N", "ø", "z"][(n - 1) as usize];
        run(message, values![n * 10, format!("TRACK{n:05}"), turned_away, of, kind]);
    }
    for n in 1..=ROWS {
        run("INSERT INTO content_202512 VALUES (?1, ?2, NULL)", values![n * 10, &[0, 255, b'\\', n as u8][..]]);
        run("INSERT INTO patient VALUES (?1, ?2)", values![&[n as u8 ^ 0x80; 16][..], n]);
        run("INSERT INTO finding (message_id, position, rule, consequence) VALUES (?1, ?2, 'R', 'warn')", values![70i64, n]);
        run(
            "INSERT INTO secret VALUES (?1, NULL, 1, ?2)",
            values![["a", "B", "æ", "_", "Å", "a b", "aa"][n as usize - 1], n],
        );
        let delivery =
            "INSERT INTO delivery (id, message_id, purpose, partner, receiver_level, role, msg_id, type_code, route, line,
                                              state, queued_at, answered_by)
                        VALUES (?1, 70, 'message', 'b', 'service', 'copy', 'm', 't', 'r', 'l', 'dead', -1, 10)";
        run(delivery, values![n]);
        run("INSERT INTO attempt (delivery_id, number, started_at) VALUES (?1, 1, ?2)", values![n, i64::MIN]);
        Happened::to(MessageId(n * 10), NOW, What::Routed, "over there").add(db).expect("a line");
    }
    run("INSERT INTO pause (partner, since, reason, who, line) VALUES ('b', 1, 'down', 'drift', 1)", &[]);
    run("INSERT INTO parcel_202601 VALUES (?1, ?2)", values![1i64, &vec![7; 300_000][..]]);
    transaction.commit().expect("lasts");
}

#[test]
fn both_homes_have_the_same_tables_with_the_same_columns_and_keys() {
    let Some(server) = Server::of_test() else { return };
    let theirs = Place::Server(server).writer(None, |db| migrate(db, MIGRATIONS, NOW)).expect("migrates");
    let ours = Connection::in_memory();
    migrate(&ours.db(), MIGRATIONS, NOW).expect("migrates");
    // Of releases before migration 7; it is gone once what is in it was sealed.
    ours.db().batch("DROP TABLE content").expect("dropped");
    plan::make_months(&ours.db(), &theirs.db()).expect("none");
    let tables = |db: &Db<'_>| db.tables().expect("reads");
    let (ours, theirs) = (tables(&ours.db()), tables(&theirs.db()));
    assert_eq!(plan::difference(&ours, &theirs), None);
    for (one, other) in ours.iter().zip(&theirs) {
        assert!(!one.key.is_empty(), "{} has a key", one.name);
        assert_eq!(one.refers_to, other.refers_to, "{}", one.name);
    }
    let mut without = theirs.clone();
    without.retain(|table| table.name != "finding");
    assert!(plan::difference(&ours, &without).is_some_and(|said| said.contains("finding")));
    let mut other = theirs;
    other[1].columns.pop();
    assert!(plan::difference(&ours, &other).is_some_and(|said| said.contains(&other[1].name)));
}

#[test]
fn a_move_that_ends_at_any_step_goes_on_and_never_are_there_two_stores_to_work_on() {
    let Some(case) = Case::new() else { return };
    let mut died_at: Vec<Step> = Vec::new();
    loop {
        let mut first = None;
        let ended = case.moves(&mut |step| {
            first.get_or_insert(step.clone());
            if died_at.contains(&step) {
                return Ok(());
            }
            died_at.push(step);
            Err(Fault::passing("killed"))
        });
        let last = died_at.last();
        let [here, there] = case.refusals();
        let told = format!("{last:?}: here {here:?}, there {there:?}");
        match last {
            Some(Step::Done) => assert!(here.is_some() && there.is_none(), "{told}"),
            Some(Step::Marked) => assert!(here.is_some() && there.is_some(), "{told}"),
            _ => assert!(here.is_none() && there.is_some_and(|why| why.contains("is moving into")), "{told}"),
        }
        assert_eq!(
            first.is_some_and(|first| first != Step::Begun { goes_on: true }),
            died_at.len() == 1,
            "what came is kept"
        );
        if let Ok(ended) = ended {
            assert!(matches!(ended, Ended::Before { .. }), "{ended:?}");
            break;
        }
    }
    let of = |name: &str| died_at.iter().filter(|step| matches!(step, Step::Copied { table, .. } if table == name)).count();
    assert_eq!((of("message"), of("finding"), of("content_202601")), (3, 3, 1), "in portions of {PORTION}");
    assert_eq!(died_at.last(), Some(&Step::Done));
    let made: Vec<_> =
        died_at.iter().filter_map(|step| if let Step::Indexed { index, .. } = step { Some(index) } else { None }).collect();
    let place = Place::Server(Server::of_test().expect("there was one"));
    let fresh = place.writer(None, |db| migrate(db, MIGRATIONS, NOW)).expect("migrates");
    let indexes = |db: &Db<'_>| -> Vec<(String, String)> {
        let schema =
            db.one("SELECT current_schema()::text", &[], |row| row.get::<String>(0)).expect("reads").expect("a schema");
        let all = db.indexes().expect("reads").into_iter();
        all.map(|(name, made_by)| (name, made_by.replace(&format!("{schema}."), ""))).collect()
    };
    let of_a_new_store = indexes(&fresh.db());
    assert_eq!(made, of_a_new_store.iter().map(|(name, _)| name).collect::<Vec<_>>(), "each is made once");
    assert_eq!(indexes(&case.target().db()), of_a_new_store);
    assert!(!case.target().db().has_table("index_aside").expect("reads"));
}

#[test]
fn ids_go_on_behind_the_last_row() {
    let Some(case) = Case::new() else { return };
    case.moves(&mut |_| Ok(())).expect("it moves");
    let target = Place::Server(Arc::clone(&case.server)).writer(None, |_| Ok(())).expect("connects");
    let message = "INSERT INTO message (tracking, received_at, partner, via, size_bytes, state)
                   VALUES ('TRACK99999', 1, 'a', 'http', 2, 'held') RETURNING id";
    assert_eq!(target.db().insert(message, &[]).expect("a row"), ROWS * 10 + 1);
    let delivery =
        "INSERT INTO delivery (message_id, purpose, partner, receiver_level, role, msg_id, type_code, route, line, state,
                                          queued_at)
                    VALUES (70, 'message', 'b', 'service', 'copy', 'm', 't', 'r', 'l', 'dead', 1) RETURNING id";
    assert_eq!(target.db().insert(delivery, &[]).expect("a row"), ROWS + 1);
    let last = "SELECT what, who FROM history ORDER BY id DESC LIMIT 1";
    let last = target.db().one(last, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)));
    assert_eq!(last.expect("reads"), Some(("moved".into(), "account drift".into())));
}

#[test]
fn whatever_is_changed_on_its_way_is_found_and_the_next_run_begins_anew() {
    const DEEDS: [(&str, &str); 8] = [
        ("message", "UPDATE message SET repeats = 1 WHERE id = 30"),
        ("delivery", "UPDATE delivery SET state = 'delivered' WHERE id = 3"),
        ("attempt", "DELETE FROM attempt WHERE delivery_id = 4"),
        ("content_202512", "UPDATE content_202512 SET came_as = '' WHERE message_id = 10"),
        ("parcel_202601", "UPDATE parcel_202601 SET bytes = set_byte(bytes, 200000, 8)"),
        ("patient", "UPDATE patient SET message_id = 1000 WHERE message_id = 2"),
        ("history", "ALTER TABLE history DISABLE TRIGGER USER; UPDATE history SET why = 'else' WHERE id = 5"),
        ("seal", "INSERT INTO seal VALUES (1, 5, '', '')"),
    ];
    let Some(case) = Case::new() else { return };
    for (table, deed) in DEEDS {
        let mut done = false;
        let fault = case.moves(&mut |step| {
            if matches!(&step, Step::Copied { table, rows: ROWS, .. } if table == "attempt") && !done {
                done = true;
                let place = Place::Server(Arc::clone(&case.server));
                let target = place.beside(|_| Ok(())).expect("connects").expect("it is there");
                target.db().batch(deed).expect("whoever has the database can do it");
            }
            Ok(())
        });
        let fault = fault.expect_err(deed);
        assert!(
            fault.inner().starts_with(&format!("the table {table} did not come as it is here")),
            "{deed}: {}",
            fault.inner()
        );
        assert!(matches!(case.refusals(), [None, Some(_)]), "{deed}");
    }
    let mut first = None;
    case.moves(&mut |step| {
        first.get_or_insert(step);
        Ok(())
    })
    .expect("it moves");
    assert_eq!(first, Some(Step::Begun { goes_on: false }));
}

#[test]
fn a_store_that_was_worked_on_between_two_runs_is_copied_anew() {
    let Some(case) = Case::new() else { return };
    let half = |step| {
        if matches!(&step, Step::Copied { table, .. } if table == "history") {
            Err(Fault::passing("killed"))
        } else {
            Ok(())
        }
    };
    case.moves(&mut { half }).expect_err("killed");
    Happened::to(MessageId(10), NOW, What::Held, "later").add(&case.source().db()).expect("a line");
    let mut first = None;
    let ended = case.moves(&mut |step| {
        first.get_or_insert(step);
        Ok(())
    });
    assert!(matches!(ended, Ok(Ended::Moved { .. })), "{:?}", ended.err());
    assert_eq!(first, Some(Step::Begun { goes_on: false }));
}

#[test]
fn nobody_writes_to_the_store_while_it_moves() {
    let Some(case) = Case::new() else { return };
    let mut tried = false;
    case.moves(&mut |step| {
        if let Step::Begun { .. } = step {
            tried = true;
            let written = case.source().db().batch("PRAGMA busy_timeout = 0; UPDATE message SET repeats = 9 WHERE id = 10");
            assert!(written.is_err(), "somebody else has it");
            let second = Store::open(&case.options, NOW).err().expect("refused");
            assert!(second.inner().contains("its store is being moved"), "{}", second.inner());
        }
        Ok(())
    })
    .expect("it moves");
    assert!(tried);
}

#[test]
fn what_cannot_be_moved_stays_where_it_is_with_a_reason() {
    let refused = |case: &Case, words: &str| {
        let fault = case.moves(&mut |_| Ok(())).err().unwrap_or_else(|| panic!("{words}: it is moved"));
        assert!(fault.inner().contains(words), "{words}: {}", fault.inner());
    };
    let Some(case) = Case::new() else { return };
    let place = Place::Server(Arc::clone(&case.server));
    let there = place.writer(None, |db| db.batch("CREATE TABLE invoices (n bigint)")).expect("connects");
    refused(&case, "or a store is moving into it");
    drop(there);
    refused(&case, "is not empty");
    there_is_none_of(&case, "invoices");
    let keys = std::fs::read(&case.options.keys).expect("the keys");
    std::fs::remove_file(&case.options.keys).expect("removed");
    refused(&case, "is not there. Put back the copy");
    crate::vault::KeyFile::create(&case.options.keys).expect("another");
    refused(&case, "cannot be used");
    std::fs::write(&case.options.keys, keys).expect("put back");
    case.source()
        .db()
        .batch("UPDATE migration SET number = number + 1 WHERE number = (SELECT max(number) FROM migration)")
        .expect("changed");
    refused(&case, "of a newer release");
    case.source().db().batch("DELETE FROM migration WHERE number = (SELECT max(number) FROM migration)").expect("changed");
    refused(&case, "of an older release");
    case.source()
        .db()
        .batch("INSERT INTO migration SELECT max(number) + 1, 'the last', 1, 8 FROM migration; CREATE TABLE extra (id INTEGER PRIMARY KEY)")
        .expect("changed");
    refused(&case, "the table extra has no place");
    case.source().db().batch("DROP TABLE extra").expect("changed");
    let gateway = Store::open(&case.options, NOW).expect("opens");
    refused(&case, "another gateway is using this data folder");
    drop(gateway);
    case.source()
        .db()
        .batch("DROP TRIGGER history_is_not_changed; UPDATE history SET why = 'else' WHERE id = 4")
        .expect("changed");
    refused(&case, "is not what was written");
    case.source().db().batch("UPDATE history SET why = 'over there' WHERE id = 4").expect("changed back");
    case.source().db().batch("UPDATE message SET kind = 'Fjord' || char(0) WHERE id = 10").expect("changed");
    refused(
        &case,
        "the table message could not be copied: invalid byte sequence for encoding \"UTF8\": 0x00 (SQLSTATE 22021)",
    );
    case.source().db().batch("UPDATE message SET kind = '' WHERE id = 10").expect("changed back");
    let Some(other) = Case::made_at(Timestamp::from_millis(1)) else { return };
    let other = Case { server: Arc::clone(&case.server), ..other };
    refused(&other, "another store is moving into");
    case.moves(&mut |_| Ok(())).expect("it moves in the end");
    refused(&other, "is not empty");
    let elsewhere = Case { server: Server::of_test().expect("a server"), ..case };
    refused(&elsewhere, "is moved once only");
}

fn there_is_none_of(case: &Case, table: &str) {
    let place = Place::Server(Arc::clone(&case.server));
    let drop = |db: &Db<'_>| db.batch(&format!("DROP TABLE {table}"));
    place.writer(None, drop).expect("dropped");
}

#[test]
fn a_gateway_does_not_begin_with_an_empty_database_beside_a_store_that_has_not_moved() {
    let Some(case) = Case::new() else { return };
    let on_server = StoreOptions { home: Home::Postgres(Arc::clone(&case.server)), ..case.options.clone() };
    let refusal = Store::open(&on_server, NOW).err().expect("refused");
    assert!(refusal.inner().contains("there is a store in"), "{}", refusal.inner());
    assert!(Path::new(&case.options.folder).join("bindeledd.db").is_file());
    case.moves(&mut |_| Ok(())).expect("it moves");
    drop(Store::open(&on_server, NOW).expect("now it does"));
    let refusal = Store::open(&case.options, NOW).err().expect("refused");
    assert!(refusal.inner().contains("was moved to the database"), "{}", refusal.inner());
    assert!(case.target().db().has_table("history").expect("reads"));
}
