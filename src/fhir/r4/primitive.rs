//! The primitive types: what each is in JSON, and which texts have its form (FHIR R4, datatypes.html#primitive).

/// A primitive type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Primitive {
    /// `base64Binary`
    Base64Binary,
    /// `boolean`
    Boolean,
    /// `canonical`, `uri` and `url`: no blanks.
    Uri,
    /// `code`: blanks only inside, and one at a time.
    Code,
    /// `date`: a year, a month or a day.
    Date,
    /// `dateTime`: as a date, or to the second with a zone.
    DateTime,
    /// `decimal`
    Decimal,
    /// `id`: 1 to 64 letters, digits, `-` and `.`.
    Id,
    /// `instant`: to the second with a zone.
    Timestamp,
    /// `integer`, of 32 bits.
    Integer,
    /// `oid`: `urn:oid:` and arcs.
    Oid,
    /// `positiveInt`: from 1 on.
    PositiveInt,
    /// `string` and `markdown`.
    Text,
    /// `time`: hours, minutes and seconds.
    Time,
    /// `unsignedInt`: from 0 on.
    UnsignedInt,
    /// `uuid`: `urn:uuid:` and small letters.
    Uuid,
    /// `xhtml`: the narrative, which is judged on its own.
    Xhtml,
}

/// What a primitive value is in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A text in quotation marks.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
}

