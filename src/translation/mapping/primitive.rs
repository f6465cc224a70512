//! Texts with a simple meaning: what FHIR says for them, and the exact text beside it where that differs.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::draft::{self, Space};
use super::times;
use super::words::{LITERAL, LITERAL_BASE64};
use crate::fhir::{Json, Number};

/// A value on its way into FHIR.
#[derive(Clone, Copy)]
pub(super) struct Value<'t> {
    pub json: Option<draft::Json<'t>>,
    /// The extension of a primitive, which stands beside it.
    pub beside: Option<draft::Object<'t>>,
    /// What it is called in `value[x]`.
    pub kind: &'static str,
}

/// A value found in FHIR.
#[derive(Clone, Copy)]
pub(super) struct Found<'b> {
    pub json: Option<&'b Json<'b>>,
    /// What stands beside a primitive.
    pub beside: Option<&'b Json<'b>>,
}

/// The simple types.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Simple {
    Text,
    /// A text in which white space counts only as what divides words (xs:token): it is kept so, not as written.
    Token,
    /// A text for a URL of FHIR: no white space.
    Uri,
    /// A text for a code of FHIR: words with one blank between them, exactly.
    Word,
    Boolean,
    Integer,
    Decimal,
    Date,
    Year,
    DateTime,
    /// A time of any precision.
    Stamp,
}

impl Simple {
    pub fn kind(self) -> &'static str {
        match self {
            Self::Text | Self::Token => "String",
            Self::Word => "Code",
            Self::Uri => "Uri",
            Self::Boolean => "Boolean",
            Self::Integer => "Integer",
            Self::Decimal => "Decimal",
            Self::Date | Self::Year => "Date",
            Self::DateTime | Self::Stamp => "DateTime",
        }
    }

    /// What FHIR says for a text; `None` when it cannot.
    pub fn token(self, text: &str) -> Option<Cow<'_, str>> {
        let trimmed = trimmed(text);
        let found = match self {
            Self::Text => return (!trimmed.is_empty()).then_some(Cow::Borrowed(text)),
            Self::Token => return collapsed(text),
            Self::Uri => return (!text.is_empty() && !text.contains(char::is_whitespace)).then_some(Cow::Borrowed(text)),
            Self::Word => return collapsed(text).filter(|words| words == text),
            Self::Boolean => match trimmed {
                "1" => Some("true"),
                "0" => Some("false"),
                "true" | "false" => Some(trimmed),
                _ => None,
            },
            Self::Integer => trimmed.parse::<i32>().is_ok().then_some(trimmed).filter(|token| is_integer(token)),
            Self::Decimal => is_decimal(trimmed).then_some(trimmed),
            Self::Date => trimmed.get(..10).filter(|date| times::is_date(date)),
            Self::Year => trimmed.get(..4).filter(|year| times::is_year(year)),
            Self::DateTime => return times::with_offset(trimmed).map(Cow::Owned),
            Self::Stamp => {
                let is_partial = times::is_year(trimmed) || times::is_month(trimmed) || times::is_date(trimmed);
                return if is_partial { Some(Cow::Borrowed(trimmed)) } else { times::with_offset(trimmed).map(Cow::Owned) };
            }
        };
        found.map(Cow::Borrowed)
    }

    fn json(self, token: &str) -> draft::Json<'_> {
        match self {
            Self::Boolean => draft::Json::Bool(token == "true"),
            Self::Integer | Self::Decimal if Number::new(token).is_none() => draft::Json::Null,
            Self::Integer | Self::Decimal => draft::Json::Number(token),
            _ => draft::Json::Text(token),
        }
    }

    /// Whether FHIR has a text as it is written, as it does most; without a closer look.
    pub fn is_plain(self, text: &str) -> bool {
        match self {
            Self::Text => !trimmed(text).is_empty(),
            Self::Token => is_one_word(text),
            _ => false,
        }
    }

    /// A text as FHIR has it.
    pub fn value<'t>(self, text: &'t str, space: &'t Space) -> Value<'t> {
        if self.is_plain(text) {
            return Value { json: Some(text.into()), beside: None, kind: self.kind() };
        }
        let token = self.token(text);
        let is_exact = token.as_deref() == Some(text);
        let beside = (!is_exact && self != Self::Token).then(|| literal(text, space));
        Value { json: token.map(|token| self.json(space.text(token))), beside, kind: self.kind() }
    }

    /// The text of a value: the exact one beside it where that still means the same.
    pub fn text<'b>(self, found: Found<'b>) -> Option<Cow<'b, str>> {
        let exact = found.beside.and_then(literal_in);
        let plain = found.json.and_then(plain);
        match (plain, exact) {
            (Some(plain), Some(exact)) if self.token(&exact).is_some_and(|token| token == plain) => Some(exact),
            (Some(plain), _) => Some(plain),
            (None, exact) => exact,
        }
    }
}

/// A value of JSON as text.
fn plain<'b>(json: &'b Json<'_>) -> Option<Cow<'b, str>> {
    match json {
        Json::Text(text) => Some(Cow::Borrowed(text)),
        Json::Number(number) => Some(Cow::Borrowed(number.token())),
        Json::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
        _ => None,
    }
}

/// Without the white space of XML around it; most texts have none.
fn trimmed(text: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_none_or(|byte| *byte > b' ');
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) {
        return text;
    }
    text.trim_matches([' ', '\t', '\n', '\r'])
}

