//! Issues as an OperationOutcome, which is how a FHIR server tells what is wrong.

use super::json::{Json, Object, array};
use super::judge::{Issue, Severity};
use crate::domain::{Language, Text};
use crate::xml::Place;

const ALL_IS_WELL: Text =
    Text { en: "No problem was found.", nb: "Det ble ikke funnet noe galt.", nn: "Det vart ikkje funne noko gale." };

/// An OperationOutcome with one issue for each of ours: its severity and code, a sentence, the place in FHIRPath, and where it is
/// said. `places` are those of the issues, in their order, or empty where there is no text that lines could be counted in.
/// Without issues it says that all is well: an OperationOutcome has at least one.
pub fn outcome(issues: &[Issue], places: &[Place], language: Language) -> Json<'static> {
    let one = |(at, issue): (usize, &Issue)| {
        let severity = match issue.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let source = match places.get(at) {
            Some(place) => format!("{place} ({})", issue.source()),
            None => issue.source().to_owned(),
        };
        Object::new()
            .with("severity", severity)
            .with("code", issue.code())
            .with("details", Object::new().with("text", issue.sentence(language)))
            .with("diagnostics", source)
            .with("expression", array([issue.path.to_string()]))
    };
    let well = Object::new()
        .with("severity", "information")
        .with("code", "informational")
        .with("details", Object::new().with("text", ALL_IS_WELL.in_language(language)));
    let told: Vec<Object<'static>> =
        if issues.is_empty() { vec![well] } else { issues.iter().enumerate().map(one).collect() };
    Object::resource("OperationOutcome").with("issue", array(told)).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::{Limits, judge, places, read};

    #[test]
    fn every_issue_is_told_and_the_telling_is_right_itself() {
        let text = r#"{"resourceType":"Patient","gender":"x","unheardOf":1,"name":[{}],"birthDate":"1.1.1980",
            "contained":[{"resourceType":"Basic","id":"a","code":{}}],"text":{"status":"generated","div":"a"}}"#;
        let json = read(text.as_bytes(), &Limits::default()).unwrap_or_else(|trouble| panic!("{trouble}"));
        let issues = judge(&json);
        let told = outcome(&issues, &places(text.as_bytes(), &issues), Language::Nb);
        assert!(issues.len() >= 6 && told.get("issue").is_some_and(|told| told.items().len() == issues.len()));
        let first = told.first("issue").map(Json::compact).unwrap_or_default();
        assert_eq!(
            first,
            "{\"severity\":\"error\",\"code\":\"code-invalid\",\
             \"details\":{\"text\":\"Koden finnes ikke i verdisettet administrative-gender, og må være derfra.\"},\
             \"diagnostics\":\"line 1, column 27 (FHIR R4, terminologies.html#required)\",\"expression\":[\"Patient.gender\"]}"
        );
        for outcome in [told, outcome(&issues, &[], Language::En), outcome(&[], &[], Language::Nn)] {
            assert!(judge(&outcome).is_empty(), "an OperationOutcome of ours is wrong");
        }
    }
}