impl Primitive {
    /// The one that FHIR calls this.
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "base64Binary" => Self::Base64Binary,
            "boolean" => Self::Boolean,
            "canonical" | "uri" | "url" => Self::Uri,
            "code" => Self::Code,
            "date" => Self::Date,
            "dateTime" => Self::DateTime,
            "decimal" => Self::Decimal,
            "id" => Self::Id,
            "instant" => Self::Timestamp,
            "integer" => Self::Integer,
            "markdown" | "string" => Self::Text,
            "oid" => Self::Oid,
            "positiveInt" => Self::PositiveInt,
            "time" => Self::Time,
            "unsignedInt" => Self::UnsignedInt,
            "uuid" => Self::Uuid,
            "xhtml" => Self::Xhtml,
            _ => return None,
        })
    }

    /// What it is in JSON.
    pub fn form(self) -> Form {
        match self {
            Self::Boolean => Form::Bool,
            Self::Decimal | Self::Integer | Self::PositiveInt | Self::UnsignedInt => Form::Number,
            Self::Base64Binary | Self::Uri | Self::Code | Self::Date | Self::DateTime | Self::Id | Self::Timestamp => {
                Form::Text
            }
            Self::Oid | Self::Text | Self::Time | Self::Uuid | Self::Xhtml => Form::Text,
        }
    }

    /// Whether a text, or the token of a number, has the form of this type. It is not empty.
    pub fn takes(self, written: &str) -> bool {
        match self {
            Self::Boolean | Self::Decimal | Self::Text | Self::Xhtml => true,
            Self::Base64Binary => is_base64(written),
            Self::Uri => !written.contains(is_blank),
            Self::Code => is_code(written),
            Self::Date => date(written).is_some_and(str::is_empty),
            Self::DateTime => is_date_time(written, false),
            Self::Timestamp => is_date_time(written, true),
            Self::Id => {
                written.len() <= 64 && written.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
            }
            Self::Integer => is_whole(written) && written.parse::<i32>().is_ok(),
            Self::PositiveInt => is_whole(written) && written.parse::<i32>().is_ok_and(|number| number > 0),
            Self::UnsignedInt => is_whole(written) && written.parse::<i32>().is_ok_and(|number| number >= 0),
            Self::Oid => written.strip_prefix("urn:oid:").is_some_and(is_oid),
            Self::Time => time(written).is_some_and(str::is_empty),
            Self::Uuid => written.strip_prefix("urn:uuid:").is_some_and(is_uuid),
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// `[^\s]+(\s[^\s]+)*`
fn is_code(written: &str) -> bool {
    written.split(is_blank).all(|word| !word.is_empty())
}

/// A number without fraction and exponent; JSON has seen to the rest.
fn is_whole(token: &str) -> bool {
    token != "-0" && token.strip_prefix('-').unwrap_or(token).bytes().all(|byte| byte.is_ascii_digit())
}

fn is_oid(arcs: &str) -> bool {
    let plain =
        |arc: &str| !arc.is_empty() && arc.bytes().all(|b| b.is_ascii_digit()) && (arc == "0" || !arc.starts_with('0'));
    matches!(arcs.split_once('.'), Some(("0" | "1" | "2", rest)) if rest.split('.').all(plain))
}

fn is_uuid(written: &str) -> bool {
    let small_hex = |b: u8| b.is_ascii_digit() || matches!(b, b'a'..=b'f');
    let fits = |(at, byte): (usize, u8)| if matches!(at, 8 | 13 | 18 | 23) { byte == b'-' } else { small_hex(byte) };
    written.len() == 36 && written.bytes().enumerate().all(fits)
}

/// Groups of four with blanks anywhere between characters, and at most two `=` at the end.
fn is_base64(written: &str) -> bool {
    let (mut characters, mut padding) = (0usize, 0usize);
    for byte in written.bytes().filter(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {
        match byte {
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => characters += 1,
            _ => return false,
        }
    }
    characters > 0 && padding <= 2 && (characters + padding).is_multiple_of(4)
}

/// Takes so many digits off the beginning, as a number.
fn digits(written: &str, count: usize) -> Option<(u32, &str)> {
    let (number, rest) = written.split_at_checked(count)?;
    let all_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    Some((number.parse().ok().filter(|_| all_digits)?, rest))
}

/// Takes a year, a month or a day that the calendar has off the beginning, and gives the rest.
fn date(written: &str) -> Option<&str> {
    let (year, rest) = digits(written, 4).filter(|(year, _)| *year > 0)?;
    let Some(rest) = rest.strip_prefix('-') else { return Some(rest) };
    let (month, rest) = digits(rest, 2).filter(|(month, _)| (1..=12).contains(month))?;
    let Some(rest) = rest.strip_prefix('-') else { return Some(rest) };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    digits(rest, 2).filter(|(day, _)| (1..=days).contains(day)).map(|(_, rest)| rest)
}

/// Takes `hh:mm:ss`, with a fraction or without, off the beginning. 60 is a leap second.
fn time(written: &str) -> Option<&str> {
    let (_, rest) = digits(written, 2).filter(|(hour, _)| *hour < 24)?;
    let (_, rest) = digits(rest.strip_prefix(':')?, 2).filter(|(minute, _)| *minute < 60)?;
    let (_, rest) = digits(rest.strip_prefix(':')?, 2).filter(|(second, _)| *second <= 60)?;
    let Some(fraction) = rest.strip_prefix('.') else { return Some(rest) };
    let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < fraction.len()).then_some(rest)
}

fn is_date_time(written: &str, to_the_second: bool) -> bool {
    let Some(behind_date) = date(written) else { return false };
    if behind_date.is_empty() {
        return !to_the_second;
    }
    let is_a_day = written.len() - behind_date.len() == "2026-11-22".len();
    let behind_time = behind_date.strip_prefix('T').and_then(time);
    is_a_day && behind_time.is_some_and(is_zone)
}

fn is_zone(written: &str) -> bool {
    let offset = |rest: &str| {
        let (hours, rest) = digits(rest, 2)?;
        let (minutes, rest) = digits(rest.strip_prefix(':')?, 2)?;
        Some(rest.is_empty() && minutes < 60 && (hours < 14 || hours == 14 && minutes == 0))
    };
    written == "Z" || written.strip_prefix(['+', '-']).and_then(offset).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_primitive_takes_what_r4_says_and_nothing_else() {
        let forms: [(Primitive, &str, &str); 13] = [
            (
                Primitive::Date,
                "2026 2026-11 2026-11-22 2024-02-29 0001",
                "0000 26 2026- 2026-13 2026-02-29 2026-11-31 2026-1-1 2026-11-22Z",
            ),
            (
                Primitive::DateTime,
                "2026 2026-11-22 2026-11-22T12:30:00Z 2026-11-22T12:30:00.123+01:00 2016-12-31T23:59:60Z 2026-11-22T00:00:00-14:00",
                "2026-11-22T12:30Z 2026-11-22T12:30:00 2026-11-22T24:00:00Z 2026T12:30:00Z 2026-11-22T12:30:00.Z 2026-11-22T12:30:00+14:30 2026-11-22T",
            ),
            (Primitive::Timestamp, "2026-11-22T12:30:00Z", "2026-11-22 2026 2026-11-22T12:30:00"),
            (Primitive::Time, "12:30:00 00:00:00.5", "12:30 24:00:00 12:60:00 12:30:61 12:30:00Z"),
            (Primitive::Id, "a A-1.b 0", "a_b å a/b"),
            (Primitive::Code, "a-b å", ""),
            (Primitive::Uri, "urn:x http://a/b|1 #a å", "a\tb"),
            (
                Primitive::Oid,
                "urn:oid:2.16.578.1 urn:oid:1.0",
                "urn:oid:3.1 urn:oid:2 urn:oid:1.02 1.2.3 urn:oid:1..2 urn:oid:1.",
            ),
            (
                Primitive::Uuid,
                "urn:uuid:c757873d-ec9a-4326-a141-556f43239520",
                "urn:uuid:C757873D-EC9A-4326-A141-556F43239520 c757873d-ec9a-4326-a141-556f43239520 urn:uuid:c757873dec9a4326a141556f43239520",
            ),
            (Primitive::Base64Binary, "aGVp aGU= aA== aGVpaGVp", "aGV a=== ==== aG=p åååå aGVpa"),
            (Primitive::Integer, "0 -1 2147483647 -2147483648", "2147483648 1.0 1e3 -0"),
            (Primitive::UnsignedInt, "0 7", "-1 2147483648 7.0"),
            (Primitive::PositiveInt, "1 2147483647", "0 -1"),
        ];
        for (primitive, good, bad) in forms {
            for written in good.split(' ') {
                assert!(primitive.takes(written), "{primitive:?} {written}");
            }
            for written in bad.split(' ').filter(|written| !written.is_empty()) {
                assert!(!primitive.takes(written), "{primitive:?} {written}");
            }
        }
        assert!(
            Primitive::Code.takes("entered in error")
                && !Primitive::Code.takes("entered  in")
                && !Primitive::Code.takes(" a")
        );
        assert!(Primitive::Base64Binary.takes("aG\nVp\r\n aGVp"));
    }
}
