//! The page of translation says what its rules say: the table in `docs/translation.md` is made from them, and this test tells when it
//! is not.
//!
//! `BINDELEDD_UPDATE=1 cargo test --test translation_page_is_current` writes it anew.

use bindeledd::translation::versions::{Rule, Step, all_rules};
use std::fmt::Write;
use std::path::Path;

const PAGE: &str = "docs/translation.md";
const FROM: &str = "<!-- The table is made from the rules. -->\n";
const TO: &str = "<!-- Here it ends. -->\n";

#[test]
fn the_table_of_rules_is_what_the_rules_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let written = std::fs::read_to_string(root.join(PAGE)).expect("the page is there");
    let (before, rest) = written.split_once(FROM).expect("where the table begins");
    let (_, after) = rest.split_once(TO).expect("where it ends");
    let page = format!("{before}{FROM}{}{TO}{after}", table(root));
    if std::env::var_os("BINDELEDD_UPDATE").is_some() {
        std::fs::write(root.join(PAGE), &page).expect("the page can be written");
    }
    assert!(
        std::fs::read_to_string(root.join(PAGE)).is_ok_and(|written| written == page),
        "{PAGE} is out of date; BINDELEDD_UPDATE=1 cargo test --test translation_page_is_current writes it anew"
    );
}

fn table(root: &Path) -> String {
    let mut table =
        "| Rule | What becomes of it | From | To | To the older version | To the newer version | At worst | Source |\n\
                     |---|---|---|---|---|---|---|---|\n"
            .to_string();
    for rule in all_rules() {
        let id = format!("[{}]({})", rule.id, link(root, rule));
        let (down, up) = (does(rule.down), does(rule.up));
        let cells = [&id, rule.what.en, rule.before, rule.after, down, up, rule.class.as_str(), rule.source];
        assert!(cells.iter().all(|cell| !cell.contains(['|', '\n'])), "{} would break the table", rule.id);
        writeln!(table, "| {} |", cells.join(" | ")).expect("a String takes everything");
    }
    table
}

fn does(step: Option<Step>) -> &'static str {
    match step {
        Some(Step::Does(_)) => "applied",
        Some(Step::PutsBack(_)) => "put back",
        None => "",
    }
}

/// The file of a rule is called by its number and its name; seen from the folder of the page.
fn link(root: &Path, rule: &Rule) -> String {
    let name = format!("{}_{}.rs", rule.id.to_lowercase().replace('-', ""), rule.name);
    let folders = ["", "plo/", "dialogmelding/", "apprec/"].map(|folder| format!("src/translation/versions/{folder}{name}"));
    let file = folders.into_iter().find(|file| root.join(file).is_file());
    format!("../{}", file.unwrap_or_else(|| panic!("{} has no file {name}", rule.id)))
}
