//! What belongs to a person: values that no log line, metric, URL or error text can be made of.
//!
//! The type has neither `Display` nor `Debug`; `format!` on it does not compile:
//!
//! ```compile_fail
//! let name = bindeledd::domain::Private::new("Stille Fjord".to_string());
//! println!("{name}");
//! ```
//!
//! ```compile_fail
//! let name = bindeledd::domain::Private::new("Stille Fjord".to_string());
//! println!("{name:?}");
//! ```
//!
//! The same holds for an identity number:
//!
//! ```compile_fail
//! let number = bindeledd::domain::PersonNumber::parse("01815000274").unwrap();
//! println!("{number:?}");
//! ```

/// A value about a person, or the content of a message. It can be compared and handed on, not formatted.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Puts a value under the lock.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value in the clear. Only what writes to the wire or judges the value may call this: `tests/tidy.rs` holds the list.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

/// The classes of identity number of HIS 1001.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumberClass {
    /// Fødselsnummer: DDMMYY, individual number, two check digits.
    Fodselsnummer,
    /// D-number: as above with 40 added to the day.
    DNumber,
    /// H-number, internal to one organisation: 40 added to the month.
    HNumber,
    /// FH-number, common help number: the first digit is 8 or 9.
    FhNumber,
}

impl NumberClass {
    /// The class that a number is written as: eleven digits, whatever its check digits are. Blanks and dots do not count (R-060).
    pub fn of(written: &str) -> Option<Self> {
        PersonNumber::classify(&eleven_digits(written)?)
    }
}

fn eleven_digits(written: &str) -> Option<[u8; 11]> {
    let mut digits = [0u8; 11];
    let mut length = 0;
    for c in written.trim().chars().filter(|c| !matches!(c, ' ' | '.' | '\u{a0}')) {
        *digits.get_mut(length)? = u8::try_from(c.to_digit(10)?).ok()?;
        length += 1;
    }
    (length == digits.len()).then_some(digits)
}

/// The birth date in an identity number: two digits for the year, and the century where the individual number tells it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BirthDate {
    century: Option<i16>,
    year: i16,
    month: i8,
    day: i8,
}

impl BirthDate {
    /// Whether it is this date, written as `xs:date`; `None` when that is no date.
    pub fn agrees_with(&self, written: &str) -> Option<bool> {
        let date: jiff::civil::Date = written.trim().get(..10)?.parse().ok()?;
        let year = self.century.map_or(date.year() % 100 == self.year, |century| date.year() == century + self.year);
        Some(year && date.month() == self.month && date.day() == self.day)
    }

    /// Whether there is such a day. Where the century is not told, 29 February passes in any year that could be a leap year.
    fn exists(&self) -> bool {
        jiff::civil::Date::new(self.century.unwrap_or(2000) + self.year, self.month, self.day).is_ok()
    }
}

/// An identity number of a person with valid check digits (HIS 1001).
///
/// Test numbers of the national test population (80 or 65 added to the month) are accepted as the class they imitate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PersonNumber {
    digits: [u8; 11],
    class: NumberClass,
}

impl PersonNumber {
    const FIRST: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
    const SECOND: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

