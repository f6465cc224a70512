//! A number as it was written: `2.50` stays `2.50`, and no digit is ever lost in a `double`.

use std::borrow::Cow;

/// A number of JSON. Two are equal when they are written alike.
#[derive(Clone, PartialEq, Eq)]
pub struct Number<'a>(Cow<'a, str>);

impl<'a> Number<'a> {
    /// Takes a token, if JSON has numbers of this form: `+1`, `.5`, `1.` and `007` are none.
    pub fn new(token: impl Into<Cow<'a, str>>) -> Option<Self> {
        let token = token.into();
        is_number(token.as_bytes()).then_some(Self(token))
    }

    /// For what was read as a number already.
    pub(super) fn read(token: Cow<'a, str>) -> Self {
        Self(token)
    }

    /// As it is written.
    pub fn token(&self) -> &str {
        &self.0
    }

    /// The same, kept apart from the text that it was read from.
    pub fn into_owned(self) -> Number<'static> {
        Number(Cow::Owned(self.0.into_owned()))
    }
}

fn is_number(token: &[u8]) -> bool {
    let digits = |from: &mut &[u8]| {
        let length = from.iter().take_while(|byte| byte.is_ascii_digit()).count();
        *from = &from[length..];
        length
    };
    let mut rest = token.strip_prefix(b"-").unwrap_or(token);
    let leading_zero = rest.first() == Some(&b'0');
    let whole = digits(&mut rest);
    let mut good = whole > 0 && (whole == 1 || !leading_zero);
    if let Some(fraction) = rest.strip_prefix(b".") {
        rest = fraction;
        good &= digits(&mut rest) > 0;
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        rest = exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
        good &= digits(&mut rest) > 0;
    }
    good && rest.is_empty()
}

/// Writes whole numbers into the tree.
macro_rules! whole {
    ($($integer:ty)*) => {
        $(impl From<$integer> for Number<'_> {
            fn from(value: $integer) -> Self {
                Self(Cow::Owned(value.to_string()))
            }
        })*
    };
}

whole!(i32 u32 i64 u64 usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_json_calls_a_number_is_one() {
        for good in ["0", "-0", "2.50", "10", "1e5", "-1.0E-07", "123456789012345678901234567890.1"] {
            assert_eq!(Number::new(good).expect(good).token(), good);
        }
        for bad in ["", "-", "+1", "01", "-01", ".5", "1.", "1e", "1e+", "1.e5", "0x1", "1 ", " 1", "NaN", "1,5", "--1"] {
            assert!(Number::new(bad).is_none(), "{bad}");
        }
    }
}
