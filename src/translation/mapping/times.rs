//! Times as XML writes them and as FHIR does. It knows lexical forms, and when Norway has summer time.

use crate::schema::simple::{Builtin, SimpleType};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::sync::LazyLock;

/// Norway's time: a document without offset means this.
static OSLO: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a rule of the right form"));

/// Whether FHIR writes this as XML Schema does: a year of four digits, not before the year 1, and of this length, without offset.
fn is_plain(kind: Builtin, text: &str, length: usize) -> bool {
    text.len() == length && !text.starts_with('-') && SimpleType::builtin(kind).check(text).is_ok()
}

/// Whether this is `YYYY-MM-DD`, of a day that there is.
pub(in crate::translation) fn is_date(text: &str) -> bool {
    is_plain(Builtin::Date, text, "YYYY-MM-DD".len())
}

pub(in crate::translation) fn is_year(text: &str) -> bool {
    is_plain(Builtin::GYear, text, "YYYY".len())
}

pub(in crate::translation) fn is_month(text: &str) -> bool {
    is_plain(Builtin::GYearMonth, text, "YYYY-MM".len())
}

/// A time with an offset, as FHIR wants it; `None` when the text is none that it can say: a year of more digits or before the
/// year 1, or the hour 24.
pub(super) fn with_offset(text: &str) -> Option<String> {
    let is_sayable = text.as_bytes().get(10) == Some(&b'T') && !text.starts_with('-') && text.get(11..13) != Some("24");
    if !is_sayable || SimpleType::builtin(Builtin::DateTime).check(text).is_err() {
        return None;
    }
    // Behind the hour, only an offset has one of these.
    if text[11..].contains(['Z', '+', '-']) {
        return Some(text.to_owned());
    }
    let civil: DateTime = text.get(..19)?.parse().ok()?;
    let meant = civil.to_zoned(OSLO.clone()).ok()?.timestamp();
    // In the hour that is skipped this is the offset before it.
    let as_if_utc = civil.to_zoned(TimeZone::UTC).ok()?.timestamp();
    let minutes = (as_if_utc.as_second() - meant.as_second()) / 60;
    Some([text, if minutes == 120 { "+02:00" } else { "+01:00" }].concat())
}

/// What the clocks in Norway show at an instant of FHIR, to the second, as `xs:dateTime`; `None` when the text is no instant.
/// With `offset`, what it is beside UTC too.
pub(in crate::translation) fn in_oslo(instant: &str, offset: bool) -> Option<String> {
    SimpleType::builtin(Builtin::DateTime).check(instant).ok()?;
    let there = instant.parse::<jiff::Timestamp>().ok()?.to_zoned(OSLO.clone());
    Some(there.strftime(if offset { "%Y-%m-%dT%H:%M:%S%:z" } else { "%Y-%m-%dT%H:%M:%S" }).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_shown_as_norwegian_clocks_do() {
        for (instant, local, with_offset) in [
            ("2026-03-02T09:15:00Z", "2026-03-02T10:15:00", "2026-03-02T10:15:00+01:00"),
            ("2026-07-02T23:15:00.987+01:00", "2026-07-03T00:15:00", "2026-07-03T00:15:00+02:00"),
        ] {
            assert_eq!(in_oslo(instant, false).as_deref(), Some(local));
            assert_eq!(in_oslo(instant, true).as_deref(), Some(with_offset));
        }
        for none in ["2026-03-02", "2026-03-02T09:15:00", "2026-02-30T09:15:00Z", ""] {
            assert_eq!(in_oslo(none, false), None, "{none}");
        }
    }

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
            ("2026-07-02T10:15:00+14:30", None),
            (" 2026-07-02T10:15:00", None),
        ] {
            assert_eq!(with_offset(written).as_deref(), meant, "{written}");
        }
    }
}
