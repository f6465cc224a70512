//! The promises of the JSON layer: nothing is lost, nothing that is not JSON passes, nothing grows beyond its bounds.

use super::{Json, Limit, Limits, Malformed, Number, Object, TroubleKind, read};
use proptest::prelude::*;

fn refused(text: &str) -> (TroubleKind, (u32, u32)) {
    match read(text.as_bytes(), &Limits::default()) {
        Err(trouble) => (trouble.kind, (trouble.place.line, trouble.place.column)),
        Ok(_) => panic!("taken as JSON: {text:?}"),
    }
}

fn any_json() -> impl Strategy<Value = Json<'static>> {
    let number = "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,4})?";
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        number.prop_map(|token| Json::Number(Number::new(token).expect("made as one"))),
        any::<String>().prop_map(Json::from),
        "[\\x00-\\x1f\"\\\\/æ\u{1F600}]{0,8}".prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let members = prop::collection::btree_map(any::<String>(), inner.clone(), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(Json::Array),
            members.prop_map(|members| {
                let mut object = Object::new();
                object.members_mut().extend(members.into_iter().map(|(name, value)| (name.into(), value)));
                Json::Object(object)
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_the_same(json in any_json()) {
        for written in [json.compact(), json.pretty()] {
            let back = read(written.as_bytes(), &Limits::default());
            prop_assert!(back.is_ok_and(|back| back == json));
        }
    }

    #[test]
    fn what_is_read_is_what_another_reader_reads(json in any_json()) {
        let ours = json.compact();
        let theirs: serde_json::Value = serde_json::from_str(&ours).unwrap_or_else(|error| panic!("{error}: {ours}"));
        // Their numbers are `double`, so ours are compared as that.
        let again = serde_json::to_string(&theirs).expect("writes");
        let back: serde_json::Value = serde_json::from_str(&again).expect("reads");
        prop_assert_eq!(theirs, back);
    }

    #[test]
    fn bytes_of_any_kind_are_no_panic_and_taken_as_another_reader_takes_them(bytes in "[\\[\\]{},:\"\\\\ntrue0-9eE.+u -]{0,24}") {
        let theirs = serde_json::from_str::<serde_json::de::IgnoredAny>(&bytes);
        match read(bytes.as_bytes(), &Limits::default()) {
            Ok(_) => prop_assert!(theirs.is_ok(), "{}", bytes),
            Err(trouble) => prop_assert!(theirs.is_err() || trouble.kind == TroubleKind::NameTwice, "{}", bytes),
        }
    }
}

#[test]
fn digits_order_and_the_unknown_are_kept() {
    let text = r#"{"z":2.50,"a":[1e5,-0,12345678901234567890.10],"unknown":{"y":null,"x":"å/😀"}}"#;
    let json = read(text.as_bytes(), &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
    assert_eq!(json.compact(), text);
    assert_eq!(json.clone().into_owned().compact(), text);
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
        ("[\"\\udc00\"]", M::Escape, (1, 3)),
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
    assert_eq!(refused("{\"a\":1,\"\\u0061\":2}").0, TroubleKind::NameTwice);
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
