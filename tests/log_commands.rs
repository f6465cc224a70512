//! What the commands about the log and its keys say, on the log of a demo that was kept.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindeledd"));
    command.args(["--config", "config"]).args(words).current_dir(folder);
    command.output().expect("it runs")
}

fn json(folder: &Path, words: &[&str]) -> (Option<i32>, Value) {
    let ran = run(folder, &[&["--format", "json"], words].concat());
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    let troubles = String::from_utf8_lossy(&ran.stderr).into_owned();
    let value = serde_json::from_str(&said).or_else(|_| serde_json::from_str(&troubles));
    (ran.status.code(), value.unwrap_or_else(|_| panic!("{words:?}: no JSON: {said}{troubles}")))
}

fn messages(folder: &Path, filter: &[&str]) -> Vec<Value> {
    let (code, said) = json(folder, &[&["messages", "list", "--limit", "1000"], filter].concat());
    assert_eq!(code, Some(0), "{filter:?}: {said}");
    said["messages"].as_array().expect("a list").clone()
}

#[test]
fn the_log_is_searched_looked_into_and_kept_by_commands() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = Command::new(env!("CARGO_BIN_EXE_bindeledd"))
        .args(["demo", "--once", "--fast", "--keep", "."])
        .current_dir(folder.path())
        .output()
        .expect("it runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    searches(folder.path());
    content(folder.path());
    keys(folder.path());
    months(folder.path());
    holds(folder.path());
    let (code, said) = json(folder.path(), &["log", "verify"]);
    assert_eq!((code, &said["good"]), (Some(0), &Value::Bool(true)), "{said}");
}

/// Each criterion finds what a look at the whole list finds.
fn searches(folder: &Path) {
    let all = messages(folder, &[]);
    assert!(all.len() > 10);
    let with = |test: &dyn Fn(&Value) -> bool| all.iter().filter(|message| test(message)).cloned().collect::<Vec<_>>();
    let kind = "LOG_UTSKRIVNINGSKLAR";
    let of_kind = with(&|message| message["type"] == kind);
    assert!(!of_kind.is_empty() && of_kind.len() < all.len());
    assert_eq!(messages(folder, &["--type", kind]), of_kind);
    for her_id in ["9000300", "9000302"] {
        let from = with(&|message| message["from"].as_str().is_some_and(|from| from.split('/').any(|part| part == her_id)));
        assert!(!from.is_empty(), "{her_id}");
        assert_eq!(messages(folder, &["--sender", her_id]), from);
        let to = with(&|message| message["to"].as_str().is_some_and(|to| to.split('/').any(|part| part == her_id)));
        assert_eq!(messages(folder, &["--receiver", her_id]), to);
    }
    let one = &all[all.len() / 2];
    let id = one["msg_id"].as_str().expect("an id");
    assert_eq!(messages(folder, &["--msg-id", id]), std::slice::from_ref(one));
    assert!(messages(folder, &["--conversation", id]).contains(one));
    assert_eq!(messages(folder, &["--since", "2020-01-01"]), all);
    assert_eq!(messages(folder, &["--until", "2020-01-01"]), [] as [Value; 0]);
    let refused = messages(folder, &["--state", "refused"]);
    let tracking = refused[0]["tracking"].as_str().expect("a tracking id");
    let (_, shown) = json(folder, &["messages", "show", tracking]);
    let rule = shown["findings"][0]["rule"].as_str().expect("a rule");
    assert!(messages(folder, &["--rule", rule]).iter().any(|message| message["tracking"] == tracking));
    let both = messages(folder, &["--type", kind, "--sender", "9000300", "--partner", "storfjell-sykehus"]);
    assert_eq!(both, of_kind);
}

/// Nobody sees content without a purpose, and that somebody has looked is in the history.
fn content(folder: &Path) {
    let tracking = messages(folder, &["--state", "accepted"])[0]["tracking"].as_str().expect("a tracking id").to_owned();
    let refused = run(folder, &["messages", "content", &tracking]);
    assert_eq!(refused.status.code(), Some(2), "no purpose");
    let refused = run(folder, &["messages", "content", &tracking, "--purpose", "14854131010"]);
    assert_eq!(refused.status.code(), Some(2), "a number of a person as purpose");
    let shown = run(folder, &["messages", "content", &tracking, "--purpose", "support case 7"]);
    assert!(shown.status.success() && shown.stdout.starts_with(b"<?xml"));
    let (_, said) = json(folder, &["log", "report", "--message", &tracking, "--purpose", "who has looked?"]);
    let lines = said["lines"].as_array().expect("lines");
    let looks: Vec<_> = lines.iter().filter(|line| line["what"] == "looked-up").map(|line| line["why"].clone()).collect();
    assert_eq!(looks, ["support case 7", "who has looked?"], "{said}");
    let (_, said) = json(folder, &["log", "report", "--purpose", "lists are looked at too"]);
    let lists = said["lines"].as_array().expect("lines").iter().filter(|line| line["facts"]["of"] == "lists").count();
    assert_eq!(lists, 1, "in summary");
}

