//! `duration` (3.2.6): its form and its partial order. A number over 18 digits counts as 10¹⁸ when durations are compared.

use super::calendar::days_before;
use super::decimal::without_trailing_zeros;
use super::slip::Slip;
use std::cmp::Ordering;

/// Months, seconds and a fraction of a second, all with the same sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Duration<'t> {
    negative: bool,
    months: i128,
    seconds: i128,
    fraction: &'t [u8],
}

/// Designator, months, seconds. Before and behind the `T`.
const DATE: [(u8, i128, i128); 3] = [(b'Y', 12, 0), (b'M', 1, 0), (b'D', 0, 86_400)];
const TIME: [(u8, i128, i128); 3] = [(b'H', 0, 3600), (b'M', 0, 60), (b'S', 0, 1)];

/// 3.2.6.2: what is smaller from each of these months on is smaller.
const REFERENCES: [(i128, i128); 4] = [(1696, 9), (1697, 2), (1903, 3), (1903, 7)];

impl<'t> Duration<'t> {
    /// `-?P(nY)?(nM)?(nD)?(T(nH)?(nM)?(n(.n)?S)?)?` with at least one number, and one behind a `T`.
    pub(super) fn read(text: &'t str) -> Result<Self, Slip> {
        if text.is_empty() {
            return Err(Slip::Empty);
        }
        let (negative, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let rest = rest.strip_prefix('P').ok_or(Slip::Form)?;
        let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
        if time.map_or(date, |time| time).is_empty() {
            return Err(Slip::Form);
        }
        let mut duration = Self { negative, months: 0, seconds: 0, fraction: &[] };
        duration.read_parts(date.as_bytes(), &DATE)?;
        duration.read_parts(time.unwrap_or_default().as_bytes(), &TIME)?;
        Ok(duration)
    }

    fn read_parts(&mut self, mut rest: &'t [u8], mut parts: &[(u8, i128, i128)]) -> Result<(), Slip> {
        while !rest.is_empty() {
            let number;
            (number, rest) = digits(rest)?;
            if let [b'.', behind @ ..] = rest {
                let (fraction, behind) = digits(behind)?;
                // Only the last part of all, the seconds, may have one.
                if behind != b"S" {
                    return Err(Slip::Form);
                }
                self.fraction = without_trailing_zeros(fraction);
                rest = behind;
            }
            let (designator, behind) = rest.split_first().ok_or(Slip::Form)?;
            let at = parts.iter().position(|part| part.0 == *designator).ok_or(Slip::Form)?;
            self.months += parts[at].1 * bounded(number);
            self.seconds += parts[at].2 * bounded(number);
            (rest, parts) = (behind, &parts[at + 1..]);
        }
        Ok(())
    }

    pub(super) fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let mut orders = REFERENCES.iter().map(|from| self.after(*from).cmp_with(&other.after(*from)));
        let first = orders.next()?;
        orders.all(|order| order == first).then_some(first)
    }

    /// Seconds and fraction when added to the beginning of a month.
    fn after(&self, (year, month): (i128, i128)) -> After<'t> {
        let sign = if self.negative { -1 } else { 1 };
        let days = days_before(year, month + sign * self.months);
        After { seconds: days * 86_400 + sign * self.seconds, negative: self.negative, fraction: self.fraction }
    }
}

struct After<'t> {
    seconds: i128,
    negative: bool,
    fraction: &'t [u8],
}

impl After<'_> {
    fn cmp_with(&self, other: &Self) -> Ordering {
        // A negative duration takes its fraction away: −1.5 s is one whole second less and more than −2 s.
        let part = |one: &Self, two: &Self| match (one.negative, two.negative) {
            (false, false) => one.fraction.cmp(two.fraction),
            (true, true) => two.fraction.cmp(one.fraction),
            (true, false) if one.fraction.is_empty() && two.fraction.is_empty() => Ordering::Equal,
            (false, true) if one.fraction.is_empty() && two.fraction.is_empty() => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        };
        self.seconds.cmp(&other.seconds).then_with(|| part(self, other))
    }
}

fn digits(bytes: &[u8]) -> Result<(&[u8], &[u8]), Slip> {
    let count = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if count == 0 { Err(Slip::Form) } else { Ok(bytes.split_at(count)) }
}

fn bounded(digits: &[u8]) -> i128 {
    const MOST: i128 = 1_000_000_000_000_000_000;
    digits.iter().fold(0, |number: i128, digit| (number * 10 + i128::from(digit - b'0')).min(MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_numbers_with_designators_in_order() {
        let good = "P1Y -P1Y P1M P1D PT1H PT1M PT1S PT1.5S P1Y2M3DT4H5M6.7S P0Y PT0S P99999999999999999999999999Y";
        for good in good.split(' ') {
            assert!(Duration::read(good).is_ok(), "{good}");
        }
        let bad =
            "P -P PT +P1Y P1.5Y P1YT P1M1Y P1S PT1D P-1Y P1Y1Y p1y P1W 1Y PT1M1H P1Y2 PT1.S PT.5S P1DT1.5H PT1.5 P1T1H1";
        for bad in bad.split(' ') {
            assert!(Duration::read(bad).is_err(), "{bad}");
        }
        assert_eq!(Duration::read("").unwrap_err(), Slip::Empty);
    }

    #[test]
    fn only_what_holds_from_every_month_on_is_an_order() {
        use Ordering::{Equal, Greater, Less};
        let order = |one, other| Duration::read(one).unwrap().partial_cmp(&Duration::read(other).unwrap());
        // The table of 3.2.6.2.
        assert_eq!(order("P1Y", "P364D"), Some(Greater));
        assert_eq!(order("P1Y", "P365D"), None);
        assert_eq!(order("P1Y", "P367D"), Some(Less));
        assert_eq!(order("P1M", "P27D"), Some(Greater));
        assert_eq!(order("P1M", "P30D"), None);
        assert_eq!(order("P1M", "P32D"), Some(Less));
        assert_eq!(order("P5M", "P149D"), Some(Greater));
        assert_eq!(order("P5M", "P152D"), None);
        assert_eq!(order("P1Y", "P12M"), Some(Equal));
        assert_eq!(order("P1D", "PT24H"), Some(Equal));
        assert_eq!(order("PT1.5S", "PT1.50S"), Some(Equal));
        assert_eq!(order("-PT1.5S", "-PT1.2S"), Some(Less));
        assert_eq!(order("-PT0.5S", "PT0.3S"), Some(Less));
        assert_eq!(order("-PT0S", "PT0S"), Some(Equal));
        assert_eq!(order("-P1Y", "P1Y"), Some(Less));
    }
}
