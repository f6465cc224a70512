//! `log verify` and `log seal`: whether the history is what was written, and signing for it.

use super::beside;
use super::report::{Answer, Report};
use crate::domain::Clock;
use crate::store::{Broken, Head, Noted, Verified};
use serde_json::json;
use std::path::Path;

/// Reads the whole history. `noted` is a head that somebody has kept elsewhere: a line with its link, or a file with a signed head.
pub async fn verify(folder: &Path, noted: Option<&str>) -> Report {
    let noted = match noted.map(noted_as).transpose() {
        Ok(noted) => noted,
        Err(why) => return Report::trouble(why),
    };
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    let is_noted = noted.is_some();
    match store.verify_history(noted).await {
        Ok(verified) if verified.noted_is_gone && verified.broken.is_none() => Report::trouble(
            "nothing is wrong in it, but the line of the head that you gave was removed since: compare with a later head",
        ),
        Ok(verified) => told(&verified, is_noted),
        Err(fault) => Report::fault(&fault),
    }
}

fn noted_as(text: &str) -> Result<Noted, String> {
    if let Ok(head) = text.parse::<Head>() {
        return Ok(Noted::Line(head));
    }
    let note = std::fs::read_to_string(text).map_err(|error| {
        format!("--head is neither a head as `log verify` prints it nor a file with a signed head that can be read: {error}")
    })?;
    note.parse().map(|head| Noted::Signed(Box::new(head))).map_err(|_| format!("{text} holds no signed head"))
}

fn told(verified: &Verified, is_noted: bool) -> Report {
    let head = verified.head.map(|head| head.to_string());
    let mut text = match verified.broken {
        None => {
            format!("lines: {}, each as it was written; seals: {}, each signed for", verified.lines, verified.sealed)
        }
        Some(broken) => sentence(broken),
    };
    let spans = verified.removed.iter().map(|(first, last)| format!("{first} to {last}")).collect::<Vec<_>>().join(", ");
    if let (Some(line), None) = (verified.removed_by, verified.broken) {
        text +=
            &format!("\nlines {spans} were removed when their time was over, as line {line} says; their seals are there");
    }
    if let (Some(head), None) = (&head, verified.broken) {
        text += &format!("\nhead: {head}");
        if let Some(signed) = &verified.signed {
            let key = verified.key.as_deref().unwrap_or("(not known without the key file)");
            text += &format!("\nsigned by the key: {key}\nsigned head:\n\n{signed}");
        }
        text += if is_noted { "\nThe head that you gave is in it." } else { NOTE };
    }
    let (word, line) = verified.broken.map(word).unzip();
    let json = json!({
        "good": verified.broken.is_none(),
        "lines": verified.lines,
        "head": head,
        "seals": verified.sealed,
        "key": verified.key,
        "signed_head": verified.signed,
        "removed": verified.removed,
        "removed_by": verified.removed_by,
        "broken": word,
        "first_bad": line.flatten(),
    });
    Report { answer: if verified.broken.is_none() { Answer::Good } else { Answer::No }, text, json }
}

const NOTE: &str = "\nKeep a head where whoever can write to the data folder cannot; `log verify --head HEAD` then also finds an end that \
                    was cut off, and an older copy.";

/// A word for it, and where.
fn word(broken: Broken) -> (&'static str, Option<i64>) {
    match broken {
        Broken::Missing(line) => ("missing", Some(line)),
        Broken::Changed(line) => ("changed", Some(line)),
        Broken::CutOff(line) => ("cut-off", Some(line)),
        Broken::Rewritten(line) => ("rewritten", Some(line)),
        Broken::Seal(seal) => ("seal", Some(seal)),
        Broken::Signature(seal) => ("signature", Some(seal)),
        Broken::SealsCutOff(seals) => ("seals-cut-off", Some(seals)),
        Broken::SealsRewritten(seals) => ("seals-rewritten", Some(seals)),
        Broken::Foreign => ("foreign-head", None),
    }
}

fn sentence(broken: Broken) -> String {
    match broken {
        Broken::Missing(line) => format!(
            "before line {line} something is missing that nothing says was removed, or a line stands in the wrong place"
        ),
        Broken::Changed(line) => format!("line {line} is not what was written, or a line before it that has no link"),
        Broken::CutOff(line) => {
            format!("line {line} of the head is not there: the end was cut off, or an older copy of the data was put back")
        }
        Broken::Rewritten(line) => {
            format!("line {line} has another link than the head says: the history was written anew from some line on")
        }
        Broken::Seal(seal) => format!("seal {seal} is not over the lines that it closes"),
        Broken::Signature(seal) => {
            format!("the head that was signed with seal {seal} is not over the seals so far, or was signed by somebody else")
        }
        Broken::SealsCutOff(seals) => {
            format!("the signed head has {seals} seals, and there are fewer: an older copy of the data was put back")
        }
        Broken::SealsRewritten(seals) => {
            format!("the first {seals} seals are not those of the signed head: the history was written anew")
        }
        Broken::Foreign => "the signed head that you gave was not signed by this installation".into(),
    }
}

/// Closes what was written since the last seal, and signs for it.
pub async fn seal(folder: &Path, clock: &dyn Clock) -> Report {
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    let sealed = match store.seal(clock.now()).await {
        Ok(Some(head)) => Ok((true, Some(head))),
        Ok(None) => store.newest_head().await.map(|head| (false, head)),
        Err(fault) => Err(fault),
    };
    match sealed {
        Ok((is_new, head)) => {
            let note = head.map(|head| head.note().to_owned());
            let text = match (&note, is_new) {
                (None, _) => "nothing has happened yet; there is nothing to sign for".to_owned(),
                (Some(note), _) => note.trim_end().to_owned(),
            };
            Report { answer: Answer::Good, text, json: json!({ "good": true, "new": is_new, "signed_head": note }) }
        }
        Err(fault) => Report::fault(&fault),
    }
}
