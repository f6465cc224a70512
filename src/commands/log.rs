//! `log verify`: whether the history is what was written.

use super::beside;
use super::report::{Answer, Report};
use crate::store::{Broken, Head, Verified};
use serde_json::json;
use std::path::Path;

/// Reads the whole history. `noted` is a head that somebody has kept elsewhere.
pub async fn verify(folder: &Path, noted: Option<Head>) -> Report {
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    match store.verify_history(noted).await {
        Ok(verified) => told(&verified, noted),
        Err(fault) => Report::fault(&fault),
    }
}

fn told(verified: &Verified, noted: Option<Head>) -> Report {
    let head = verified.head.map(|head| head.to_string());
    let mut text = match verified.broken {
        None => format!("lines: {}, each as it was written", verified.lines),
        Some(broken) => sentence(broken),
    };
    if let (Some(head), None) = (&head, verified.broken) {
        text += &format!("\nhead: {head}");
        text += if noted.is_some() { "\nThe head that you gave is in it." } else { NOTE };
    }
    let (word, line) = verified.broken.map(word).unzip();
    let json = json!({
        "good": verified.broken.is_none(),
        "lines": verified.lines,
        "head": head,
        "broken": word,
        "first_bad_line": line,
    });
    Report { answer: if verified.broken.is_none() { Answer::Good } else { Answer::No }, text, json }
}

const NOTE: &str = "\nKeep the head where whoever can write to the data folder cannot; `log verify --head HEAD` then also finds an end that \
                    was cut off, and an older copy.";

fn word(broken: Broken) -> (&'static str, i64) {
    match broken {
        Broken::Missing(line) => ("missing", line),
        Broken::Changed(line) => ("changed", line),
        Broken::CutOff(line) => ("cut-off", line),
        Broken::Rewritten(line) => ("rewritten", line),
    }
}

fn sentence(broken: Broken) -> String {
    match broken {
        Broken::Missing(line) => format!("before line {line} something is missing, or a line stands in the wrong place"),
        Broken::Changed(line) => format!("line {line} is not what was written, or a line before it that has no link"),
        Broken::CutOff(line) => {
            format!("line {line} of the head is not there: the end was cut off, or an older copy of the data was put back")
        }
        Broken::Rewritten(line) => {
            format!("line {line} has another link than the head says: the history was written anew from some line on")
        }
    }
}
