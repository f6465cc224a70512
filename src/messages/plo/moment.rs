//! A time as a PLO message writes it: a day, or a day with a clock (HIS 80117, TS). Two are compared as exactly as both are.

use crate::domain::Timestamp;

/// A day, and the instant where there is a clock too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment<'t> {
    day: &'t str,
    instant: Option<Timestamp>,
}

const DAY: &[u8] = b"dddd-dd-dd";

impl<'t> Moment<'t> {
    /// Reads `xs:date` and `xs:dateTime`. Nothing for a year, a month or a clock alone, and for what is no time at all.
    pub fn read(text: &'t str) -> Option<Self> {
        let text = text.trim();
        let day = text.get(..DAY.len())?;
        let is_a_day =
            DAY.iter().zip(day.bytes()).all(|(d, byte)| if *d == b'd' { byte.is_ascii_digit() } else { *d == byte });
        is_a_day.then(|| Self { day, instant: Timestamp::parse_xs_date_time(text) })
    }

    /// Whether it says the time of day.
    pub fn has_clock(self) -> bool {
        self.instant.is_some()
    }

    /// The year.
    pub fn year(self) -> Option<u16> {
        self.day.get(..4)?.parse().ok()
    }

    /// Whether its day is a later one. Four digits of year come first: the order of the letters is the order of the days.
    pub fn is_of_a_later_day(self, other: Moment<'_>) -> bool {
        self.day > other.day
    }

    /// Whether it is later: by the clock where both have one, else by the day.
    pub fn is_after(self, other: Moment<'_>) -> bool {
        match (self.instant, other.instant) {
            (Some(this), Some(that)) => this > that,
            _ => self.is_of_a_later_day(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_times_are_compared_by_the_clock_where_both_have_one_and_else_by_the_day() {
        let after = |this, that| Moment::read(this).zip(Moment::read(that)).map(|(this, that)| this.is_after(that));
        assert_eq!(after("2026-03-03", "2026-03-02T23:59:00+01:00"), Some(true));
        assert_eq!(after("2026-03-02", "2026-03-02T00:01:00+01:00"), Some(false), "the same day");
        assert_eq!(after("2026-03-02T10:00:01+01:00", "2026-03-02T10:00:00+01:00"), Some(true));
        assert_eq!(after("2026-03-02T10:00:01+02:00", "2026-03-02T10:00:00+01:00"), Some(false), "an hour earlier");
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for text in ["2026", "2026-03", "10:15:00", "", "i går kveld", "02.03.2026"] {
            assert_eq!(Moment::read(text), None, "{text}");
        }
        assert_eq!(Moment::read("2026-03-02+01:00").map(Moment::has_clock), Some(false));
    }
}
