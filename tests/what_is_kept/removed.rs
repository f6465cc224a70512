//! What the history says was removed: proofs, and that nothing is missing without it.

use super::auditor::Auditor;
use super::shipped::block_on;
use super::shipped::disk::postgres;
use super::town::{Town, who};
use bindeledd::domain::Digest;
use bindeledd::proof::{Growing, extract, leaf, link};
use bindeledd::store::{Broken, Noted, Question, Wanted};
use serde_json::Value;
use std::collections::BTreeMap;

fn everything() -> Question {
    Question { wanted: Wanted::All, since: None, until: None, purpose: "revision".into(), who: who() }
}

#[test]
fn a_log_whose_first_lines_went_is_whole_for_us_and_for_others_and_a_noted_head_still_stands() {
    let town = Town::new();
    let noted = block_on(town.store().newest_head()).expect("read").expect("sealed");
    town.prune(town.retention());
    let verified = block_on(town.store().verify_history(Some(Noted::Signed(Box::new(noted.clone()))))).expect("read");
    assert_eq!(verified.broken, None);
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("extract");
    let manifest = block_on(town.store().export(everything(), &place, Some(&noted), town.shipped.now())).expect("written");
    assert!(manifest.whole, "what is missing is said to be");
    let judged = extract::verify(&place, Some(manifest.key), std::slice::from_ref(&noted)).expect("read");
    assert!(judged.broken.is_none(), "{:?}", judged.broken.map(|broken| broken.to_string()));
    let spans: Vec<(i64, i64)> = judged.removed.iter().map(|(first, last)| (*first as i64, *last as i64)).collect();
    assert_eq!(spans, verified.removed);
    let Some(auditor) = Auditor::new() else { return };
    let words = vec!["verify".into(), place.display().to_string(), "--key".into(), manifest.key.to_string()];
    for (code, said) in auditor.judge([words.as_slice()]) {
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("were removed when their time was over"), "{said}");
    }
}

