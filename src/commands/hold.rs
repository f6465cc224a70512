//! `log hold …`: what must not be removed although its time is over.

use super::audit::is_there;
use super::line::WhatToHold;
use super::number::person_in;
use super::report::{Answer, Report};
use super::table::table;
use super::{beside, reason};
use crate::domain::Clock;
use crate::store::{HoldRow, OnHold, ToHold};
use serde_json::json;
use std::path::Path;

/// Holds a patient, a message or a month.
pub async fn add(folder: &Path, what: &WhatToHold, system: &str, purpose: &str, clock: &dyn Clock) -> Report {
    if let Err(why) = reason::is_good(purpose) {
        return Report::trouble(why);
    }
    let to_hold = match (&what.patient, what.message, what.month) {
        (Some(file), ..) => match person_in(file, system) {
            Ok(person) => ToHold::Patient(person),
            Err(why) => return Report::trouble(why),
        },
        (None, Some(tracking), _) => ToHold::Message(tracking),
        (None, None, Some(month)) => ToHold::Month(month),
        (None, None, None) => return Report::trouble("say --patient FILE, --message TRACKING or --month MONTH"),
    };
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    if let ToHold::Message(tracking) = to_hold
        && let Err(report) = is_there(&store, tracking).await
    {
        return report;
    }
    match store.hold(to_hold, purpose.trim().to_owned(), reason::actor(), clock.now()).await {
        Ok(number) => {
            let text = format!("This is hold {number}. Nothing of it is removed until `log hold lift {number}`.");
            Report { answer: Answer::Good, text, json: json!({ "good": true, "hold": number }) }
        }
        Err(fault) => Report::fault(&fault),
    }
}

/// Of what a hold is: the kind, and which.
fn of(row: &HoldRow) -> (&'static str, String) {
    match row.what {
        OnHold::Patient(pseudonym) => ("patient", pseudonym.to_string()),
        OnHold::Message(message) => ("message", message.to_string()),
        OnHold::Month(month) => ("month", month.to_string()),
    }
}

/// Lists all holds.
pub async fn list(folder: &Path) -> Report {
    let store = match beside::to_look(folder).await {
        Ok(store) => store,
        Err(report) => return *report,
    };
    let holds = match store.holds().await {
        Ok(holds) => holds,
        Err(fault) => return Report::fault(&fault),
    };
    let heading = ["HOLD", "OF", "WHICH", "SINCE", "LIFTED", "WHO", "WHAT FOR"].map(String::from);
    let lifted = |row: &HoldRow| row.lifted_at.map(|at| at.to_string());
    let line = |row: &HoldRow| {
        let (kind, which) = of(row);
        let lifted = lifted(row).unwrap_or_default();
        [row.number.to_string(), kind.into(), which, row.held_at.to_string(), lifted, row.who.clone(), row.purpose.clone()]
    };
    let text = match holds.is_empty() {
        true => "nothing is held".to_owned(),
        false => table(&std::iter::once(heading).chain(holds.iter().map(line)).collect::<Vec<_>>()),
    };
    let json = holds.iter().map(|row| {
        let (kind, which) = of(row);
        json!({ "hold": row.number, "of": kind, "which": which, "held_at": row.held_at.to_string(), "line": row.line,
                "lifted_at": lifted(row), "who": row.who, "purpose": row.purpose })
    });
    Report { answer: Answer::Good, text, json: json!({ "good": true, "holds": json.collect::<Vec<_>>() }) }
}

/// Lifts a hold.
pub async fn lift(folder: &Path, number: i64, why: &str, clock: &dyn Clock) -> Report {
    if let Err(why) = reason::is_good(why) {
        return Report::trouble(why);
    }
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    match store.lift(number, why.trim().to_owned(), reason::actor(), clock.now()).await {
        Ok(true) => {
            let text = format!("hold {number} is lifted; what is past its time goes with the next pruning");
            Report { answer: Answer::Good, text, json: json!({ "good": true, "hold": number }) }
        }
        Ok(false) => Report::no(format!("there is no hold {number}, or it was lifted before")),
        Err(fault) => Report::fault(&fault),
    }
}
