//! Dates and times: the eight types of the Gregorian calendar (3.2.7 to 3.2.14), their forms and their partial order.
//!
//! Years have up to 18 digits and a sign; whether a year is a leap year goes by its number as written (appendix E). There is
//! no year 0000 and no leap second. libxml2 refuses blanks around these values and fractions that round up to 60 seconds:
//! the standard allows both.

use super::builtin::Builtin;
use super::decimal::without_trailing_zeros;
use super::slip::Slip;
use std::cmp::Ordering;

/// A point of time; what its type leaves open is filled with the same values everywhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment<'t> {
    year: i64,
    month: u8,
    day: u8,
    /// Of the day; 86 400 for 24:00:00, the first second of the next day.
    seconds: u32,
    fraction: &'t [u8],
    /// Minutes ahead of UTC.
    zone: Option<i16>,
}

/// A leap year, so that `--02-29` is a day.
const SOME_YEAR: i64 = 1972;
const DAY_SECONDS: u32 = 86_400;
const ZONE_MINUTES_MAX: i16 = 14 * 60;
const YEAR_DIGITS_MAX: usize = 18;

impl<'t> Moment<'t> {
    /// A text of one of the eight types, without blanks around it.
    pub(super) fn read(kind: Builtin, text: &'t str) -> Result<Self, Slip> {
        if text.is_empty() {
            return Err(Slip::Empty);
        }
        let mut moment = Self { year: SOME_YEAR, month: 1, day: 1, seconds: 0, fraction: &[], zone: None };
        let mut rest = Rest(text.as_bytes());
        match kind {
            Builtin::DateTime => {
                moment.read_date(&mut rest)?;
                rest.take(b'T')?;
                moment.read_time(&mut rest)?;
            }
            Builtin::Time => {
                moment.read_time(&mut rest)?;
                // 24:00:00 and 00:00:00 are one time of day.
                moment.seconds %= DAY_SECONDS;
            }
            Builtin::Date => moment.read_date(&mut rest)?,
            Builtin::GYearMonth => moment.read_year_and_month(&mut rest)?,
            Builtin::GYear => moment.year = rest.year()?,
            Builtin::GMonthDay => {
                rest.take_all(b"--")?;
                moment.month = rest.month()?;
                rest.take(b'-')?;
                moment.day = rest.two()?;
            }
            Builtin::GDay => {
                rest.take_all(b"---")?;
                moment.day = rest.two()?;
            }
            _ => {
                rest.take_all(b"--")?;
                moment.month = rest.month()?;
            }
        }
        moment.zone = rest.zone()?;
        if !(1..=days_in(moment.year, moment.month)).contains(&moment.day) {
            return Err(Slip::Day);
        }
        Ok(moment)
    }

    fn read_year_and_month(&mut self, rest: &mut Rest<'t>) -> Result<(), Slip> {
        self.year = rest.year()?;
        rest.take(b'-')?;
        self.month = rest.month()?;
        Ok(())
    }

    fn read_date(&mut self, rest: &mut Rest<'t>) -> Result<(), Slip> {
        self.read_year_and_month(rest)?;
        rest.take(b'-')?;
        self.day = rest.two()?;
        Ok(())
    }

    fn read_time(&mut self, rest: &mut Rest<'t>) -> Result<(), Slip> {
        let hour = u32::from(rest.two()?);
        rest.take(b':')?;
        let minute = u32::from(rest.two()?);
        rest.take(b':')?;
        let second = u32::from(rest.two()?);
        self.fraction = rest.fraction()?;
        self.seconds = hour * 3600 + minute * 60 + second;
        match (hour, minute, second) {
            (24, 0, 0) if self.fraction.is_empty() => Ok(()),
            (24.., _, _) => Err(Slip::Hour),
            (_, 60.., _) => Err(Slip::Minute),
            (_, _, 60..) => Err(Slip::Second),
            _ => Ok(()),
        }
    }

    /// 3.2.7.4: with one time zone missing, only what is more than 14 hours apart has an order.
    pub(super) fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let (one, two) = (self.whole_seconds(), other.whole_seconds());
        let range = i128::from(ZONE_MINUTES_MAX) * 60;
        let fractions = self.fraction.cmp(other.fraction);
        if self.zone.is_some() == other.zone.is_some() {
            return Some(one.cmp(&two).then(fractions));
        }
        if one.cmp(&(two - range)).then(fractions).is_lt() {
            return Some(Ordering::Less);
        }
        one.cmp(&(two + range)).then(fractions).is_gt().then_some(Ordering::Greater)
    }

    /// In UTC, or in the unknown zone.
    fn whole_seconds(&self) -> i128 {
        let days = days_before(i128::from(self.year), i128::from(self.month)) + i128::from(self.day);
        days * i128::from(DAY_SECONDS) + i128::from(self.seconds) - i128::from(self.zone.unwrap_or(0)) * 60
    }
}