    /// Reads eleven digits (blanks and dots between them are ignored) and checks class and check digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = eleven_digits(text)?;
        let class = Self::classify(&digits)?;
        Self::check_digits_hold(&digits).then_some(Self { digits, class })
    }

    /// The class by the first and third digit. HIS 1001 4.2 prints "greater than 0" for the first digit of a fødselsnummer,
    /// which would shut out days 01 to 09; that is a misprint.
    fn classify(digits: &[u8; 11]) -> Option<NumberClass> {
        match (digits[0], digits[2]) {
            (8 | 9, _) => Some(NumberClass::FhNumber),
            (4..=7, _) => Some(NumberClass::DNumber),
            (0..=3, 4 | 5) => Some(NumberClass::HNumber),
            // Third digit 6 to 9: the synthetic populations, month + 65 and month + 80.
            (0..=3, 0 | 1 | 6..=9) => Some(NumberClass::Fodselsnummer),
            _ => None,
        }
    }

    fn check_digits_hold(digits: &[u8; 11]) -> bool {
        let holds = |weights: &[u32]| {
            let sum: u32 = weights.iter().zip(digits).map(|(weight, digit)| weight * u32::from(*digit)).sum();
            (sum + u32::from(digits[weights.len()])).is_multiple_of(11)
        };
        holds(&Self::FIRST) && holds(&Self::SECOND)
    }

    /// Which class of number it is.
    pub fn class(&self) -> NumberClass {
        self.class
    }

    /// The birth date in a fødselsnummer or D-number; `None` where there is none, or no such day.
    pub fn birth_date(&self) -> Option<BirthDate> {
        let two = |at: usize| 10 * i16::from(self.digits[at]) + i16::from(self.digits[at + 1]);
        let day = match self.class {
            NumberClass::Fodselsnummer => two(0),
            NumberClass::DNumber => two(0) - 40,
            NumberClass::HNumber | NumberClass::FhNumber => return None,
        };
        let month = match two(2) {
            month @ 81.. => month - 80,
            month @ 66..=77 => month - 65,
            month => month,
        };
        let year = two(4);
        let individual = 10 * two(6) + i16::from(self.digits[8]);
        let century = match (individual, year) {
            (0..=499, _) | (900..=999, 40..) => Some(1900),
            (500..=999, 0..=39) => Some(2000),
            (500..=749, 55..) => Some(1800),
            _ => None,
        };
        let date = BirthDate { century, year, month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? };
        date.exists().then_some(date)
    }

    /// Whether it is a woman's number, where the number tells: the ninth digit is even.
    pub fn is_a_womans(&self) -> Option<bool> {
        let tells = matches!(self.class, NumberClass::Fodselsnummer | NumberClass::DNumber);
        tells.then(|| self.digits[8].is_multiple_of(2))
    }

    /// The digits, for the wire or a keyed index only.
    pub fn expose(&self) -> String {
        self.digits.iter().map(|d| char::from(b'0' + d)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(text: &str) -> Option<NumberClass> {
        PersonNumber::parse(text).map(|n| n.class())
    }

    #[test]
    fn the_test_vector_of_his_1001_holds() {
        assert_eq!(class("01015000232"), Some(NumberClass::Fodselsnummer));
        assert_eq!(class("01015000322"), None, "first check digit wrong");
        assert_eq!(class("01015002322"), None, "second check digit wrong");
    }

    #[test]
    fn each_class_is_told_by_its_first_and_third_digit() {
        assert_eq!(class(&with_check_digits("41015000")), Some(NumberClass::DNumber));
        assert_eq!(class(&with_check_digits("01415000")), Some(NumberClass::HNumber));
        assert_eq!(class(&with_check_digits("80000000")), Some(NumberClass::FhNumber));
        assert_eq!(class(&with_check_digits("01815000")), Some(NumberClass::Fodselsnummer), "synthetic: month + 80");
    }

    #[test]
    fn anything_but_eleven_digits_is_no_number() {
        for text in ["", "0101500023", "010150002322", "0101500023a", "０1015000232"] {
            assert!(PersonNumber::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_birth_date_is_read_with_its_century_and_synthetic_months() {
        let agrees = |number: &str, date| PersonNumber::parse(number).and_then(|n| n.birth_date()?.agrees_with(date));
        assert_eq!(agrees("01015000232", "1950-01-01"), Some(true));
        assert_eq!(agrees("01015000232", "1950-01-01+01:00"), Some(true));
        assert_eq!(agrees("01015000232", "2050-01-01"), Some(false));
        assert_eq!(agrees("01015000232", "1 January"), None);
        assert_eq!(agrees("30813414526", "1934-01-30"), Some(true), "month + 80");
        assert_eq!(agrees("57867933397", "1979-06-17"), Some(true), "a D-number, month + 80");
        assert_eq!(agrees(&with_check_digits("31045000"), "1950-04-30"), None, "there is no 31 April");
        assert_eq!(PersonNumber::parse("01015000232").and_then(|n| n.is_a_womans()), Some(true));
        assert_eq!(PersonNumber::parse("30813414526").and_then(|n| n.is_a_womans()), Some(false));
    }

    #[test]
    fn blanks_and_dots_do_not_count() {
        assert_eq!(class("010150 00232"), Some(NumberClass::Fodselsnummer));
        assert_eq!(NumberClass::of("010150.00322"), Some(NumberClass::Fodselsnummer), "whatever the check digits are");
        assert_eq!(NumberClass::of("01215000232"), None);
    }

    fn with_check_digits(eight: &str) -> String {
        (0..1000).map(|k| format!("{eight}{k:03}")).find(|n| PersonNumber::parse(n).is_some()).unwrap_or_default()
    }
}
