//! The promise: what becomes of every fixture is written down and was read by a person. Verdict, findings, parcels with the
//! AppRecs that we write, history and rows, in `tests/snapshots/fixtures/`, one file each.

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/private_words.rs"]
mod private_words;
#[path = "support/shipped.rs"]
mod shipped;
#[path = "support/content.rs"]
mod content;

use bindeledd::domain::DeliveryId;
use bindeledd::fhir;
use bindeledd::store::Part;
use bindeledd::translation::forms::is_bundle;
use bindeledd::transports::{Reception, WhyTurnedAway};
use content::content;
use fixtures::{Fixture, all};
use rusqlite::types::Value;
use shipped::Shipped;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

const FOLDER: &str = "snapshots/fixtures";

#[test]
fn every_fixture_has_its_outcome() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(FOLDER);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for fixture in all() {
            insta::assert_snapshot!(name(&fixture), story(&fixture));
        }
    });
}

#[test]
fn every_outcome_belongs_to_a_fixture_and_holds_nothing_of_a_person() {
    let names: BTreeSet<String> = all().iter().map(|fixture| format!("{}.snap", name(fixture))).collect();
    let words = private_words::private_words();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(FOLDER);
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the outcomes") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("reads");
        assert_eq!(private_words::found_in(&without_professionals(&text), &words), [""; 0], "in {}", path.display());
        seen.insert(path.file_name().expect("a name").to_string_lossy().into_owned());
    }
    assert_eq!(seen, names);
}

/// Name and numbers of a professional who is a communication party belong into the AppRec for her or from her (rule R-109).
fn without_professionals(text: &str) -> String {
    let parts = text.split("<HCPerson>").map(|part| part.split_once("</HCPerson>").map_or(part, |(_, rest)| rest));
    parts.collect()
}

fn name(fixture: &Fixture) -> String {
    fixture.path.trim_end_matches(".xml").replace('/', "__")
}

/// What becomes of a fixture: at the door, and when everything has been handed over.
fn story(fixture: &Fixture) -> String {
    let is_apprec = fixture.path.starts_with("apprec/");
    let shipped = if is_apprec { Shipped::where_receivers_answer() } else { Shipped::new() };
    let (partner, reception) = shipped.bring(fixture);
    let answer = match reception.expect("no fault") {
        Reception::Receipt(receipt) => format!("a receipt: {}", receipt.state.as_str()),
        Reception::TurnedAway(turned_away) => match turned_away.why {
            WhyTurnedAway::Unreadable => "turned away: unreadable".into(),
            WhyTurnedAway::ForeignSender => "turned away: foreign sender".into(),
            WhyTurnedAway::NotFitToSend => "turned away: not fit to send".into(),
            WhyTurnedAway::MsgIdReused { .. } => "turned away: MsgId reused".into(),
        },
    };
    let message = last_message(&shipped);
    let (rules, state) = shipped.verdict();
    let verdict = if rules.is_empty() { state } else { format!("{state} ({})", rules.join(", ")) };
    let before = what_is_stored(&shipped, message);
    let got = shipped.deliver();
    let mut story = format!(
        "{} comes from {partner} at {}\nanswer: {answer}\nverdict: {verdict}\n{before}",
        fixture.path,
        shipped.now()
    );
    if !got.is_empty() {
        story += "\n=== handed over ===\n";
        for (partner, text) in &got {
            let is_the_message = *text == String::from_utf8_lossy(&fixture.bytes);
            let what = match is_the_message {
                true => "the message, byte for byte",
                false if is_bundle(text.as_bytes()) => "a Bundle",
                false => "an AppRec of ours",
            };
            let _ = writeln!(story, "{partner} got {what}");
        }
        story += &what_is_new(&before, &what_is_stored(&shipped, message));
    }
    story.replace(&format!("<SoftwareVersion>{}<", env!("CARGO_PKG_VERSION")), "<SoftwareVersion>(this version)<")
}

fn what_is_stored(shipped: &Shipped, message: i64) -> String {
    tables(shipped, message) + &own_contents(shipped, message)
}

/// Only the parts that were not there before, and of tables only the lines.
fn what_is_new(before: &str, after: &str) -> String {
    let parts: BTreeSet<&str> = before.split("\n\n").map(str::trim).collect();
    let lines: BTreeSet<&str> = before.lines().collect();
    let new_lines = |part: &str| {
        let (title, rest) = part.split_once('\n')?;
        let is_table = !title.starts_with("content");
        let kept: Vec<&str> = rest.lines().filter(|line| !is_table || !lines.contains(line)).collect();
        (!kept.is_empty()).then(|| format!("\n{title}\n{}\n", kept.join("\n")))
    };
    after.split("\n\n").map(str::trim).filter(|part| !parts.contains(part)).filter_map(new_lines).collect()
}

