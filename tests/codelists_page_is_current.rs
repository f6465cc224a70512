//! The page of code lists says what the lists say: `docs/codelists.md` is made from them, and this test tells when it is not.
//!
//! `BINDELEDD_UPDATE=1 cargo test --test codelists_page_is_current` writes it anew.

use bindeledd::codelists::{Code, CodeList, Standing, Validity, all};
use bindeledd::messages::bindings;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

const PAGE: &str = "docs/codelists.md";

#[test]
fn the_page_of_code_lists_is_what_the_lists_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = page();
    if std::env::var_os("BINDELEDD_UPDATE").is_some() {
        std::fs::write(root.join(PAGE), &page).expect("the page can be written");
    }
    let written = std::fs::read_to_string(root.join(PAGE)).unwrap_or_default();
    let line = written.lines().zip(page.lines()).position(|(written, wanted)| written != wanted);
    assert!(
        written == page,
        "{PAGE} is out of date (first difference: line {:?}); BINDELEDD_UPDATE=1 cargo test --test \
         codelists_page_is_current writes it anew",
        line.map(|line| line + 1)
    );
}

#[test]
fn every_file_of_the_folder_is_a_list_of_the_program() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("codelists");
    let files = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let names: BTreeSet<String> =
        files.map(|name| name.to_string_lossy().into_owned()).filter(|name| name != "README.md").collect();
    let lists: BTreeSet<String> = all().iter().map(|list| format!("{}.txt", list.number)).collect();
    assert_eq!(names, lists, "src/codelists/shelf.rs names every list");
}

const HEAD: &str = r"# The code lists

This page is made from the files in [`codelists/`](../codelists/README.md); `tests/codelists_page_is_current.rs` fails when it
is out of date. Which element carries which list is told in `src/messages/bindings/`. The OID of a list is
`2.16.578.1.12.4.1.1.` and its number.

A code that is marked *later* is not in the edition, but is used by a later one, by a standard or by official samples; one that
is marked *withdrawn* was taken out and is still met. The texts are there to be read: a message may say them otherwise, and no
rule compares them (R-076). A wrong code is never a reason to refuse a message (HIS 80415:2012, 3.3.2).

";

fn page() -> String {
    let mut page = HEAD.to_string();
    writeln!(page, "| List | Name | Codes |\n|---|---|---|").expect(WRITES);
    for list in all() {
        let anchor = heading(list).to_lowercase().replace(' ', "-").replace(|c: char| !c.is_alphanumeric() && c != '-', "");
        let codes = if list.codes().is_empty() { "elsewhere".into() } else { list.codes().len().to_string() };
        writeln!(page, "| [{}](#{anchor}) | {} | {codes} |", list.number, list.name).expect(WRITES);
    }
    for list in all() {
        section(&mut page, list);
    }
    page
}

const WRITES: &str = "a String takes everything";

fn heading(list: &CodeList) -> String {
    format!("{} {}", list.number, list.name)
}

/// The elements that carry codes of the list.
fn carriers(list: &CodeList) -> BTreeSet<String> {
    let rows = bindings::all().iter().filter(|row| row.lists.contains(&list.number));
    let name = |row: &&bindings::Binding| match row.parent {
        "" => format!("`{}`", row.element),
        parent => format!("`{parent}/{}`", row.element),
    };
    rows.map(name).collect()
}

fn section(page: &mut String, list: &CodeList) {
    let edition = list.edition.map_or("Gathered from standards and use.".into(), |date| format!("Edition {date}."));
    let validity = match list.validity {
        Validity::Current => String::new(),
        Validity::Obsolete => " No longer in use.".into(),
        Validity::ReplacedBy(other) => format!(" Replaced by {other}."),
    };
    let open = if list.is_open() { " Other codes may be right too." } else { "" };
    let note = list.note.map_or(String::new(), |note| format!(" {note}"));
    writeln!(page, "\n## {}\n\n{edition}{validity}{open}{note}", heading(list)).expect(WRITES);
    let carriers = carriers(list);
    if !carriers.is_empty() {
        writeln!(page, "\nIn {}.", carriers.into_iter().collect::<Vec<_>>().join(", ")).expect(WRITES);
    }
    if !list.codes().is_empty() {
        writeln!(page, "\n| Code | Text | |\n|---|---|---|").expect(WRITES);
    }
    for Code { v, dn, standing } in list.codes() {
        let standing = match standing {
            Standing::Published => "",
            Standing::Later => "later",
            Standing::Withdrawn => "withdrawn",
        };
        assert!(!v.contains(['|', '`']) && !dn.contains('|'), "{v} of {} would break the table", list.number);
        writeln!(page, "| `{v}` | {dn} | {standing} |").expect(WRITES);
    }
}
