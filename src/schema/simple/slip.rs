//! Why a text is no value of a built-in type: a closed list of words, never a part of the text.

/// What is wrong with the lexical form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "`words` says it for each")]
pub enum Slip {
    Empty,
    Form,
    YearZero,
    YearTooLong,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Zone,
    HexDigit,
    HexOdd,
    Base64Character,
    Base64Padding,
    Base64Length,
    Base64Bits,
    PrefixUnbound,
    EntityUndeclared,
}

impl Slip {
    /// The same in words, as the end of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Empty => "it is empty",
            Self::Form => "it is not written as this type is written",
            Self::YearZero => "there is no year 0000",
            Self::YearTooLong => "a year has at most 18 digits",
            Self::Month => "a month is 01 to 12",
            Self::Day => "the month has no such day",
            Self::Hour => "an hour is 00 to 23, or 24:00:00 for midnight",
            Self::Minute => "a minute is 00 to 59",
            Self::Second => "a second is 00 to 59",
            Self::Zone => "a time zone is Z or -14:00 to +14:00",
            Self::HexDigit => "a character is no hexadecimal digit",
            Self::HexOdd => "the number of digits is odd: each octet has two",
            Self::Base64Character => "a character is none of the Base64 alphabet",
            Self::Base64Padding => "'=' stands only at the end, once or twice",
            Self::Base64Length => "the number of characters is no multiple of four: text seems to be missing",
            Self::Base64Bits => "the last character before '=' has bits that stand for nothing",
            Self::PrefixUnbound => "its prefix is not declared",
            Self::EntityUndeclared => "no entity of this name is declared",
        }
    }
}
