//! A calendar month in UTC: what content is kept by, with a key and tables of its own.

use super::Timestamp;
use std::fmt;
use std::str::FromStr;

/// A month.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// The month that a moment is in.
    pub fn of(at: Timestamp) -> Self {
        let shown = at.to_string();
        shown.get(..7).and_then(|month| month.parse().ok()).unwrap_or(Self { year: 1970, month: 1 })
    }

    /// As it ends the name of a table: `202611`.
    pub fn digits(self) -> String {
        format!("{:04}{:02}", self.year, self.month)
    }

    /// So many months before.
    #[must_use]
    pub fn back(self, months: u32) -> Self {
        let counted = i64::from(self.year) * 12 + i64::from(self.month) - 1 - i64::from(months);
        let (year, month) = (counted.div_euclid(12), counted.rem_euclid(12) + 1);
        Self { year: i16::try_from(year).unwrap_or_default().max(0), month: i8::try_from(month).unwrap_or(1) }
    }

    /// Its first moment.
    pub fn start(self) -> Timestamp {
        first_of(self.year, self.month)
    }

    /// The first moment of the month after.
    pub fn end(self) -> Timestamp {
        let next = if self.month == 12 { (self.year + 1, 1) } else { (self.year, self.month + 1) };
        first_of(next.0, next.1)
    }
}

fn first_of(year: i16, month: i8) -> Timestamp {
    let first = jiff::civil::Date::new(year, month, 1).and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC));
    Timestamp::from_millis(first.map_or(0, |first| first.timestamp().as_millisecond()))
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "a month is four digits, a hyphen and two digits: 2026-11";
        let (year, month) = text.split_once('-').filter(|_| text.len() == 7 && text.is_ascii()).ok_or(wrong)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (year, month) = Some((year, month)).filter(|(year, month)| digits(year) && digits(month)).ok_or(wrong)?;
        let month = Self { year: year.parse().map_err(|_| wrong)?, month: month.parse().map_err(|_| wrong)? };
        if (1..=12).contains(&month.month) { Ok(month) } else { Err(wrong) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_and_ends_in_utc() {
        let of = |text: &str| Month::of(Timestamp::parse_xs_date_time(text).expect("a time"));
        assert_eq!(of("2026-11-30T23:59:59.999Z").to_string(), "2026-11");
        assert_eq!(of("2026-12-01T00:00:00Z").digits(), "202612");
        assert_eq!(of("2026-12-31T00:00:00Z").end().to_string(), "2027-01-01T00:00:00.000Z");
        assert_eq!(
            "2026-02".parse::<Month>().map(Month::end).map(|at| at.to_string()),
            Ok("2026-03-01T00:00:00.000Z".into())
        );
    }

    #[test]
    fn months_are_counted_back_over_new_years() {
        let month: Month = "2026-03".parse().expect("a month");
        for (months, before) in [(0, "2026-03"), (2, "2026-01"), (3, "2025-12"), (27, "2023-12"), (1200, "1926-03")] {
            assert_eq!(month.back(months).to_string(), before);
        }
        assert_eq!(month.back(u32::MAX).to_string(), "0000-12", "never before there were months");
    }

    #[test]
    fn what_is_no_month_is_called_so() {
        for text in ["", "2026", "2026-13", "2026-00", "26-01-1", "2026-1", "+026-01", "2026-+1", "2026/11"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
