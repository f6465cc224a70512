//! Bad Bundles: no JSON, no FHIR, no message, and messages that nobody may send.

/// One kind: its name, the body, the status of the answer.
pub type Kind = (&'static str, Vec<u8>, u16);

/// A Bundle that is good but for its age.
const GOOD: &str = include_str!("../../fixtures/native/dialog-notat/minimal.json");

fn edited(name: &'static str, from: &str, to: &str) -> Kind {
    assert!(GOOD.contains(from), "{name}: {from}");
    (name, GOOD.replace(from, to).into_bytes(), 422)
}

/// All kinds.
pub fn kinds() -> Vec<Kind> {
    let nested = format!("{}1{}", "{\"a\":[".repeat(5000), "]}".repeat(5000));
    let wide = format!("{{\"resourceType\":\"Bundle\",\"entry\":[{}]}}", vec!["{}"; 60_000].join(","));
    let mut cut = GOOD.as_bytes().to_vec();
    cut.truncate(GOOD.len() / 2);
    let mut latin1 = GOOD.as_bytes().to_vec();
    latin1.splice(2..2, *b"\"x\":\"\xe6\",");
    vec![
        ("no body", Vec::new(), 400),
        ("blanks", b"  \n ".to_vec(), 422),
        ("one brace", b"{".to_vec(), 422),
        ("an empty object", b"{}".to_vec(), 422),
        ("an array", b"[]".to_vec(), 422),
        ("a text", b"\"Bundle\"".to_vec(), 422),
        ("XML at the door for JSON", b"<Bundle xmlns=\"http://hl7.org/fhir\"/>".to_vec(), 422),
        ("a byte order mark", format!("\u{feff}{GOOD}").into_bytes(), 422),
        ("cut in the middle", cut, 422),
        ("bytes that are no UTF-8", latin1, 422),
        ("a NUL", GOOD.replacen("\"type\"", "\"ty\u{0}pe\"", 1).into_bytes(), 422),
        ("two Bundles", format!("{GOOD}{GOOD}").into_bytes(), 422),
        ("nested very deeply", nested.into_bytes(), 422),
        ("very many entries", wide.into_bytes(), 422),
        ("another resource", br#"{"resourceType":"Patient"}"#.to_vec(), 422),
        ("a resource that there is none of", br#"{"resourceType":"Stille Fjord"}"#.to_vec(), 422),
        ("a batch", br#"{"resourceType":"Bundle","type":"batch"}"#.to_vec(), 422),
        ("no entries", br#"{"resourceType":"Bundle","type":"message"}"#.to_vec(), 422),
        edited("the type twice", "\"type\": \"message\"", "\"type\": \"message\", \"type\": \"message\""),
        edited("an element that R4 has not", "\"type\": \"message\"", "\"type\": \"message\", \"Fjord\": \"Stille\""),
        edited("a code that R4 has not", "\"status\": \"completed\"", "\"status\": \"Stille Fjord\""),
        edited("an event that there is none of", "\"DIALOG_NOTAT\"", "\"DIALOG_FJORD\""),
        edited("an event of another list", "1.1.8279", "1.1.8116"),
        edited("no header", "\"MessageHeader\"", "\"Basic\""),
        edited("an id that is no UUID", "\"id\": \"", "\"id\": \"x"),
        edited("no time", "\"timestamp\"", "\"Timestamp\""),
        edited("a time without zone", "+02:00\"", "\""),
        edited("a time long ago", "\"timestamp\": \"2026", "\"timestamp\": \"1926"),
        edited("no text", "\"contentString\"", "\"contentStrings\""),
        edited("an empty text", "\"contentString\": \"", "\"contentString\": \"\", \"x\": \""),
        edited("a receiver that there is none of", "\"9000101", "\"9099101"),
        ("a sender that is another's", GOOD.replace("9000302", "9000201").into_bytes(), 403),
        edited("a script in a narrative", "\"status\": \"completed\"", SCRIPT),
    ]
}

const SCRIPT: &str = r#""status": "completed", "text": {"status": "generated",
    "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></div>"}"#;