/// Days from the beginning of March of year 0 to the beginning of a month (months count on over 12 into the next years).
pub(super) fn days_before(year: i128, month: i128) -> i128 {
    // Counted from March the leap day is the last of a year, and months are 31 and 30 in turn: (153 m + 2) / 5 days.
    let months = year * 12 + (month - 1) - 2;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (153 * month + 2) / 5
}

fn days_in(year: i64, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What is not read yet.
struct Rest<'t>(&'t [u8]);

impl<'t> Rest<'t> {
    fn take(&mut self, byte: u8) -> Result<(), Slip> {
        self.0 = self.0.strip_prefix(&[byte]).ok_or(Slip::Form)?;
        Ok(())
    }

    fn take_all(&mut self, bytes: &[u8]) -> Result<(), Slip> {
        self.0 = self.0.strip_prefix(bytes).ok_or(Slip::Form)?;
        Ok(())
    }

    fn two(&mut self) -> Result<u8, Slip> {
        match self.0 {
            [a @ b'0'..=b'9', b @ b'0'..=b'9', rest @ ..] => {
                self.0 = rest;
                Ok((a - b'0') * 10 + (b - b'0'))
            }
            _ => Err(Slip::Form),
        }
    }

    fn month(&mut self) -> Result<u8, Slip> {
        self.two().and_then(|month| if (1..=12).contains(&month) { Ok(month) } else { Err(Slip::Month) })
    }