fn last_message(shipped: &Shipped) -> i64 {
    let disk = shipped.disk.lock().expect("lock");
    disk.query_row("SELECT max(id) FROM message", [], |row| row.get(0)).expect("a message")
}

/// The rows of one message, and of what it answers.
fn tables(shipped: &Shipped, message: i64) -> String {
    let sections = [
        ("message", "SELECT * FROM message WHERE id = ?1"),
        ("findings", "SELECT * FROM finding WHERE message_id = ?1 ORDER BY position"),
        (
            "deliveries",
            "SELECT id, purpose, partner, receiver_organisation, receiver_party, receiver_level, role, msg_id, type_code, route, line,
               state, queued_at, due_at, attempts, failures, apprec_due, answered_by,
               CASE WHEN own_month IS NULL THEN 'as received' ELSE 'written by us' END AS content
             FROM delivery WHERE message_id = ?1 ORDER BY id",
        ),
        (
            "answers",
            "SELECT id, partner, role, state, attempts FROM delivery WHERE answered_by = ?1 AND message_id <> ?1 ORDER BY id",
        ),
        ("history", "SELECT delivery_id, what, why, facts FROM history WHERE message_id = ?1 ORDER BY id"),
    ];
    let disk = shipped.disk.lock().expect("lock");
    sections.iter().map(|(title, sql)| section(&disk, title, sql, message)).collect()
}

fn section(disk: &rusqlite::Connection, title: &str, sql: &str, message: i64) -> String {
    let mut select = disk.prepare(sql).expect("good SQL");
    let columns: Vec<String> = select.column_names().map(str::to_string).collect();
    let mut rows = select.query([message]).expect("runs");
    let mut text = String::new();
    while let Some(row) = rows.next().expect("reads") {
        let shown = |(at, column): (usize, &String)| show(column, row.get(at).expect("a value"));
        let line: Vec<String> = columns.iter().enumerate().filter_map(shown).collect();
        let _ = writeln!(text, "  {}", line.join(", "));
    }
    if text.is_empty() { String::new() } else { format!("\n{title}\n{text}") }
}

/// A column as it is shown; what is empty and what says the same for all is left out.
fn show(column: &str, value: Value) -> Option<String> {
    if matches!(column, "message_id" | "msg_key" | "size_bytes" | "via" | "digest" | "came_as_digest") {
        return None;
    }
    match value {
        Value::Null => None,
        Value::Integer(millis) if millis > 1_000_000_000_000 => {
            Some(format!("{column} {}", bindeledd::domain::Timestamp::from_millis(millis)))
        }
        Value::Integer(number) => Some(format!("{column} {number}")),
        Value::Text(text) => Some(format!("{column} '{}'", without_digests(&text))),
        Value::Real(_) | Value::Blob(_) => panic!("{column} holds something else"),
    }
}

/// The bytes themselves are shown; their digests would only change with them.
fn without_digests(text: &str) -> String {
    let mut parts = text.split("digest\":\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "digest\":\"…" + part.get(64..).unwrap_or_default())
}

/// The AppRecs that we wrote because of a message, a line for each element.
fn own_contents(shipped: &Shipped, message: i64) -> String {
    let ids: Vec<i64> = {
        let disk = shipped.disk.lock().expect("lock");
        let sql = "SELECT id FROM delivery WHERE message_id = ?1 AND own_month IS NOT NULL ORDER BY id";
        let mut select = disk.prepare(sql).expect("good SQL");
        select.query_map([message], |row| row.get(0)).and_then(Iterator::collect).expect("reads")
    };
    let told = |id: i64| {
        let bytes = content(shipped, message, Part::Delivery(DeliveryId(id)));
        let text = if is_bundle(&bytes) { kinds(&bytes) } else { String::from_utf8(bytes).expect("UTF-8") };
        format!("\ncontent of delivery {id}\n  {text}\n")
    };
    ids.into_iter().map(told).collect()
}

/// What is in a Bundle, without what it says: that is about persons.
fn kinds(bundle: &[u8]) -> String {
    let bundle = fhir::read(bundle, &fhir::Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
    let entries = bundle.get("entry").map_or(&[][..], fhir::Json::items);
    let kinds: Vec<&str> = entries.iter().filter_map(|entry| entry.get("resource")?.resource_type()).collect();
    format!("a Bundle: {}", kinds.join(", "))
}