#[test]
fn each_removal_of_messages_is_proven_by_the_lines_that_told_of_them() {
    let town = Town::new();
    let lines = block_on(town.store().look_up(everything(), town.shipped.now())).expect("answered").lines;
    let mut arrived = BTreeMap::new();
    for line in lines.iter().filter(|line| matches!(line.what.as_str(), "received" | "turned-away")) {
        let (Some((message, _)), Some(facts)) = (line.message, &line.facts) else { continue };
        let text = format!(r#"{{"message":{},"tracking":{},"digest":{}}}"#, message.0, facts["tracking"], facts["digest"]);
        arrived.insert(message.0, (line.at, text));
    }
    town.prune(town.retention());
    let said = town.shipped.disk.texts("SELECT facts FROM history WHERE what = 'removed' ORDER BY id");
    let mut checked = Vec::new();
    for facts in said.iter().map(|facts| serde_json::from_str::<Value>(facts).expect("JSON")) {
        if facts["removed"] == "history" {
            continue;
        }
        let mut tree = Growing::default();
        let month = facts["month"].as_str().expect("a month");
        for (_, text) in arrived.values().filter(|(at, _)| at.to_string().starts_with(month)) {
            tree.add(leaf(text.as_bytes()));
        }
        assert_eq!(facts["root"].as_str(), Some(tree.root().to_string().as_str()), "{facts}");
        assert_eq!(facts["messages"].as_u64(), Some(tree.size()));
        checked.push(facts["removed"].as_str().expect("a class").to_owned());
    }
    assert!(checked.contains(&"content".to_owned()) && checked.contains(&"metadata".to_owned()), "{checked:?}");
}

/// What somebody does who can write to the database.
fn deed(town: &Town, sql: &str) {
    let on = if postgres::is_wanted() { " ON history" } else { "" };
    let free = ["changed", "removed"].map(|word| format!("DROP TRIGGER IF EXISTS history_is_not_{word}{on};"));
    town.write(&format!("{}{sql}", free.concat()));
}

#[test]
fn lines_that_are_missing_without_a_signed_word_of_it_are_found_at_their_place() {
    let seal = |town: &Town, number: i64| {
        let first = town.number(&format!("SELECT coalesce(max(last), 0) + 1 FROM seal WHERE number < {number}"));
        (first, town.number(&format!("SELECT last FROM seal WHERE number = {number}")))
    };
    let broken = |town: &Town| block_on(town.store().verify_history(None)).expect("read").broken;
    for prune in [false, true] {
        for number in [1, 3, 20] {
            let town = Town::new();
            if prune {
                town.prune(town.retention());
            }
            let (first, last) = seal(&town, number);
            let there = town.number(&format!("SELECT count(*) FROM history WHERE id BETWEEN {first} AND {last}")) > 0;
            deed(&town, &format!("DELETE FROM history WHERE id BETWEEN {first} AND {last}"));
            let next = town.number(&format!("SELECT min(id) FROM history WHERE id > {last}"));
            let expected = there.then_some(Broken::Missing(next));
            assert_eq!(broken(&town), expected, "seal {number}, lines {first} to {last}, pruned: {prune}");
            if there {
                // A line that fits the chain, and that the log has not signed, says nothing; also when a seal is over it.
                forge(&town, number, (first, last));
                assert_eq!(broken(&town), expected);
                block_on(town.store().seal(town.shipped.now())).expect("sealed");
                assert_eq!(broken(&town), expected);
            }
        }
    }
}

/// Adds a line to the chain that says that lines were removed, as somebody can who has the database and not the key.
fn forge(town: &Town, seal: i64, (first, last): (i64, i64)) {
    let text = &town.shipped.disk.texts(&format!("SELECT text FROM seal WHERE number = {seal}"))[0];
    let (mut tree, signature) = (Growing::default(), "0".repeat(128));
    tree.add(leaf(text.as_bytes()));
    let gap = format!(r#"{{"seals":[{seal},{seal}],"lines":[{first},{last}],"root":"{}"}}"#, tree.root());
    let facts = format!(r#"{{"removed":"history","lines":1,"gaps":[{gap}],"signature":"{signature}"}}"#);
    let number = town.number("SELECT max(id) FROM history") + 1;
    let line =
        format!(r#"{{"number":{number},"message":null,"delivery":null,"at":5,"what":"removed","why":"x","facts":{facts}}}"#);
    let hex = if postgres::is_wanted() { "encode(link, 'hex')" } else { "lower(hex(link))" };
    let before = &town.shipped.disk.texts(&format!("SELECT {hex} FROM history WHERE id = {number} - 1"))[0];
    let link = link(before.parse::<Digest>().expect("a link"), leaf(line.as_bytes()));
    let link = town.shipped.disk.literal(&link.0);
    deed(
        town,
        &format!(
            "INSERT INTO history (id, at, what, why, facts, link) VALUES ({number}, 5, 'removed', 'x', '{facts}', {link})"
        ),
    );
}

#[test]
fn a_removal_that_is_changed_or_taken_away_explains_nothing() {
    let changes: [(&str, bool); 5] = [
        ("UPDATE history SET facts = replace(facts, '\"history\"', '\"content\"') WHERE what = 'removed'", true),
        ("UPDATE history SET facts = replace(facts, '\"signature\":\"', '\"signature\":\"0') WHERE what = 'removed'", true),
        ("UPDATE history SET facts = replace(facts, '\"root\":\"', '\"root\":\"0') WHERE what = 'removed'", true),
        ("UPDATE history SET message_id = 1 WHERE what = 'removed'", true),
        ("UPDATE history SET why = 'x' WHERE what = 'removed'", false),
    ];
    for (change, is_missing) in changes {
        let town = Town::new();
        town.prune(town.retention());
        let before = block_on(town.store().verify_history(None)).expect("read");
        deed(&town, change);
        let broken = block_on(town.store().verify_history(None)).expect("read").broken;
        let (first, last) = before.removed[0];
        assert_eq!(first, 1);
        match is_missing {
            true => assert_eq!(broken, Some(Broken::Missing(last + 1)), "{change}"),
            false => assert!(matches!(broken, Some(Broken::Changed(_))), "{change}: {broken:?}"),
        }
    }
}

#[test]
fn what_is_not_what_was_sealed_is_not_removed() {
    let town = Town::new();
    deed(&town, "UPDATE history SET why = 'nothing happened' WHERE id = 3");
    let removing = super::town::removing(town.retention().first_kept(town.shipped.now()));
    let refused = block_on(town.store().prune(&removing, town.shipped.now())).expect_err("refused");
    assert!(refused.inner().contains("log verify"), "{}", refused.inner());
    assert_eq!(town.number("SELECT count(*) FROM emptied"), 0);
}

#[test]
fn the_history_itself_refuses_to_lose_lines_of_which_nothing_was_said() {
    let town = Town::new();
    town.prune(town.retention());
    if postgres::is_wanted() {
        return;
    }
    let disk = town.shipped.disk.lock().expect("lock");
    let delete = |id: i64| disk.execute("DELETE FROM history WHERE id = ?1", [id]);
    let kept: i64 = disk.query_row("SELECT min(id) FROM history", [], |row| row.get(0)).expect("a line");
    assert!(delete(kept).is_err());
    for table in ["emptied", "seal"] {
        assert!(disk.execute(&format!("DELETE FROM {table}"), []).is_err(), "{table}");
    }
}

#[test]
fn a_line_that_somebody_noted_and_that_was_removed_is_said_to_be() {
    let town = Town::new();
    let hex = if postgres::is_wanted() { "encode(link, 'hex')" } else { "lower(hex(link))" };
    let heads =
        town.shipped.disk.texts(&format!("SELECT CAST(id AS text) || ':' || {hex} FROM history WHERE id < 30 ORDER BY id"));
    let parts =
        |head: &String| head.split_once(':').map(|(number, link)| (number.parse().expect("a number"), link.to_owned()));
    let heads: Vec<(i64, String)> = heads.iter().filter_map(parts).collect();
    let noted = |number: i64, link: &str| Noted::Line(format!("{number}:{link}").parse().expect("a head"));
    town.prune(town.retention());
    let removed = block_on(town.store().verify_history(None)).expect("read").removed;
    let ends = town.shipped.disk.texts("SELECT CAST(last AS text) FROM emptied");
    let mut gone = 0;
    for (number, link) in heads {
        let verified = block_on(town.store().verify_history(Some(noted(number, &link)))).expect("read");
        let is_removed = removed.iter().any(|(first, last)| (*first..=*last).contains(&number));
        let is_end = ends.contains(&number.to_string());
        assert_eq!((verified.broken, verified.noted_is_gone), (None, is_removed && !is_end), "line {number}");
        gone += i64::from(verified.noted_is_gone);
        let other = block_on(town.store().verify_history(Some(noted(number, &"0".repeat(64))))).expect("read");
        assert_eq!(other.broken.is_some(), !is_removed || is_end, "line {number} with another link");
    }
    assert!(gone > 5, "{gone} lines that were noted are gone");
}
