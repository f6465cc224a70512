//! Mutations of values: every leaf's text and every attribute, chosen by what it looks like and not by what a schema says of it.
//! The first complaint is right where the element begins, where the value stands, or where the element ends.

use super::given::{Given, Made, made};
use super::outline::is_blank;
use std::ops::Range;

/// A value and the places where a complaint about it is right.
#[derive(Clone)]
struct Value {
    range: Range<usize>,
    places: Vec<usize>,
}

fn values(given: &Given<'_>, looks: impl Fn(&str) -> bool) -> Vec<Value> {
    let mut found = Vec::new();
    for (_, element) in given.elements() {
        let content = element.content().filter(|content| element.is_leaf() && looks(given.str(content).trim()));
        if let Some(range) = content {
            let written = given.str(&range);
            let first = range.start + written.len() - written.trim_start().len();
            found.push(Value { places: vec![element.start.start, first, element.close()], range });
        }
        for attribute in element.attributes.iter().filter(|it| looks(given.str(&it.value))) {
            let name = given.str(&attribute.name);
            if !name.starts_with("xmlns") && !name.ends_with("schemaLocation") {
                found
                    .push(Value { places: vec![element.start.start, attribute.name.start], range: attribute.value.clone() });
            }
        }
    }
    found
}

fn exchange(given: &Given<'_>, looks: impl Fn(&str) -> bool, with: &[&str]) -> Option<Made> {
    let value = given.dice.one_of(&values(given, looks))?;
    made(given.edit().replace(&value.range, given.dice.one_of(with)?), &value.places)
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.is_char_boundary(4) && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-'
}

