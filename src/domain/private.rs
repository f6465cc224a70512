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

    /// Reads eleven digits (blanks between them are ignored) and checks class and check digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = [0u8; 11];
        let mut length = 0;
        for c in text.trim().chars().filter(|c| *c != ' ') {
            *digits.get_mut(length)? = u8::try_from(c.to_digit(10)?).ok()?;
            length += 1;
        }
        let class = (length == 11).then(|| Self::classify(&digits))??;
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

    fn with_check_digits(eight: &str) -> String {
        (0..1000).map(|k| format!("{eight}{k:03}")).find(|n| PersonNumber::parse(n).is_some()).unwrap_or_default()
    }
}