    fn digits(&mut self) -> &'t [u8] {
        let count = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        digits
    }

    /// At least four digits; more than four do not begin with 0.
    fn year(&mut self) -> Result<i64, Slip> {
        let sign = if self.take(b'-').is_ok() { -1 } else { 1 };
        let digits = self.digits();
        match digits {
            b"0000" => Err(Slip::YearZero),
            [] | [_] | [_, _] | [_, _, _] | [b'0', _, _, _, _, ..] => Err(Slip::Form),
            digits if digits.len() > YEAR_DIGITS_MAX => Err(Slip::YearTooLong),
            digits => Ok(digits.iter().fold(0, |year, digit| year * 10 + i64::from(digit - b'0')) * sign),
        }
    }

    fn fraction(&mut self) -> Result<&'t [u8], Slip> {
        if self.take(b'.').is_err() {
            return Ok(&[]);
        }
        let digits = self.digits();
        if digits.is_empty() { Err(Slip::Form) } else { Ok(without_trailing_zeros(digits)) }
    }

    /// The end: nothing, `Z`, or hours and minutes ahead of UTC.
    fn zone(&mut self) -> Result<Option<i16>, Slip> {
        let sign = match self.0 {
            [] => return Ok(None),
            [b'Z'] => return Ok(Some(0)),
            [b'+', ..] => 1,
            [b'-', ..] => -1,
            _ => return Err(Slip::Form),
        };
        self.0 = &self.0[1..];
        let hours = i16::from(self.two()?);
        self.take(b':')?;
        let minutes = i16::from(self.two()?);
        let zone = hours * 60 + minutes;
        match self.0 {
            [] if minutes < 60 && zone <= ZONE_MINUTES_MAX => Ok(Some(sign * zone)),
            [] => Err(Slip::Zone),
            _ => Err(Slip::Form),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: Builtin, good: &str, bad: &[(&str, Slip)]) {
        for good in good.split(' ') {
            assert!(Moment::read(kind, good).is_ok(), "{good}");
        }
        for (bad, slip) in bad {
            assert_eq!(Moment::read(kind, bad).unwrap_err(), *slip, "{bad}");
        }
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        let good = "2012-05-04 2012-05-04Z 2012-05-04+14:00 2012-05-04-14:00 2012-02-29 2000-02-29 -0004-02-29 -0001-01-01 \
                    12012-01-01 999999999999999999-12-31";
        let form = |text| (text, Slip::Form);
        let bad = [
            ("", Slip::Empty),
            ("2012-02-30", Slip::Day),
            ("2011-02-29", Slip::Day),
            ("1900-02-29", Slip::Day),
            ("-0001-02-29", Slip::Day),
            ("2012-04-31", Slip::Day),
            ("2012-01-00", Slip::Day),
            ("2012-13-01", Slip::Month),
            ("0000-01-01", Slip::YearZero),
            ("1000000000000000000-01-01", Slip::YearTooLong),
            ("2012-05-04+14:01", Slip::Zone),
            ("2012-05-04+13:60", Slip::Zone),
        ];
        check(Builtin::Date, good, &bad);
        let forms = ["02012-01-01", "012-01-01", "2012-5-4", "20120504", "+2012-05-04", "2012-05-04z", "2012-05-04+2:00"];
        check(Builtin::Date, "0001-01-01", &forms.map(form));
        check(Builtin::Date, "9999-12-31", &["2012-05-04T00:00:00", "2012-05-04 ", "２０１２-05-04"].map(form));
    }

    #[test]
    fn midnight_may_be_hour_24_and_nothing_else_may() {
        let good = "2012-05-04T00:00:00 2012-05-04T24:00:00 2012-05-04T24:00:00.00Z 2012-05-04T23:59:59.999999999999999999";
        let bad = [
            ("2012-05-04T24:00:01", Slip::Hour),
            ("2012-05-04T24:00:00.1", Slip::Hour),
            ("2012-05-04T12:60:00", Slip::Minute),
            ("2012-05-04T12:30:60", Slip::Second),
            ("2012-05-04T12:30:00.", Slip::Form),
            ("2012-05-04T12:30", Slip::Form),
            ("2012-05-04 12:30:00", Slip::Form),
            ("2012-05-04t12:30:00", Slip::Form),
        ];
        check(Builtin::DateTime, good, &bad);
        check(Builtin::Time, "24:00:00 13:45:00.5-14:00", &[("25:00:00", Slip::Hour), ("1:00:00", Slip::Form)]);
    }

    #[test]
    fn the_parts_of_dates_have_their_own_forms() {
        check(Builtin::GYearMonth, "2012-05 -2012-05Z", &[("2012-13", Slip::Month), ("2012", Slip::Form)]);
        check(Builtin::GYear, "2012 12345-14:00", &[("12", Slip::Form), ("0000", Slip::YearZero)]);
        check(Builtin::GMonthDay, "--02-29 --05-04Z", &[("--02-30", Slip::Day), ("-05-04", Slip::Form)]);
        check(Builtin::GDay, "---31 ---04-01:00", &[("---32", Slip::Day), ("---00", Slip::Day)]);
        check(Builtin::GMonth, "--05 --12Z", &[("--13", Slip::Month), ("--05--", Slip::Form)]);
    }

    #[track_caller]
    fn order(kind: Builtin, one: &str, other: &str) -> Option<Ordering> {
        let (one, other) = (Moment::read(kind, one).unwrap(), Moment::read(kind, other).unwrap());
        assert_eq!(one.partial_cmp(&other), other.partial_cmp(&one).map(Ordering::reverse));
        one.partial_cmp(&other)
    }

    #[test]
    fn time_zones_are_taken_into_account() {
        use Ordering::{Equal, Greater, Less};
        let dt = |one, other| order(Builtin::DateTime, one, other);
        assert_eq!(dt("2012-05-04T12:00:00+02:00", "2012-05-04T10:00:00Z"), Some(Equal));
        assert_eq!(dt("2012-05-04T24:00:00", "2012-05-05T00:00:00"), Some(Equal));
        assert_eq!(dt("2012-12-31T23:00:00-02:00", "2013-01-01T00:30:00Z"), Some(Greater));
        assert_eq!(dt("2012-05-04T12:00:00.5", "2012-05-04T12:00:00.50"), Some(Equal));
        assert_eq!(dt("2012-05-04T12:00:00.5", "2012-05-04T12:00:00.51"), Some(Less));
        assert_eq!(dt("-0002-01-01T00:00:00", "-0001-01-01T00:00:00"), Some(Less));
        assert_eq!(order(Builtin::Time, "24:00:00", "00:00:00"), Some(Equal));
    }

    #[test]
    fn without_a_time_zone_the_order_is_partial() {
        let dt = |one, other| order(Builtin::DateTime, one, other);
        // The examples of 3.2.7.4.
        assert_eq!(dt("2000-01-15T00:00:00", "2000-02-15T00:00:00"), Some(Ordering::Less));
        assert_eq!(dt("2000-01-15T12:00:00", "2000-01-16T12:00:00Z"), Some(Ordering::Less));
        assert_eq!(dt("2000-01-01T12:00:00", "1999-12-31T23:00:00Z"), None);
        assert_eq!(dt("2000-01-16T12:00:00", "2000-01-16T12:00:00Z"), None);
        assert_eq!(dt("2000-01-16T00:00:00", "2000-01-16T12:00:00Z"), None);
    }

    #[test]
    fn days_are_counted_as_the_calendar_has_them() {
        assert_eq!(days_before(2012, 3) - days_before(2012, 2), 29);
        assert_eq!(days_before(1900, 3) - days_before(1900, 2), 28);
        assert_eq!(days_before(2001, 1) - days_before(2000, 1), 366);
        assert_eq!(days_before(2000, 13), days_before(2001, 1));
        assert_eq!(days_before(2000, 0), days_before(1999, 12));
        assert_eq!(days_before(2400, 1) - days_before(2000, 1), 146_097);
    }
}
