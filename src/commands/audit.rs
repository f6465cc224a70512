//! `log report` and `log export`: who has sent, moved or seen what, and the same with proofs. That it is asked is in the history first.

use super::beside;
use super::log_line::OfWhat;
use super::number::person_in;
use super::reason;
use super::report::{Answer, Printed, Report, count};
use super::table::table;
use crate::access::{LogLine, bundle};
use crate::domain::{Clock, Fault, TrackingId};
use crate::store::{Found, Question, Store, Wanted};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn question(of: &OfWhat) -> Result<Question, Report> {
    reason::is_good(&of.purpose).map_err(Report::trouble)?;
    let wanted = match (of.message, &of.patient) {
        (Some(tracking), _) => Wanted::Message(tracking),
        (None, Some(file)) => Wanted::Patient(person_in(file, &of.system).map_err(Report::trouble)?),
        (None, None) => Wanted::All,
    };
    let purpose = of.purpose.trim().to_owned();
    Ok(Question { wanted, since: of.since, until: of.until, purpose, who: reason::actor() })
}

/// Who has sent, moved or seen it.
pub async fn report(folder: &Path, of: &OfWhat, clock: &dyn Clock) -> Report {
    match look_up(folder, of, clock).await {
        Ok(found) => told(&found),
        Err(report) => report,
    }
}

/// The same as a Bundle of AuditEvents.
pub async fn report_as_fhir(folder: &Path, of: &OfWhat, clock: &dyn Clock) -> Result<Printed, Report> {
    let found = look_up(folder, of, clock).await?;
    let patient = found.patient.map(|patient| patient.to_string());
    let bundle = bundle(&found.lines, patient.as_deref());
    let out = serde_json::to_string_pretty(&bundle).map_err(|error| Report::trouble(error.to_string()))?;
    Ok(Printed { answer: Answer::of(!found.lines.is_empty()), out, troubles: String::new() })
}

async fn look_up(folder: &Path, of: &OfWhat, clock: &dyn Clock) -> Result<Found, Report> {
    let question = question(of)?;
    let store = beside::open(folder).map_err(|report| *report)?;
    if let Wanted::Message(tracking) = question.wanted {
        is_there(&store, tracking).await?;
    }
    store.look_up(question, clock.now()).await.map_err(|fault| Report::fault(&fault))
}

/// A message that never was, or was mistyped, is no fault of anybody's.
pub(super) async fn is_there(store: &Store, tracking: TrackingId) -> Result<(), Report> {
    match store.message(tracking).await {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(Report::no(format!("there is no message {tracking}"))),
        Err(fault) => Err(Report::fault(&fault)),
    }
}

fn told(found: &Found) -> Report {
    let mut text = match found.lines.is_empty() {
        true => "nothing in the log".to_owned(),
        false => table(&std::iter::once(HEADING.map(String::from)).chain(found.lines.iter().map(row)).collect::<Vec<_>>()),
    };
    let messages: std::collections::BTreeSet<_> =
        found.lines.iter().filter_map(|line| line.message.map(|(message, _)| message)).collect();
    if found.linked > 0 {
        let numbers = count(found.linked, "other number is", "other numbers are");
        text += &format!("\n{numbers} linked to the one you gave; what is about them is here, too.");
    }
    text += &format!(
        "\n{} about {}. That you asked is line {} of the history.",
        count(found.lines.len(), "line", "lines"),
        count(messages.len(), "message", "messages"),
        found.asked
    );
    let json = json!({
        "good": true,
        "asked": found.asked,
        "patient": found.patient.map(|patient| patient.to_string()),
        "linked": found.linked,
        "messages": messages.len(),
        "lines": found.lines.iter().map(as_json).collect::<Vec<_>>(),
    });
    Report { answer: Answer::of(!found.lines.is_empty()), text, json }
}

const HEADING: [&str; 6] = ["LINE", "WHEN", "MESSAGE", "WHAT", "WHO", "WHY"];

fn row(line: &LogLine) -> [String; 6] {
    [
        line.number.to_string(),
        line.at.to_string(),
        line.message.map_or_else(String::new, |(_, tracking)| tracking.to_string()),
        line.what.clone(),
        who(line),
        line.why.clone(),
    ]
}

/// Who did it, or whose system took part in it.
fn who(line: &LogLine) -> String {
    let partner = || line.word("partner").map(|partner| format!("partner {partner}"));
    line.who.clone().or_else(partner).unwrap_or_else(|| "the gateway".into())
}

fn as_json(line: &LogLine) -> Value {
    json!({
        "line": line.number,
        "at": line.at.to_string(),
        "message": line.message.map(|(_, tracking)| tracking.to_string()),
        "delivery": line.delivery.map(|delivery| delivery.0),
        "what": line.what,
        "who": who(line),
        "why": line.why,
        "facts": line.facts,
    })
}

/// Writes the lines into a new folder, with proofs that they are in what was signed. `noted` is a file with an earlier head.
pub async fn export(folder: &Path, of: &OfWhat, to: &Path, noted: Option<&PathBuf>, clock: &dyn Clock) -> Report {
    let (question, earlier) = match question(of).and_then(|question| Ok((question, noted.map(head_in).transpose()?))) {
        Ok(both) => both,
        Err(report) => return report,
    };
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    if to.exists() {
        return Report::trouble(format!("{} is there already; name a folder that is not", to.display()));
    }
    if let Wanted::Message(tracking) = question.wanted
        && let Err(report) = is_there(&store, tracking).await
    {
        return report;
    }
    match store.export(question, to, earlier.as_ref(), clock.now()).await {
        Ok(manifest) => {
            let text = format!(
                "{} in {}; signed with the key {}.\nVerify it with docs/verify/verify.py, or give it to somebody who does.",
                count(usize::try_from(manifest.lines).unwrap_or(usize::MAX), "line", "lines"),
                to.display(),
                manifest.key
            );
            let json = json!({ "good": true, "folder": to.display().to_string(), "lines": manifest.lines,
                               "whole": manifest.whole, "key": manifest.key.to_string() });
            Report { answer: Answer::Good, text, json }
        }
        Err(fault) => Report::fault(&fault),
    }
}

fn head_in(file: &PathBuf) -> Result<crate::proof::SignedHead, Report> {
    let unreadable = |why: String| Report::fault(&Fault::lasting(format!("{}: {why}", file.display())));
    let note = std::fs::read_to_string(file).map_err(|error| unreadable(error.to_string()))?;
    note.parse().map_err(|_| unreadable("it holds no signed head".into()))
}
