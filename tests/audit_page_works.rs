//! The commands of docs/audit.md, run one after the other as an auditor would, in both languages of the page.

use std::path::Path;
use std::process::Command;

const PAGE: &str = include_str!("../docs/audit.md");

/// The commands of one half of the page.
fn commands(half: &str) -> String {
    let blocks = half.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
    blocks.collect()
}

fn halves() -> (&'static str, &'static str) {
    PAGE.split_once("\n# For revisorer\n").expect("two languages")
}

#[test]
fn both_languages_of_the_page_have_the_same_commands() {
    let (english, norwegian) = halves();
    assert_eq!(commands(english), commands(norwegian));
    let rows = |half: &str| half.lines().filter(|line| line.starts_with('|')).count();
    assert_eq!(rows(english), rows(norwegian));
}

#[test]
fn every_command_of_the_page_does_what_the_page_says() {
    let python = Command::new("python3").args(["-c", "import cryptography"]).output();
    if !python.is_ok_and(|ran| ran.status.success()) {
        eprintln!("SKIPPED: there is no Python with `cryptography`, so the page for auditors was not tried");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let binary = Path::new(env!("CARGO_BIN_EXE_bindeledd")).parent().expect("a folder");
    let verifiers = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/verify");
    let script = format!(
        "set -eu\n{}",
        commands(halves().0).replace("cd example\n", &format!("cd example\ncp '{}'/*.py .\n", verifiers.display()))
    );
    // A `!` before a command takes it from `set -e`; so each is asked for its answer.
    let script = script.lines().map(|line| match line.strip_prefix("! ") {
        Some(command) => format!("if {command}; then echo 'a change was not found'; exit 9; fi\n"),
        None => format!("{line}\n"),
    });
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap_or_default());
    let mut run = Command::new("bash");
    run.args(["-c", &script.collect::<String>()]).env("PATH", path).current_dir(folder.path());
    let ran = run.output().expect("it runs");
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    assert!(said.contains("line 7"), "the changed line is named: {said}");
    let events = std::fs::read_to_string(folder.path().join("example/events.json")).expect("it is there");
    assert!(events.contains("AuditEvent") && !events.contains("14854131010"));
}