fn is_one_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Words with one blank between them; none without words.
fn collapsed(text: &str) -> Option<Cow<'_, str>> {
    if is_one_word(text) {
        return Some(Cow::Borrowed(text));
    }
    let mut words = text.split_whitespace();
    let first = words.next()?;
    if first.len() == text.len() {
        return Some(Cow::Borrowed(text));
    }
    Some(Cow::Owned(words.fold(first.to_owned(), |made, word| made + " " + word)))
}

fn is_integer(token: &str) -> bool {
    let digits = token.strip_prefix('-').unwrap_or(token);
    let starts_well = digits == "0" || !digits.starts_with('0');
    !digits.is_empty() && starts_well && digits.bytes().all(|byte| byte.is_ascii_digit()) && token != "-0"
}

fn is_decimal(token: &str) -> bool {
    let (whole, fraction) = token.split_once('.').map_or((token, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_fraction = fraction.is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    (is_integer(whole) || whole == "-0") && is_fraction && token.len() < 40
}

/// An extension that holds an exact text.
pub(super) fn literal<'t>(text: &'t str, space: &'t Space) -> draft::Object<'t> {
    let has_letters = text.chars().any(|c| !c.is_whitespace());
    if has_letters && !text.contains('\r') {
        return space.extension(LITERAL, "valueString", text);
    }
    let bytes = space.text(base64(text.as_bytes()).into());
    space.extension(LITERAL_BASE64, "valueBase64Binary", bytes)
}

/// The exact text that an element's extensions hold.
pub(super) fn literal_in<'b>(holder: &'b Json<'_>) -> Option<Cow<'b, str>> {
    let text = |url: &str, member: &str| extension(holder, url)?.get(member)?.text();
    let decoded = || String::from_utf8(from_base64(text(LITERAL_BASE64, "valueBase64Binary")?)?).ok();
    text(LITERAL, "valueString").map(Cow::Borrowed).or_else(|| decoded().map(Cow::Owned))
}

/// The first extension of this URL in an object that is being made.
pub(super) fn extension_in<'t>(holder: draft::Json<'t>, url: &str) -> Option<draft::Json<'t>> {
    holder.get("extension")?.items().find(|one| one.get("url").and_then(draft::Json::text) == Some(url))
}

/// The first extension of this URL.
pub(super) fn extension<'b>(holder: &'b Json<'_>, url: &str) -> Option<&'b Json<'b>> {
    extensions(holder, url).next()
}

/// All of them.
pub(super) fn extensions<'b, 'u>(holder: &'b Json<'_>, url: &'u str) -> impl Iterator<Item = &'b Json<'b>> + use<'b, 'u> {
    let all = holder.get("extension").map_or(&[][..], Json::items);
    all.iter().filter(move |one| one.get("url").and_then(Json::text) == Some(url))
}

pub(in crate::translation) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of a base64 text, which may have white space between its letters (XML Schema part 2, 3.2.16).
pub(in crate::translation) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let letters: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(letters).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_as_it_was_written() {
        // An element with nothing in it is told otherwise.
        let texts = [
            " ",
            "\n\t",
            "a",
            " a ",
            "æ\u{301}\u{1F600}",
            "a\rb",
            "true",
            "false",
            "1",
            "0",
            " true",
            "+5",
            "007",
            "-0",
            "12",
            "99999999999",
            "2.50",
            "2.5",
            "1.",
            ".5",
            "1E2",
            "INF",
            "2012-05-04",
            "2012-05-04Z",
            "2012-02-30",
            "2012",
            "2012+01:00",
            "2012-05",
            "2012-05-04T10:00:00",
            "2012-05-04T10:00:00.000+02:00",
            "2012-05-04T24:00:00",
            "10:00:00",
            "-2012",
        ];
        let kinds = [
            Simple::Text,
            Simple::Boolean,
            Simple::Integer,
            Simple::Decimal,
            Simple::Date,
            Simple::Year,
            Simple::DateTime,
            Simple::Stamp,
        ];
        for kind in kinds {
            for text in texts {
                let space = Space::default();
                let value = kind.value(text, &space);
                let json = value.json.map(draft::Json::tree);
                let beside = value.beside.map(|one| draft::Json::from(space.beside(one)).tree());
                let found = Found { json: json.as_ref(), beside: beside.as_ref() };
                assert_eq!(kind.text(found).as_deref(), Some(text), "{kind:?} {text:?}");
            }
        }
    }

    #[test]
    fn a_value_that_was_changed_counts_more_than_the_text_beside_it() {
        let changed = Json::from("2026-01-01");
        let space = Space::default();
        let beside = draft::Json::from(space.beside(literal("2012-05-04Z", &space))).tree();
        let found = Found { json: Some(&changed), beside: Some(&beside) };
        assert_eq!(Simple::Date.text(found).as_deref(), Some("2026-01-01"));
    }

    #[test]
    fn base64_may_have_white_space_and_nothing_else_between_its_letters() {
        assert_eq!(from_base64(" Rmpv\r\n cmQ=\n").as_deref(), Some(&b"Fjord"[..]));
        assert_eq!(base64(b"Fjord"), "RmpvcmQ=");
        for bad in ["Rmpv-cmQ=", "RmpvcmQ", "=", "Rmp=vcmQ=", "æ"] {
            assert_eq!(from_base64(bad), None, "{bad}");
        }
    }
}
