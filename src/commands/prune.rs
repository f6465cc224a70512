//! `log prune`: what was kept long enough goes, and what stays is told with why.

use super::files::installation;
use super::report::{Answer, Report, count};
use super::table::table;
use super::{beside, reason};
use crate::domain::{Class, Clock, FirstKept, Month};
use crate::store::{PlanRow, Pruned, Removing};
use serde_json::{Value, json};
use std::path::Path;

/// Removes what the configuration says, or what is from before a month; `plan` only shows it.
pub async fn prune(
    folder: &Path,
    by_hand: Option<(Class, Month)>,
    plan: bool,
    reason: Option<&str>,
    clock: &dyn Clock,
) -> Report {
    let (reason, now) = (reason.unwrap_or_default(), clock.now());
    if let (false, Err(why)) = (plan, reason::is_good(reason)) {
        return Report::trouble(why);
    }
    let first_kept = match first_kept(folder, by_hand, plan, clock) {
        Ok(first_kept) => first_kept,
        Err(report) => return *report,
    };
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    let rows = match store.plan(first_kept, now).await {
        Ok(rows) => rows,
        Err(fault) => return Report::fault(&fault),
    };
    if plan {
        return planned(&rows);
    }
    let (who, reason) = (Some(reason::actor()), reason.trim().to_owned());
    match store.prune(&Removing { first_kept, who, reason, go_on: &|| true }, now).await {
        Ok(pruned) => removed(&rows, &pruned),
        Err(fault) => Report::fault(&fault),
    }
}

fn first_kept(
    folder: &Path,
    by_hand: Option<(Class, Month)>,
    plan: bool,
    clock: &dyn Clock,
) -> Result<FirstKept, Box<Report>> {
    if let Some((class, month)) = by_hand {
        // A plan may look ahead.
        if !plan && month > Month::of(clock.now()) {
            return Err(Box::new(Report::trouble(format!("{} is not over; what is younger stays", Month::of(clock.now())))));
        }
        return Ok(FirstKept::only(class, month));
    }
    let retention = installation(folder)?.retention;
    if retention.is_for_ever() {
        let what = "the configuration has no [retention], so that all is kept for ever; write one, or say --before MONTH";
        return Err(Box::new(Report::trouble(what)));
    }
    Ok(retention.first_kept(clock.now()))
}

fn unit(class: Class, number: i64) -> String {
    let number = usize::try_from(number).unwrap_or_default();
    match class {
        Class::Content | Class::Metadata => count(number, "message", "messages"),
        Class::History => count(number, "line", "lines"),
    }
}

fn kept_back(row: &PlanRow) -> String {
    row.stays
        .iter()
        .map(|(why, number)| format!("{}: {}", why.as_str(), unit(row.class, *number)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn as_table(rows: &[PlanRow]) -> String {
    let heading = ["CLASS", "MONTH", "GOES", "ROUGHLY", "STAYS"].map(String::from);
    let row = |row: &PlanRow| {
        let bytes = if row.goes == 0 { String::new() } else { format!("{} kB", row.bytes.max(1023) / 1024) };
        [row.class.as_str().to_owned(), row.month.to_string(), unit(row.class, row.goes), bytes, kept_back(row)]
    };
    table(&std::iter::once(heading).chain(rows.iter().map(row)).collect::<Vec<_>>())
}

fn as_json(row: &PlanRow) -> Value {
    let stays = row.stays.iter().map(|(why, count)| json!({ "why": why.as_str(), "count": count }));
    json!({
        "class": row.class.as_str(),
        "month": row.month.to_string(),
        "goes": row.goes,
        "bytes": row.bytes,
        "stays": stays.collect::<Vec<_>>(),
    })
}

fn planned(rows: &[PlanRow]) -> Report {
    let text = match rows.is_empty() {
        true => "nothing is past its time".to_owned(),
        false => as_table(rows) + "\nWhat goes is removed for good, and the history says so. Nothing was removed now.",
    };
    let json = json!({ "good": true, "plan": true, "months": rows.iter().map(as_json).collect::<Vec<_>>(), "removed": [] });
    Report { answer: Answer::Good, text, json }
}

fn removed(rows: &[PlanRow], pruned: &[Pruned]) -> Report {
    let line = |one: &Pruned| {
        let month = one.month.map_or_else(String::new, |month| format!(" of {month}"));
        format!("{}{month}: {}", one.class.as_str(), unit(one.class, one.count))
    };
    let mut text = match pruned.is_empty() {
        true => "nothing was removed".to_owned(),
        false => format!("Removed, and the history says so:\n{}", pruned.iter().map(line).collect::<Vec<_>>().join("\n")),
    };
    let stays: Vec<PlanRow> = rows.iter().filter(|row| !row.stays.is_empty()).cloned().collect();
    if !stays.is_empty() {
        text += &format!("\nStays, though its time is over:\n{}", as_table(&stays));
    }
    let gone = pruned.iter().map(
        |one| json!({ "class": one.class.as_str(), "month": one.month.map(|month| month.to_string()), "count": one.count }),
    );
    let json = json!({
        "good": true,
        "plan": false,
        "months": rows.iter().map(as_json).collect::<Vec<_>>(),
        "removed": gone.collect::<Vec<_>>(),
    });
    Report { answer: Answer::Good, text, json }
}
