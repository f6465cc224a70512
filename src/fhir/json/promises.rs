//! The promises of the JSON layer: nothing is lost, nothing that is not JSON passes, nothing grows beyond its bounds.

use super::quick;
use super::read::slowly;
use super::{Json, Limit, Limits, Malformed, Number, Object, TroubleKind, read};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn refused(text: &str) -> (TroubleKind, (u32, u32)) {
    match read(text.as_bytes(), &Limits::default()) {
        Err(trouble) => (trouble.kind, (trouble.place.line, trouble.place.column)),
        Ok(_) => panic!("taken as JSON: {text:?}"),
    }
}

/// A tree that can be shown when a test fails; everything in it is made up.
#[derive(Clone, Debug)]
enum Sketch {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Array(Vec<Sketch>),
    Object(BTreeMap<String, Sketch>),
}

impl Sketch {
    fn json(&self) -> Json<'static> {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Number(token) => Json::Number(Number::new(token.clone()).expect("made as one")),
            Self::Text(text) => Json::from(text.clone()),
            Self::Array(items) => items.iter().map(Self::json).collect(),
            Self::Object(members) => {
                let mut object = Object::new();
                object.members_mut().extend(members.iter().map(|(name, value)| (name.clone().into(), value.json())));
                Json::Object(object)
            }
        }
    }
}

fn any_json() -> impl Strategy<Value = Sketch> {
    let leaf = prop_oneof![
        Just(Sketch::Null),
        any::<bool>().prop_map(Sketch::Bool),
        "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,2})?".prop_map(Sketch::Number),
        any::<String>().prop_map(Sketch::Text),
        "[\\x00-\\x1f\"\\\\/æ\u{1F600}]{0,8}".prop_map(Sketch::Text),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Sketch::Array),
            prop::collection::btree_map(any::<String>(), inner, 0..6).prop_map(Sketch::Object),
        ]
    })
}

