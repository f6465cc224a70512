//! A second reader: fhir-sdk's typed model, written by others than our tables.

use crate::domain::Private;
use crate::fhir;
use std::fmt;
use typed_fhir::Unread;

/// Why fhir-sdk cannot read a resource. The library stops at the first trouble and knows no path; our own judge tells more.
#[derive(Clone, PartialEq, Eq)]
pub enum SecondOpinion {
    /// More nested than is read; so many levels of objects and arrays are.
    TooDeep(usize),
    /// Its model does not allow it.
    Refused {
        /// Of a Bundle: which entry, from 0; none if it is the Bundle itself, or no Bundle.
        entry: Option<usize>,
        /// 1 for the first line. Of the whole text, or of the entry's resource alone, written without blanks.
        line: usize,
        /// 1 for the first byte.
        column: usize,
        /// The library's own words, which may repeat content.
        words: Private<String>,
    },
}

/// Reads a resource or a Bundle with fhir-sdk's types and forgets it. Some megabytes a second: for edges, not for every step.
pub fn read_typed(json_text: &[u8]) -> Result<(), SecondOpinion> {
    match typed_fhir::read(json_text) {
        Ok(_) => Ok(()),
        Err(why) => Err(of_an_entry(json_text).unwrap_or_else(|| told(why, None))),
    }
}

fn told(why: Unread, entry: Option<usize>) -> SecondOpinion {
    match why {
        Unread::TooDeep => SecondOpinion::TooDeep(typed_fhir::LEVELS_MAX),
        Unread::Refused { line, column, words } => {
            SecondOpinion::Refused { entry, line, column, words: Private::new(words) }
        }
    }
}

/// The first entry of a Bundle that alone cannot be read either.
fn of_an_entry(text: &[u8]) -> Option<SecondOpinion> {
    let bundle = fhir::read(text, &fhir::Limits::default()).ok()?;
    bundle.get("entry")?.items().iter().enumerate().find_map(|(at, entry)| {
        let resource = entry.get("resource")?.compact();
        let why = typed_fhir::read(resource.as_bytes()).err()?;
        Some(told(why, Some(at)))
    })
}

impl fmt::Display for SecondOpinion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep(levels) => write!(f, "fhir-sdk was not asked: more than {levels} levels of objects and arrays"),
            Self::Refused { entry: Some(at), .. } => write!(f, "fhir-sdk cannot read Bundle.entry[{at}].resource"),
            Self::Refused { entry: None, line, column, .. } => {
                write!(f, "fhir-sdk cannot read it; it stopped at line {line}, column {column}")
            }
        }
    }
}

impl fmt::Debug for SecondOpinion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_opinion_names_the_entry_and_repeats_nothing() {
        let text = r#"{"resourceType":"Bundle","type":"collection","entry":[
            {"resource":{"resourceType":"Patient"}},{"resource":{"resourceType":"Patient","gender":"01815000274"}}]}"#;
        let Err(why) = read_typed(text.as_bytes()) else { panic!("it was read") };
        assert_eq!(format!("{why} {why:?}").matches("Bundle.entry[1].resource").count(), 2);
        assert!(!format!("{why} {why:?}").contains("01815000274"));
        let SecondOpinion::Refused { words, .. } = why else { panic!("{why}") };
        assert!(words.expose().contains("01815000274"), "the library has changed its words: {}", words.expose());
    }

    #[test]
    fn a_resource_that_is_right_is_read_and_one_that_nests_too_deep_is_not() {
        assert!(read_typed(br#"{"resourceType":"Patient","gender":"female"}"#).is_ok());
        let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(read_typed(deep.as_bytes()), Err(SecondOpinion::TooDeep(typed_fhir::LEVELS_MAX)));
    }
}
