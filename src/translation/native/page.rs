//! The tables of `docs/native.md`, from the same catalogues that the program reads.

use super::catalogue::all_rules;
use super::events::EVENTS;
use std::fmt::Write;

/// Markdown: the events, and the rules.
pub fn page() -> String {
    let mut out =
        String::from("| Event | What is needed beside patient, sender and receiver | What it becomes |\n|---|---|---|\n");
    for event in EVENTS {
        let _ = writeln!(out, "| `{}` | {} | {} |", event.code, event.needs.en, event.becomes);
    }
    out.push_str("\n| Rule | Code | What is wrong | What to do | Source |\n|---|---|---|---|---|\n");
    for rule in all_rules() {
        let cells = [rule.id, rule.code.as_str(), rule.what.en, rule.hint.en, rule.source];
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out
}
