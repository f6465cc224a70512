//! Decimal numbers of any length, compared digit by digit where they stand: no number is ever too long or rounded.

use super::slip::Slip;
use std::cmp::Ordering;

/// A number as its digits, without zeros that say nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Decimal<'t> {
    negative: bool,
    whole: &'t [u8],
    fraction: &'t [u8],
}

impl<'t> Decimal<'t> {
    /// 3.2.3.1: an optional sign, digits, and a point with digits before or behind it.
    pub(super) fn read(text: &'t str) -> Result<Self, Slip> {
        let (negative, digits) = signed(text);
        let (whole, fraction) = match digits.iter().position(|b| *b == b'.') {
            Some(at) => (&digits[..at], &digits[at + 1..]),
            None => (digits, &digits[digits.len()..]),
        };
        if !all_digits(whole) || !all_digits(fraction) || whole.len() + fraction.len() == 0 {
            return Err(if text.is_empty() { Slip::Empty } else { Slip::Form });
        }
        Ok(Self::trimmed(negative, whole, fraction))
    }

    /// 3.3.13.1: an optional sign and digits.
    pub(super) fn read_integer(text: &'t str, may_have_sign: bool) -> Result<Self, Slip> {
        let (negative, digits) = if may_have_sign { signed(text) } else { (false, text.as_bytes()) };
        if digits.is_empty() || !all_digits(digits) {
            return Err(if text.is_empty() { Slip::Empty } else { Slip::Form });
        }
        Ok(Self::trimmed(negative, digits, &[]))
    }

    fn trimmed(negative: bool, whole: &'t [u8], fraction: &'t [u8]) -> Self {
        let zeros = whole.iter().take_while(|b| **b == b'0').count();
        let end = without_trailing_zeros(fraction);
        let (whole, fraction) = (&whole[zeros..], end);
        Self { negative: negative && whole.len() + fraction.len() > 0, whole, fraction }
    }

    /// Digits that say something. By 4.3.11 (i × 10⁻ⁿ, |i| < 10ᵗ and n ≤ t) the zeros of 0.005 behind the point count.
    pub(super) fn total_digits(&self) -> u64 {
        (self.whole.len() + self.fraction.len()) as u64
    }

    /// Digits behind the point, without zeros at the end (4.3.12).
    pub(super) fn fraction_digits(&self) -> u64 {
        self.fraction.len() as u64
    }

    pub(super) fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.cmp_size(other),
            (true, true) => other.cmp_size(self),
        }
    }

    fn cmp_size(&self, other: &Self) -> Ordering {
        let by_length = self.whole.len().cmp(&other.whole.len());
        by_length.then_with(|| self.whole.cmp(other.whole)).then_with(|| self.fraction.cmp(other.fraction))
    }
}

/// Digits behind a point without the zeros at their end: compared as texts they then stand in the order of numbers.
pub(super) fn without_trailing_zeros(digits: &[u8]) -> &[u8] {
    let end = digits.iter().rposition(|b| *b != b'0').map_or(0, |at| at + 1);
    &digits[..end]
}

pub(super) fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

fn signed(text: &str) -> (bool, &[u8]) {
    match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    }
}

/// 3.2.4.1: a decimal with an optional exponent, `INF`, `-INF` or `NaN`. libxml2 also takes an `e` with nothing behind it.
pub(super) fn float_form(text: &str) -> Result<(), Slip> {
    if matches!(text, "INF" | "-INF" | "NaN") {
        return Ok(());
    }
    match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => Decimal::read(mantissa).and(Decimal::read_integer(exponent, true)).map(drop),
        None => Decimal::read(text).map(drop),
    }
    .map_err(|_| if text.is_empty() { Slip::Empty } else { Slip::Form })
}

/// The number of a text that has passed [`float_form`]; what is too large becomes infinite, as IEEE 754 rounds.
pub(super) fn double(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

/// The same with the precision of `float`.
pub(super) fn float(text: &str) -> f32 {
    text.parse().unwrap_or(f32::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_as_the_standard_writes_them() {
        for good in ["0", "-0", "+1", "1.", ".1", "-.1", "1.50", "000", &"9".repeat(400)] {
            assert!(Decimal::read(good).is_ok(), "{good}");
        }
        for bad in ["", "+", "-", ".", "+.", "1.0.0", "1,5", "1e1", "INF", "--1", "1 0", "١"] {
            assert!(Decimal::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn order_is_that_of_numbers_at_any_length() {
        let long = format!("1{}", "0".repeat(300));
        let ordered = ["-10.5", "-10.25", "-1", "0", "0.001", "0.0011", "0.5", "1", "2", "10", "10.01", &long];
        for (at, smaller) in ordered.iter().enumerate() {
            for (behind, larger) in ordered.iter().enumerate() {
                let (one, other) = (Decimal::read(smaller).unwrap(), Decimal::read(larger).unwrap());
                assert_eq!(one.cmp(&other), at.cmp(&behind), "{smaller} {larger}");
            }
        }
    }

    #[test]
    fn zeros_that_say_nothing_make_no_difference() {
        for (one, other) in [("0", "-0.00"), ("1", "+01.0"), ("-0.5", "-.500")] {
            assert_eq!(Decimal::read(one).unwrap(), Decimal::read(other).unwrap());
        }
        let digits = |text| Decimal::read(text).map(|d| (d.total_digits(), d.fraction_digits())).unwrap();
        assert_eq!(digits("00123.4500"), (5, 2));
        assert_eq!(digits("0.005"), (3, 3));
        assert_eq!(digits("100"), (3, 0));
        assert_eq!(digits("0"), (0, 0));
    }

    #[test]
    fn floats_have_exponents_and_three_special_words() {
        for good in ["1", "1e1", "1.E+1", ".1e-1", "INF", "-INF", "NaN", "1e999"] {
            assert!(float_form(good).is_ok(), "{good}");
        }
        for bad in ["", "1e", "e1", "1e1.0", "+INF", "inf", "nan", "-NaN", "0x1", "1 e1", "infinity"] {
            assert!(float_form(bad).is_err(), "{bad}");
        }
        assert_eq!(double("1e999"), f64::INFINITY);
        assert_eq!(double("-INF"), f64::NEG_INFINITY);
        assert_eq!(float("0.1"), 0.1_f32);
        assert!(double("NaN").is_nan());
    }
}
