//! `messages content`: the bytes of a message, for somebody who has a purpose.

use super::report::{Answer, Printed, Report};
use super::{beside, reason};
use crate::domain::{Clock, TrackingId};
use crate::store::{Look, Part};
use std::path::Path;

/// Prints a part of a message as it is; bytes that are no UTF-8 are shown as U+FFFD.
pub async fn show(
    folder: &Path,
    tracking: TrackingId,
    part: Part,
    purpose: &str,
    clock: &dyn Clock,
) -> Result<Printed, Report> {
    reason::is_good(purpose).map_err(Report::trouble)?;
    let store = beside::open(folder).map_err(|report| *report)?;
    let look = Look { tracking, part, purpose: purpose.trim().to_owned(), who: reason::actor() };
    let none = || Report::no(format!("there is no such content of {tracking}: it never was, or it was removed"));
    let bytes = store.look_at_content(look, clock.now()).await.map_err(|fault| Report::fault(&fault))?.ok_or_else(none)?;
    let out = String::from_utf8_lossy(bytes.expose()).into_owned();
    Ok(Printed { answer: Answer::Good, out, troubles: String::new() })
}
