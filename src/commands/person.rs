//! `log link` and `log unlink`: which numbers are one person's.

use super::number::person_in;
use super::report::{Answer, Report, count};
use super::{beside, reason};
use crate::domain::Clock;
use crate::store::Linked;
use serde_json::json;
use std::path::Path;

/// The file with a number, and of which kind the number is.
type Number<'n> = (&'n Path, &'n str);

/// Says that two numbers are one person's.
pub async fn link(folder: &Path, one: Number<'_>, other: Number<'_>, why: &str, clock: &dyn Clock) -> Report {
    let read = || -> Result<_, String> {
        reason::is_good(why)?;
        Ok((person_in(one.0, one.1)?, person_in(other.0, other.1)?))
    };
    let (one, other) = match read() {
        Ok(both) => both,
        Err(trouble) => return Report::trouble(trouble),
    };
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    match store.link_numbers(one, other, why.trim().to_owned(), reason::actor(), clock.now()).await {
        Ok(Linked::Done { line, numbers }) => done(
            line,
            format!("Whoever asks for one of {} gets what is about all of them.", count(numbers, "number", "numbers")),
        ),
        Ok(Linked::Already) => Report::no("These numbers are one person's already."),
        Err(fault) => Report::fault(&fault),
    }
}

/// Takes a number out again.
pub async fn unlink(folder: &Path, one: Number<'_>, why: &str, clock: &dyn Clock) -> Report {
    let one = match reason::is_good(why).map_err(Into::into).and_then(|()| person_in(one.0, one.1)) {
        Ok(one) => one,
        Err(trouble) => return Report::trouble(trouble),
    };
    let store = match beside::open(folder) {
        Ok(store) => store,
        Err(report) => return *report,
    };
    match store.unlink_number(one, why.trim().to_owned(), reason::actor(), clock.now()).await {
        Ok(Linked::Done { line, .. }) => done(line, "This number stands for itself again.".into()),
        Ok(Linked::Already) => Report::no("No other number is linked to this one."),
        Err(fault) => Report::fault(&fault),
    }
}

fn done(line: i64, what: String) -> Report {
    Report {
        answer: Answer::Good,
        text: format!("{what} Line {line} of the history says so."),
        json: json!({ "good": true, "line": line }),
    }
}
