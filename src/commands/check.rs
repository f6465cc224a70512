//! `check`: every complaint in all configuration files at once.

use super::report::{Answer, Report, count};
use crate::config::{Checked, load};
use crate::settings::Complaint;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Reads the configuration in a folder and says what is wrong with it.
pub fn check(folder: &Path) -> Report {
    let checked = load(folder);
    let answer = match (folder.is_dir(), checked.complaints.is_empty()) {
        (false, _) => Answer::Fault,
        (true, true) => Answer::Good,
        (true, false) => Answer::No,
    };
    Report { answer, text: text(folder, &checked), json: json(&checked) }
}

fn text(folder: &Path, checked: &Checked) -> String {
    if !checked.complaints.is_empty() {
        return complaints_as_text(&checked.complaints);
    }
    let counts = checked.counts;
    format!(
        "{}: no complaints\n  {} with {}, {} with {}",
        folder.display(),
        count(counts.partners, "partner", "partners"),
        count(counts.parties, "address", "addresses"),
        count(counts.routes, "route", "routes"),
        count(counts.tests, "test", "tests"),
    )
}

fn json(checked: &Checked) -> Value {
    let counts = checked.counts;
    json!({
        "good": checked.complaints.is_empty(),
        "complaints": checked.complaints.iter().map(complaint_as_json).collect::<Vec<_>>(),
        "partners": counts.partners,
        "addresses": counts.parties,
        "routes": counts.routes,
        "tests": counts.tests,
    })
}

/// All complaints with their lines, and how many there are.
pub(super) fn complaints_as_text(complaints: &[Complaint]) -> String {
    let files: BTreeSet<_> = complaints.iter().map(|complaint| &complaint.file).collect();
    let mut text: String = complaints.iter().map(|complaint| format!("{complaint}\n\n")).collect();
    text += &format!("{} in {}", count(complaints.len(), "complaint", "complaints"), count(files.len(), "file", "files"));
    text
}

pub(super) fn complaint_as_json(complaint: &Complaint) -> Value {
    json!({
        "file": complaint.file,
        "line": complaint.line,
        "column": complaint.column,
        "message": complaint.message,
        "suggestion": complaint.suggestion,
    })
}