/// Their numbers are `double`, and not the nearest one: so they are compared as far as that goes.
fn is_same(theirs: &serde_json::Value, ours: &Sketch) -> bool {
    use serde_json::Value;
    match (theirs, ours) {
        (Value::Null, Sketch::Null) => true,
        (Value::Bool(one), Sketch::Bool(other)) => one == other,
        (Value::Number(one), Sketch::Number(other)) => {
            let (one, other) = (one.as_f64().expect("a double"), other.parse::<f64>().expect("a number"));
            one == other || ((one - other) / other).abs() < 1e-12
        }
        (Value::String(one), Sketch::Text(other)) => one == other,
        (Value::Array(one), Sketch::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Sketch::Object(other)) => {
            one.len() == other.len() && one.iter().all(|(name, value)| is_same(value, &other[name]))
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_the_same(sketch in any_json()) {
        let json = sketch.json();
        for written in [json.compact(), json.pretty(), json.clone().into_compact()] {
            let back = read(written.as_bytes(), &Limits::default());
            prop_assert!(back.is_ok_and(|back| back == json));
        }
    }

    #[test]
    fn what_is_read_is_what_another_reader_reads(sketch in any_json()) {
        let ours = sketch.json().compact();
        let theirs: serde_json::Value = serde_json::from_str(&ours).unwrap_or_else(|error| panic!("{error}: {ours}"));
        prop_assert!(is_same(&theirs, &sketch), "{}", ours);
    }

    #[test]
    fn bytes_of_any_kind_are_no_panic_and_taken_as_another_reader_takes_them(bytes in "[\\[\\]{},:\"\\\\ntrue0-9eE.+u -]{0,24}") {
        let theirs = serde_json::from_str::<serde_json::Value>(&bytes);
        // A number that their `double` cannot hold is none to them.
        let too_big = theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range"));
        match read(bytes.as_bytes(), &Limits::default()) {
            Ok(_) => prop_assert!(theirs.is_ok() || too_big, "{}", bytes),
            Err(trouble) => prop_assert!(theirs.is_err() || trouble.kind == TroubleKind::NameTwice, "{}", bytes),
        }
    }

    #[test]
    fn the_quick_way_takes_what_the_other_takes_and_reads_the_same(bytes in "[\\[\\]{},:\"\\\\ntrue0-9eE.+u -]{0,24}", sketch in any_json()) {
        for text in [bytes, sketch.json().compact(), sketch.json().pretty()] {
            let slowly = slowly(text.as_bytes(), &Limits::default()).ok();
            prop_assert!(quick::read(text.as_bytes(), &Limits::default()) == slowly, "{}", text);
        }
    }
}

#[test]
fn digits_order_and_the_unknown_are_kept() {
    let text = r#"{"z":2.50,"a":[1e5,-0,12345678901234567890.10],"unknown":{"y":null,"x":"å/😀"}}"#;
    let json = read(text.as_bytes(), &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
    assert_eq!(json.compact(), text);
    assert_eq!(json.clone().into_owned().compact(), text);
    assert_eq!(json.clone().into_compact(), text);
    assert_eq!(json.get("z").and_then(Json::token), Some("2.50"));
}

#[test]
fn texts_without_escapes_are_borrowed_and_the_others_are_resolved() {
    let text = r#"["plain","a\u00e5\n\"\ud83d\ude00"]"#;
    let json = read(text.as_bytes(), &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
    let [Json::Text(plain), Json::Text(escaped)] = json.items() else { panic!("two texts") };
    assert!(matches!(plain, std::borrow::Cow::Borrowed("plain")));
    assert_eq!(escaped, "aå\n\"😀");
}

#[test]
fn every_kind_of_malformed_text_is_called_what_it_is_and_has_its_place() {
    use Malformed as M;
    let wrong = [
        ("", M::Ends, (1, 1)),
        ("{\"a\":1", M::Ends, (1, 7)),
        ("[1,\n]", M::TrailingComma, (2, 1)),
        ("{\"a\":1,}", M::TrailingComma, (1, 8)),
        ("{1:2}", M::Name, (1, 2)),
        ("{\"a\" 1}", M::Name, (1, 6)),
        ("{\"a\":1 \"b\":2}", M::NoComma, (1, 8)),
        ("[\"æ\" 2]", M::NoComma, (1, 6)),
        ("{} {}", M::SecondValue, (1, 4)),
        ("[\"a\\x\"]", M::Escape, (1, 4)),
        ("[\"\\u12g4\"]", M::Escape, (1, 5)),
        ("[\"\\ud800\\u0041\"]", M::Escape, (1, 9)),
        ("[\"\\udc00abcdefgh\"]", M::Escape, (1, 3)),
        ("[\"a\tb\"]", M::ControlCharacter, (1, 4)),
        ("[1.]", M::Number, (1, 4)),
        ("[01]", M::NoComma, (1, 3)),
        ("[nul]", M::Unexpected, (1, 2)),
        ("[NaN]", M::Unexpected, (1, 2)),
        ("['a']", M::Unexpected, (1, 2)),
    ];
    for (text, cause, place) in wrong {
        assert_eq!(refused(text), (TroubleKind::NotJson(cause), place), "{text:?}");
    }
    let invalid = read(b"[\"\xff\"]", &Limits::default()).err().map(|trouble| trouble.kind);
    assert_eq!(invalid, Some(TroubleKind::NotJson(M::Utf8)));
    let met = |cause: &&M| **cause == M::Utf8 || wrong.iter().any(|(_, other, _)| *cause == other);
    assert_eq!(M::ALL.iter().filter(met).count(), M::ALL.len());
}

#[test]
fn a_name_that_stands_twice_is_refused_however_many_there_are() {
    assert_eq!(refused("{\"a\":1,\"\\u0061\":2}"), (TroubleKind::NameTwice, (1, 8)));
    assert_eq!(refused("{\"b\":[{\"a\":1},{\"a\":{\"a\":1}}],\n \"b\": 2, \"c\":3}"), (TroubleKind::NameTwice, (2, 2)));
    let many: String = (0..100).map(|number| format!("\"n{number}\":0,")).collect();
    assert_eq!(refused(&format!("{{{many}\"n50\":1}}")).0, TroubleKind::NameTwice);
    assert!(read(format!("{{{many}\"last\":1}}").as_bytes(), &Limits::default()).is_ok());
}

#[test]
fn every_bound_holds_to_the_unit() {
    let limits = Limits { document_bytes: 20, depth: 3, values_total: 5 };
    let passed = |text: &str| match read(text.as_bytes(), &limits).err().map(|trouble| trouble.kind) {
        Some(TroubleKind::TooMuch { limit, .. }) => Some(limit),
        Some(other) => panic!("{other:?}"),
        None => None,
    };
    assert_eq!(passed("[[[1]]]"), None);
    assert_eq!(passed("[[[[]]]]"), Some(Limit::Depth));
    assert_eq!(passed("[1,2,3,4]"), None);
    assert_eq!(passed("[1,2,3,4,5]"), Some(Limit::ValuesTotal));
    assert_eq!(passed("[\"aaaaaaaaaaaaaaaa\"]"), None);
    assert_eq!(passed("[\"aaaaaaaaaaaaaaaaa\"]"), Some(Limit::DocumentBytes));
}

#[test]
fn a_text_is_escaped_no_more_than_it_must_be() {
    let text = "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f}\"\\/\u{7f}æ\u{2028}😀";
    let written = Json::from(text.to_string()).compact();
    assert_eq!(written, "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u{7f}æ\u{2028}😀\"");
}

#[test]
fn pretty_is_for_people() {
    let json = read(br#"{"a":[1,{"b":[]}],"c":{}}"#, &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
    assert_eq!(json.pretty(), "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}\n");
}