fn keys(folder: &Path) {
    let (_, before) = json(folder, &["keys", "list"]);
    let by = |said: &Value| {
        said["keys"].as_array().expect("keys").iter().map(|key| key["wrapped_by"].clone()).collect::<Vec<_>>()
    };
    assert!(by(&before).len() >= 3);
    let (code, rotated) = json(folder, &["keys", "rotate", "--reason", "a test"]);
    assert_eq!(code, Some(0), "{rotated}");
    let (_, after) = json(folder, &["keys", "list"]);
    assert!(by(&after).iter().all(|key| *key == rotated["key"]) && by(&before)[0] != rotated["key"]);
}

/// What is held is told, by pseudonym, and kept back.
fn holds(folder: &Path) {
    std::fs::write(folder.join("number.txt"), "14854131010\n").expect("written");
    let held = |words: &[&str]| json(folder, &[&["log", "hold"], words].concat());
    assert_eq!(held(&["add", "--patient", "number.txt", "--purpose", "14854131010"]).0, Some(2), "a number as purpose");
    let (code, said) = held(&["add", "--patient", "number.txt", "--purpose", "a complaint"]);
    assert_eq!((code, &said["hold"]), (Some(0), &Value::from(1)), "{said}");
    let tracking = messages(folder, &[])[0]["tracking"].as_str().expect("a tracking id").to_owned();
    assert_eq!(held(&["add", "--message", &tracking, "--purpose", "case 7"]).1["hold"], 2);
    assert_eq!(run(folder, &["log", "hold", "add", "--purpose", "nothing"]).status.code(), Some(2));
    let (_, said) = held(&["list"]);
    assert_eq!(said["holds"].as_array().map(Vec::len), Some(2));
    assert!(!said.to_string().contains("14854131010"), "{said}");
    for class in ["content", "metadata"] {
        let (_, plan) = json(folder, &["log", "prune", "--before", "2100-01", "--class", class, "--plan"]);
        let why = &plan["months"][0]["stays"][0];
        assert!(why["why"] == "held" && why["count"].as_i64() > Some(1), "{plan}");
    }
    assert_eq!(held(&["lift", "1", "--reason", "it is closed"]).0, Some(0));
    assert_eq!(held(&["lift", "1", "--reason", "it is closed"]).0, Some(1));
    let (_, said) = json(folder, &["log", "report", "--patient", "number.txt", "--purpose", "who has held?"]);
    assert!(said["lines"].as_array().expect("lines").iter().any(|line| line["what"] == "hold-added"), "{said}");
}

fn months(folder: &Path) {
    let (code, said) = json(folder, &["log", "prune", "--plan"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said["trouble"].as_str().is_some_and(|why| why.contains("[retention]")), "{said}");
    let (code, plan) = json(folder, &["log", "prune", "--before", "2100-01", "--plan"]);
    assert_eq!((code, plan["months"].as_array().map(Vec::len)), (Some(0), Some(1)), "{plan}");
    assert!(plan["months"][0]["goes"].as_i64() > Some(10) && plan["months"][0]["class"] == "content", "{plan}");
    let refused = run(folder, &["log", "prune", "--before", "2100-01"]);
    assert_eq!(refused.status.code(), Some(2), "no reason");
    let (code, refused) = json(folder, &["log", "prune", "--before", "2100-01", "--reason", "a test"]);
    assert_eq!(code, Some(2), "{refused}");
    assert!(refused["trouble"].as_str().is_some_and(|why| why.contains("is not over")), "{refused}");
    let (code, nothing) = json(folder, &["log", "prune", "--before", "2020-01", "--reason", "a test"]);
    assert_eq!((code, nothing["months"].as_array().map(Vec::len)), (Some(0), Some(0)));
}
