//! Findings, codes and addresses in words that are safe on a screen.

use crate::domain::{Language, Text};
use crate::messages::apprec::{error_code, error_text};
use crate::rulebook::{Detail, Finding};
use crate::transports::http::FindingView;
use serde_json::Value;

const MUST_HOLD: Text = Text { en: "must hold", nb: "skal gjelde", nn: "skal gjelde" };
const FOUND: Text = Text { en: "found", nb: "funnet", nn: "funne" };
const TO_DO: Text = Text { en: "to do", nb: "å gjøre", nn: "å gjere" };
const PLACE: Text = Text { en: "element", nb: "element", nn: "element" };
const SOURCE: Text = Text { en: "source", nb: "kilde", nn: "kjelde" };
const APPREC: Text = Text { en: "AppRec", nb: "AppRec", nn: "AppRec" };

/// A code of the message, such as its type: shown only when it looks like one.
pub(super) fn shown_code(code: &str) -> String {
    Detail::code(code).to_string().trim_matches('\'').to_string()
}

/// How findings in one file are told.
#[derive(Clone, Copy)]
pub(super) struct Telling<'t> {
    /// What the file, or the message, is called.
    pub(super) name: &'t str,
    pub(super) language: Language,
    /// Whether a refusal is answered with an AppRec at all.
    pub(super) answered: bool,
}

impl Telling<'_> {
    /// A finding in some lines: place and rule first, as editors can jump to it.
    pub(super) fn finding(&self, finding: &Finding) -> String {
        let Self { name, language, answered } = *self;
        let place = finding.place.map_or_else(String::new, |place| format!("{}:{}:", place.line, place.column));
        let rule = finding.rule;
        let mut text = format!("  {name}:{place} {} {}\n", rule.id, finding.consequence.as_str());
        let mut add = |label: Text, value: &str| {
            text += &format!("    {:<11} {value}\n", label.in_language(language));
        };
        add(MUST_HOLD, rule.holds.in_language(language));
        // What is wrong in this very case says more than what was found.
        match (&finding.says, &finding.found) {
            (Some(says), _) => add(FOUND, says.message.in_language(language)),
            (None, Some(found)) => add(FOUND, found.in_language(language)),
            (None, None) => {}
        }
        if let Some(path) = &finding.path {
            add(PLACE, path);
        }
        add(TO_DO, finding.hint(language));
        if let Some(answer) = apprec_error(finding).filter(|_| answered) {
            add(APPREC, &answer);
        }
        add(SOURCE, rule.source);
        text
    }
}

/// `E36 Pasientopplysninger er utilstrekkelige`, for a finding that refuses.
fn apprec_error(finding: &Finding) -> Option<String> {
    let code = error_code(finding.refusal()?);
    Some(format!("{code} {}", error_text(code)))
}

/// The codes that a negative AppRec for these findings has.
pub(super) fn apprec_codes<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<&'static str> {
    findings.into_iter().filter_map(Finding::refusal).map(error_code).collect()
}

/// A finding as the API shows it, so that programs read one form everywhere.
pub(super) fn finding_as_json(finding: &Finding) -> Value {
    serde_json::to_value(FindingView::from(finding)).unwrap_or_default()
}
