//! What the reading of a file promises, tried on small files.

use super::*;
use std::path::Path;
use std::time::Duration;

fn complaints<T>(text: &str, read: impl FnOnce(&mut Section<'_>) -> Option<T>) -> Vec<String> {
    let reading = Document::parse(Path::new("x.toml"), text.to_string(), read);
    let shown = |c: &Complaint| {
        let help = c.suggestion.as_deref().unwrap_or("-");
        format!("{}:{}: {} | {help}", c.line, c.column, c.message)
    };
    reading.complaints.iter().map(shown).collect()
}

#[test]
fn every_complaint_of_a_file_is_made_at_once_in_the_order_of_its_lines() {
    let text = "titel = \"x\"\ncount = \"8\"\n[wait]\nlongest = \"5 sec\"\nfirst = \"2h\"\n";
    let found = complaints(text, |root| {
        let title = root.required("title", Section::text);
        let count = root.whole_number("count", 1..=10, "files");
        let span = Duration::from_secs(1)..=Duration::from_secs(3600);
        root.within("wait", |wait| {
            let longest = wait.duration("longest", span.clone());
            let first = wait.duration("first", span);
            Some((longest?, first?))
        });
        Some((title?, count?))
    });
    assert_eq!(
        found,
        [
            "1:1: `title` is missing | write `title = …`",
            "1:1: unknown key `titel` | did you mean `title`?",
            "2:9: `count` must be a whole number, not text | write 8 without quotes",
            "4:11: `longest` is not a time span | write a whole number and a unit (ms, s, m, h, d) in quotes: \"30s\"",
            "5:9: `first` is 2h, which is out of bounds | it may be from 1s to 1h",
        ]
    );
}

#[test]
fn what_is_missing_in_a_section_is_complained_about_at_its_header() {
    let found = complaints("a = 1\n[b.c]\n", |root| {
        root.flag("a");
        root.within("b", |b| b.within("c", |c| c.required("url", Section::text)))
    });
    assert_eq!(
        found,
        [
            "1:5: `a` must be true or false, not a whole number | write true or false, without quotes",
            "2:1: `url` is missing in [b.c] | write `url = …` under [b.c]",
        ]
    );
}

#[test]
fn single_and_double_brackets_are_told_apart() {
    let read = |root: &mut Section<'_>| {
        root.each("leg", |leg| leg.text("to"));
        root.within("match", |m| m.text("type"))
    };
    assert_eq!(complaints("[[leg]]\nto = \"a\"\n[match]\n", read), [""; 0]);
    assert_eq!(
        complaints("[leg]\nto = \"a\"\n[[match]]\n", read),
        [
            "1:1: `leg` must be a list of sections, not a section | write [[leg]] with double brackets, once for each",
            "3:1: `match` must be one section, not a list | write [match] with single brackets, once",
        ]
    );
}

#[test]
fn slips_in_the_form_are_shown_with_their_place_and_hide_what_would_follow_from_them() {
    let found = complaints("a = \nb = 1\nb = 2\n", |root| root.text("c"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("1:") && found[0].contains("this is not TOML"), "{found:?}");
    assert!(found[1].starts_with("3:1: this is not TOML: duplicate key"), "{found:?}");
}

#[test]
fn an_identity_number_in_the_place_of_a_her_id_is_not_repeated() {
    let reading = Document::parse(Path::new("x.toml"), "her_id = \"01815000274\"\n".into(), |root| root.her_id("her_id"));
    let shown = reading.complaints[0].to_string();
    assert!(shown.starts_with("x.toml:1:10: `her_id` is not a HER-id"), "{shown}");
    assert!(!shown.contains("01815000274"), "{shown}");
}

#[test]
fn what_is_kept_secret_is_not_repeated() {
    for text in ["sha = \"my secret\"\n", "sha = [[\"my secret\"]]\n", "sha = { x = \"my secret\" }\n"] {
        let reading = Document::parse(Path::new("x.toml"), text.into(), |root| {
            root.keep_secret("sha");
            root.texts("sha")
        });
        let shown = reading.complaints[0].to_string();
        assert!(shown.starts_with("x.toml:1:") && !shown.contains("my secret"), "{shown}");
    }
}

#[test]
fn relative_paths_start_at_the_folder_of_the_file() {
    let reading = Document::parse(Path::new("config/partners/x.toml"), "a = \"../in\"\nb = \"/in\"\n".into(), |root| {
        Some((root.path("a")?, root.path("b")?))
    });
    let (a, b) = reading.value.expect("both are there");
    assert_eq!((a.as_path(), b.as_path()), (Path::new("config/partners/../in"), Path::new("/in")));
}

#[test]
fn a_file_that_cannot_be_read_is_one_complaint() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("latin1.toml");
    std::fs::write(&path, b"a = 1\nb = \"\xe5\"\n").expect("written");
    let reading = Document::open(&path, |root| root.text("a"));
    assert_eq!(reading.complaints[0].message, "this file is not UTF-8: the first wrong byte is in line 2");
    let reading = Document::open(&folder.path().join("none.toml"), |root| root.text("a"));
    assert!(reading.complaints[0].message.starts_with("this file cannot be read"));
}
