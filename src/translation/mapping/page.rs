//! The mapping as a page for people, from the same files that the program reads.

use std::fmt::Write;

use super::language::{FILES, without_comment, word};

/// Markdown: a table for each type, the maps of codes, the namespaces.
pub fn page() -> String {
    let mut out = String::from(HEAD);
    for (file, text) in FILES {
        let _ = writeln!(out, "\n## {file}.map");
        let (mut is_table, mut was_comment) = (false, false);
        for line in text.lines() {
            let comment = line.trim_start().strip_prefix("# ").filter(|_| line.starts_with('#'));
            match (comment, without_comment(line)) {
                (Some(comment), _) => {
                    // Lines of one comment are one paragraph.
                    let gap = if was_comment { "" } else { "\n" };
                    (is_table, was_comment) = (false, true);
                    let _ = writeln!(out, "{gap}{comment}");
                    continue;
                }
                (None, "") => {}
                (None, row) if row.starts_with(' ') => table_row(row.trim_start(), &mut is_table, &mut out),
                (None, head) => {
                    is_table = false;
                    let (what, rest) = word(head);
                    let _ = writeln!(out, "\n**{what}** `{}`", rest.replace('|', "\\|"));
                }
            }
            was_comment = false;
        }
    }
    out
}

fn table_row(row: &'static str, is_table: &mut bool, out: &mut String) {
    if !std::mem::replace(is_table, true) {
        out.push_str("\n| Element | How often | What it has | Where it stands in FHIR |\n|---|---|---|---|\n");
    }
    let cell = |text: &str| text.replace('|', "\\|");
    if let Some(constant) = row.strip_prefix("+ ") {
        let _ = writeln!(out, "| *always* | | | `{}` |", cell(constant));
        return;
    }
    let Cells { name, often, kind, place } = cells(row);
    let _ = writeln!(
        out,
        "| `{name}` | {often} | {} | {} |",
        cell(&kind),
        if place.is_empty() { String::new() } else { format!("`{}`", cell(place)) }
    );
}

/// The columns of a row.
pub(super) struct Cells {
    pub name: &'static str,
    pub often: &'static str,
    pub kind: String,
    pub place: &'static str,
}

pub(super) fn cells(row: &'static str) -> Cells {
    let row = row.strip_prefix("| ").unwrap_or(row);
    let (name, rest) = word(row);
    let (often, rest) = word(rest);
    let (kind, rest) = word(rest);
    let (list, behind) = word(rest);
    let has_list = matches!(kind, "CS" | "CODE" | "BOOLCODE" | "USUAL")
        || kind == "IDENT" && list.starts_with(|c: char| c.is_ascii_digit());
    let (kind, place) = if has_list { (format!("{kind} {list}"), behind) } else { (kind.to_owned(), rest) };
    Cells { name, often, kind, place }
}

const HEAD: &str = "# Where each element stands in FHIR

This page is made from the files of [`mappings`](../mappings/README.md), which the program reads: `BINDELEDD_UPDATE=1 cargo test --test
mapping_has_a_row_for_everything` makes it anew. What the columns mean, that page says. Each message becomes a Bundle of FHIR R4, from which
the same message can be made again.
";