fn is_date_time(text: &str) -> bool {
    text.len() >= 19 && text.is_ascii() && is_date(&text[..10]) && text.as_bytes()[10] == b'T'
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn is_oid(text: &str) -> bool {
    text.starts_with("2.16.") && is_number(text)
}

fn is_boolean(text: &str) -> bool {
    matches!(text, "true" | "false" | "0" | "1")
}

fn is_base64(text: &str) -> bool {
    text.len() > 40
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/= \n\r\t".contains(&byte))
        && !text.contains(' ')
}

pub fn odd_date(given: &Given<'_>) -> Option<Made> {
    let with = [
        "2018-02-30",
        "2018-13-01",
        "2018-00-10",
        "2018-01-00",
        "18-01-01",
        "2018-1-1",
        "20180101",
        "2018-01-01Z",
        "2018-01-01+14:00",
        "2018-01-01+14:01",
        "2018-01-01-15:00",
        "0000-01-01",
        "-0001-01-01",
        "02018-01-01",
        "12018-01-01",
        " 2018-01-01 ",
        "2018-01-01T00:00:00",
        "",
        "i dag",
        "2018/01/01",
        "2019-02-29",
        "2020-02-29",
        "2000-02-29",
        "1900-02-29",
        "2018-01-01z",
        "2018-04-31",
        "2018-01-01+1:00",
        "+2018-01-01",
        "2018-01",
        "2018",
        "2018-01-01\n",
        "2018-01-01 Z",
    ];
    exchange(given, is_date, &with)
}

pub fn odd_date_time(given: &Given<'_>) -> Option<Made> {
    let with = [
        "2018-01-29T10:11",
        "2018-01-29 10:11:54",
        "2018-01-29T24:00:01",
        "2018-01-29T25:00:00",
        "2018-01-29T10:60:00",
        "2018-01-29T10:11:60",
        "2018-01-29T10:11:54.123",
        "2018-01-29T10:11:54.",
        "2018-01-29T10:11:54+01:00",
        "2018-01-29",
        "2018-01-29T10:11:54+1:00",
        "2018-01-29T10:11:54Z",
        "2018-01-29T10:11:54-15:00",
        "2018-01-29T10:11:54+14:00",
        "2018-01-29t10:11:54",
        "2018-01-29T10:11:54z",
        "2018-02-29T10:11:54",
        "",
        "nå",
        "2018-01-29T1:11:54",
        "-2018-01-29T10:11:54",
        "2018-01-29T10:11:54+13:60",
        "  2018-01-29T10:11:54",
        "2018-01-29T10:11:54.1234567890123",
        "2018-01-29T10:11:54+0100",
        "2018-01-29T10:11:5",
        "2018-01-29T10.11.54",
        "2018-W05-1T10:11:54",
        "99999-01-29T10:11:54",
        "2018-01-29T-1:11:54",
    ];
    exchange(given, is_date_time, &with)
}

pub fn odd_boolean(given: &Given<'_>) -> Option<Made> {
    exchange(given, is_boolean, &["TRUE", "True", "0", "1", "ja", "", " true ", "2", "true.", "01", "t", "false\n"])
}

pub fn odd_number(given: &Given<'_>) -> Option<Made> {
    let with = [
        "1.0",
        "1,5",
        "1e3",
        "+5",
        "-5",
        "-0",
        "007",
        "999999999999999999",
        "",
        " 5 ",
        "0x10",
        "INF",
        "NaN",
        "٣",
        "５",
        "1.",
        ".5",
        ".",
        "--1",
        "1 2",
        "2147483648",
        "-2147483649",
        "0",
        "+",
        "1.50",
        "\t7\n",
    ];
    exchange(given, is_number, &with)
}

pub fn odd_oid(given: &Given<'_>) -> Option<Made> {
    exchange(
        given,
        is_oid,
        &["2..16", ".2", "2.16.", "a.b", "２.16", "2", "2.16.x", " 2.16 ", "", "2 16", "2.16.578.1", "2.16\n"],
    )
}

pub fn odd_code(given: &Given<'_>) -> Option<Made> {
    let looks = |text: &str| !text.is_empty() && text.len() < 30 && !text.contains(' ');
    exchange(given, looks, &["UKJENT", "x", "", " ", "0", "-", "æ", "a b", "N", "n", "XML", "A", "PRIM", "OK"])
}

/// A fixed or enumerated value with something added, removed or in other case.
pub fn nearly_the_same(given: &Given<'_>) -> Option<Made> {
    let looks = |text: &str| !text.is_empty() && text.len() < 60 && !text.contains(['&', '<']);
    let value = given.dice.one_of(&values(given, looks))?;
    let old = given.str(&value.range);
    let new = match given.dice.below(7) {
        0 => format!("{old}x"),
        1 => old.chars().skip(1).collect(),
        2 => old.to_uppercase(),
        3 => old.to_lowercase(),
        4 => format!(" {old}"),
        5 => old.replace(' ', "  "),
        _ => format!("{old}\n"),
    };
    made(given.edit().replace(&value.range, new), &value.places)
}

/// What another value of the document says.
pub fn value_from_elsewhere(given: &Given<'_>) -> Option<Made> {
    let all = values(given, |text| text.len() < 500 && !text.contains(['"', '\'', '<']));
    let (one, other) = (given.dice.one_of(&all)?, given.dice.one_of(&all)?);
    let with = given.str(&other.range);
    if with.contains(['"', '\'', '<']) {
        return None;
    }
    made(given.edit().replace(&one.range, with), &one.places)
}

pub fn long_value(given: &Given<'_>) -> Option<Made> {
    let length = given.dice.one_of(&[51, 101, 256, 1000, 5000])?;
    exchange(given, |_| true, &[&"å".repeat(length), &"7".repeat(length.min(18)), &"ord ".repeat(length)])
}

pub fn broken_base64(given: &Given<'_>) -> Option<Made> {
    let value = given.dice.one_of(&values(given, is_base64))?;
    let (range, at) = (value.range.clone(), value.range.start + given.dice.below(value.range.len()));
    let one = at..at + 1;
    let edit = match given.dice.below(8) {
        0 => given.edit().remove(&one),
        1 => given.edit().insert(at, "="),
        2 => given.edit().replace(&one, "*"),
        3 => given.edit().insert(at, " "),
        4 => given.edit().insert(range.end, "A"),
        5 => given.edit().insert(range.end, "="),
        // libxml2 skips what is none of the letters.
        6 => given.edit().insert(at, "*"),
        _ => given.edit().replace(&one, "å"),
    };
    made(edit, &value.places)
}

/// A leaf that says nothing, or only white space.
pub fn emptied_leaf(given: &Given<'_>) -> Option<Made> {
    let (_, leaf) =
        given.inner(|element| element.is_leaf() && element.content().is_some_and(|c| !is_blank(given.str(&c))))?;
    let nothing = given.dice.one_of(&["", " ", "\n", "<!-- -->", "<![CDATA[]]>"])?;
    made(given.edit().replace(&leaf.content()?, nothing), &[leaf.start.start, leaf.close()])
}
