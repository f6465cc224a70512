//! FHIR read by fhir-sdk's typed model, which nobody here has written: a second opinion on what our own tables say.
//!
//! It reads and forgets. The model keeps no exact decimals and no unknown elements, so nothing is ever written from it.
//! It is R4B, which has the same elements as R4 in all resources that messages are made of.

use fhir_sdk::r4b::resources::{Bundle, OperationOutcome, Resource};

/// The deepest nesting of objects and arrays that is read. Each level of resources costs stack, most of all without optimisation.
pub const LEVELS_MAX: usize = 32;

/// What a text turned out to be, as far as an answer of a FHIR server says something with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    /// An OperationOutcome: the severity and the code of each issue, as FHIR writes them.
    Issues(Vec<Issue>),
    /// A Bundle that answers a batch or a transaction: the HTTP status of each entry; 0 where it is no number.
    Statuses(Vec<u16>),
    /// A Bundle that is a message.
    Message,
    /// Any other resource.
    Other,
}

/// One issue of an OperationOutcome: words of closed lists, none of the texts beside them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issue {
    /// `fatal`, `error`, `warning`, `information`.
    pub severity: String,
    /// `invalid`, `duplicate` …
    pub code: String,
}

/// The model could not read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unread {
    /// More nested than [`LEVELS_MAX`].
    TooDeep,
    /// It is no resource of the model. The words are the library's own and may repeat what the text says.
    Refused {
        /// 1 for the first line; the end of the resource that is wrong rather than the place in it.
        line: usize,
        /// 1 for the first byte.
        column: usize,
        /// What the library says of it.
        words: String,
    },
}

/// Reads a resource of any type.
pub fn read(text: &[u8]) -> Result<Told, Unread> {
    if levels(text) > LEVELS_MAX {
        return Err(Unread::TooDeep);
    }
    let resource: Resource = serde_json::from_slice(text).map_err(|error| Unread::Refused {
        line: error.line(),
        column: error.column(),
        words: error.to_string(),
    })?;
    Ok(match resource {
        Resource::OperationOutcome(outcome) => Told::Issues(issues(&outcome)),
        Resource::Bundle(bundle) => of_bundle(&bundle),
        _ => Told::Other,
    })
}

fn issues(outcome: &OperationOutcome) -> Vec<Issue> {
    let all = outcome.issue.iter().flatten();
    all.map(|issue| Issue { severity: issue.severity.to_string(), code: issue.code.to_string() }).collect()
}

fn of_bundle(bundle: &Bundle) -> Told {
    let responses: Vec<u16> = bundle
        .entry
        .iter()
        .flatten()
        .filter_map(|entry| entry.response.as_ref())
        .map(|response| response.status.split(' ').next().and_then(|code| code.parse().ok()).unwrap_or(0))
        .collect();
    match bundle.r#type.as_ref() {
        "batch-response" | "transaction-response" => Told::Statuses(responses),
        "message" => Told::Message,
        _ => Told::Other,
    }
}

/// How deep objects and arrays stand in each other.
fn levels(text: &[u8]) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    let (mut is_text, mut is_escaped) = (false, false);
    for byte in text {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_text => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => {
                now += 1;
                most = most.max(now);
            }
            b'}' | b']' if !is_text => now = now.saturating_sub(1),
            _ => {}
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(times: usize) -> String {
        let inner = (0..times).fold("{\"resourceType\":\"Patient\"}".to_string(), |inner, _| {
            format!("{{\"resourceType\":\"Patient\",\"contained\":[{inner}]}}")
        });
        assert_eq!(levels(inner.as_bytes()), 2 * times + 1);
        inner
    }

    #[test]
    fn an_answer_is_told_in_words_of_closed_lists() {
        let outcome = r#"{"resourceType":"OperationOutcome","issue":[
            {"severity":"error","code":"duplicate","diagnostics":"Stille Fjord"},{"severity":"warning","code":"code-invalid"}]}"#;
        let issue = |severity: &str, code: &str| Issue { severity: severity.into(), code: code.into() };
        let told = Told::Issues(vec![issue("error", "duplicate"), issue("warning", "code-invalid")]);
        assert_eq!(read(outcome.as_bytes()), Ok(told));
        let bundle = r#"{"resourceType":"Bundle","type":"transaction-response","entry":[
            {"response":{"status":"201 Created"}},{"response":{"status":"412"}},{"response":{"status":"what"}}]}"#;
        assert_eq!(read(bundle.as_bytes()), Ok(Told::Statuses(vec![201, 412, 0])));
        assert_eq!(read(br#"{"resourceType":"Bundle","type":"message"}"#), Ok(Told::Message));
        assert_eq!(read(br#"{"resourceType":"Patient","active":true}"#), Ok(Told::Other));
    }

    #[test]
    fn what_is_no_resource_is_refused_with_its_place() {
        for text in ["", "[]", "{}", "{\"resourceType\":\"Patience\"}", "{\"resourceType\":\"Patient\",\n\"gender\":\"x\"}"]
        {
            assert!(matches!(read(text.as_bytes()), Err(Unread::Refused { .. })), "{text}");
        }
        let Err(Unread::Refused { line, .. }) = read(b"{\n\n!") else { panic!("it was read") };
        assert_eq!(line, 3);
    }

    #[test]
    fn the_deepest_nesting_that_is_read_fits_into_a_small_stack() {
        const STACK_BYTES: usize = 1024 * 1024;
        let deepest = nested((LEVELS_MAX - 1) / 2);
        let reading = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || read(deepest.as_bytes()));
        assert_eq!(reading.expect("a thread").join().expect("no overflow"), Ok(Told::Other));
        assert_eq!(read(nested(LEVELS_MAX / 2).as_bytes()), Err(Unread::TooDeep));
        assert_eq!(read("[".repeat(100_000).as_bytes()), Err(Unread::TooDeep));
    }

    #[test]
    fn brackets_in_a_text_are_no_nesting() {
        assert_eq!(levels(br#"{"a":"[[[\"[[[","b":[1]}"#), 2);
    }
}
