//! Days and points in time.

use super::at::At;
use super::catalogue::DAY;
use super::known::TimeStyle;
use super::work::Work;
use crate::translation::mapping::{in_oslo, is_date, is_month, is_year};

/// A whole day: of a time with offset, the day in Norway. What is no whole day is told.
pub(super) fn day(work: &Work<'_>, at: &At<'_>) -> Option<String> {
    let written = at.text()?;
    let day =
        if is_date(written) { Some(written.to_owned()) } else { in_oslo(written, false).map(|time| time[..10].to_owned()) };
    if day.is_none() {
        work.tell(&DAY, at.path.clone());
    }
    day
}

/// The day of a member, if it is there.
pub(super) fn day_of(work: &Work<'_>, holder: &At<'_>, member: &'static str) -> Option<String> {
    day(work, &holder.get(member)?)
}

/// A point in time, as exact as it is written.
pub(super) fn point(work: &Work<'_>, at: &At<'_>) -> Option<String> {
    let written = at.text()?;
    let is_partial = is_date(written) || is_month(written) || is_year(written);
    let point = if is_partial { Some(written.to_owned()) } else { in_oslo(written, work.known.times == TimeStyle::Offset) };
    if point.is_none() {
        work.tell(&DAY, at.path.clone());
    }
    point
}
