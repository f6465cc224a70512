//! What a partner is told beside a message that was parked: for people, in bokmål and English, within the bounds of a header.
//!
//! It holds what a finding may show and nothing of the content.

use super::properties::text;
use crate::domain::Language;
use crate::transports::http::Problem;
use lapin::types::FieldTable;
use std::fmt::Write;

/// The headers of a message must fit into one frame, which is 128 KiB unless the broker says less.
const EXPLANATION_MAX_BYTES: usize = 8 * 1024;

/// The headers of a parked message.
pub fn headers(problem: &Problem) -> FieldTable {
    let mut headers = FieldTable::default();
    headers.insert("bindeledd-problem".into(), text(problem.kind.name()));
    if let Some(tracking) = problem.tracking {
        headers.insert("bindeledd-tracking-id".into(), text(&tracking.to_string()));
    }
    if let Some(earlier) = problem.earlier {
        headers.insert("bindeledd-earlier-tracking-id".into(), text(&earlier.to_string()));
    }
    let mut rules: Vec<_> = problem.findings.iter().map(|finding| finding.rule.id).collect();
    rules.dedup();
    if !rules.is_empty() {
        headers.insert("bindeledd-rules".into(), text(cut(&rules.join(" "))));
    }
    headers.insert("bindeledd-explanation".into(), text(cut(&explanation(problem, Language::En))));
    headers.insert("bindeledd-forklaring".into(), text(cut(&explanation(problem, Language::Nb))));
    headers
}

fn explanation(problem: &Problem, language: Language) -> String {
    let mut told = problem.kind.explanation().in_language(language).to_string();
    if let Some(detail) = &problem.detail {
        let _ = write!(told, " {detail}");
    }
    let (line, column) = if language == Language::En { ("line", "column") } else { ("linje", "kolonne") };
    for finding in &problem.findings {
        let _ = write!(told, "\n{}: {}", finding.rule.id, finding.sentence(language));
        if let Some(place) = finding.place {
            let _ = write!(told, " ({line} {}, {column} {})", place.line, place.column);
        }
        let _ = write!(told, " {}", finding.hint(language));
    }
    told
}

fn cut(told: &str) -> &str {
    &told[..told.floor_char_boundary(EXPLANATION_MAX_BYTES)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transports::http::ProblemKind;
    use lapin::types::AMQPValue;

    #[test]
    fn an_explanation_is_cut_where_a_header_would_get_too_large() {
        let headers = headers(&Problem::new(ProblemKind::MessageTooLarge).detail("æ".repeat(20_000)));
        let length = |name: &str| match &headers.inner()[name] {
            AMQPValue::LongString(told) => {
                assert!(std::str::from_utf8(told.as_bytes()).is_ok(), "cut within a letter");
                told.as_bytes().len()
            }
            other => panic!("{other:?}"),
        };
        assert!((8000..=EXPLANATION_MAX_BYTES).contains(&length("bindeledd-explanation")));
        assert!((8000..=EXPLANATION_MAX_BYTES).contains(&length("bindeledd-forklaring")));
    }
}
