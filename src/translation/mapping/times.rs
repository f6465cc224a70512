//! Times as XML writes them and as FHIR does. It knows lexical forms, and when Norway has summer time.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::sync::LazyLock;

/// Norway's time: a document without offset means this.
static OSLO: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a rule of the right form"));

fn digits(text: &str, len: usize) -> bool {
    text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether this is `YYYY-MM-DD`, of a day that there is.
pub(super) fn is_date(text: &str) -> bool {
    text.len() == 10 && text.is_ascii() && text.parse::<jiff::civil::Date>().is_ok() && digits(&text[..4], 4)
}

pub(super) fn is_year(text: &str) -> bool {
    digits(text, 4) && text != "0000"
}

pub(super) fn is_month(text: &str) -> bool {
    text.len() == 7 && text.is_ascii() && is_date(&format!("{text}-01"))
}

/// A time with an offset, as FHIR wants it; `None` when the text is none that it can say.
pub(super) fn with_offset(text: &str) -> Option<String> {
    if !text.is_ascii() || text.len() < "2012-05-04T10:00:00".len() || text.as_bytes()[10] != b'T' {
        return None;
    }
    let (local, offset) = split_offset(text);
    let is_plain = is_date(&local[..10]) && is_clock(&local[11..]);
    if !is_plain || text.starts_with("0000") {
        return None;
    }
    if !offset.is_empty() {
        return is_offset(offset).then(|| text.to_owned());
    }
    let civil: DateTime = local.get(..19)?.parse().ok()?;
    let meant = civil.to_zoned(OSLO.clone()).ok()?.timestamp();
    // In the hour that is skipped this is the offset before it.
    let as_if_utc = civil.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let minutes = (as_if_utc.as_second() - meant.as_second()) / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    Some(format!("{local}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60))
}

fn split_offset(text: &str) -> (&str, &str) {
    let at = text.rfind(['Z', '+', '-']).filter(|at| *at > 10).unwrap_or(text.len());
    text.split_at(at)
}

fn is_clock(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').map_or((text, None), |(clock, fraction)| (clock, Some(fraction)));
    let is_fraction = fraction.is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    let [hour, minute, second] = *clock.split(':').collect::<Vec<_>>() else { return false };
    let below = |part: &str, limit: u32| digits(part, 2) && part.parse::<u32>().is_ok_and(|number| number < limit);
    below(hour, 24) && below(minute, 60) && below(second, 60) && is_fraction
}

fn is_offset(text: &str) -> bool {
    match text.strip_prefix(['+', '-']) {
        None => text == "Z",
        Some(clock) => clock.split_once(':').is_some_and(|(hour, minute)| {
            digits(hour, 2) && digits(minute, 2) && hour.parse::<u32>().is_ok_and(|hour| hour <= 14) && minute < "60"
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_offset_is_norways() {
        for (written, meant) in [
            ("2026-03-02T10:15:00", Some("2026-03-02T10:15:00+01:00")),
            ("2026-07-02T10:15:00.50", Some("2026-07-02T10:15:00.50+02:00")),
            ("2026-07-02T10:15:00Z", Some("2026-07-02T10:15:00Z")),
            ("2026-07-02T10:15:00-05:30", Some("2026-07-02T10:15:00-05:30")),
            // The hour that is skipped in March has the offset before it.
            ("2026-03-29T02:30:00", Some("2026-03-29T02:30:00+01:00")),
            ("2026-07-02T24:00:00", None),
            ("2026-02-30T10:00:00", None),
            ("2026-07-02T10:15", None),
            ("2026-07-02", None),
            ("12026-07-02T10:15:00", None),
        ] {
            assert_eq!(with_offset(written).as_deref(), meant, "{written}");
        }
    }
}
