//! A judgement as JSON: the stable interface of `bindeledd validate --format json` and of `POST /validate`.

use crate::domain::Language;
use crate::pipeline::Judgement;
use crate::routing::AppRecVersion;
use crate::rulebook::{Detail, Finding, Fix};
use crate::xml::Place;
use serde::Serialize;

/// One file, judged.
#[derive(Serialize)]
pub struct JudgementView<'j> {
    file: &'j str,
    verdict: &'static str,
    #[serde(rename = "type")]
    message_type: Option<String>,
    version: Option<&'static str>,
    apprec: Option<AppRecView>,
    findings: Vec<FindingView<'j>>,
}

#[derive(Serialize)]
struct AppRecView {
    version: &'static str,
    status: u8,
    errors: Vec<&'static str>,
}

#[derive(Serialize)]
struct FindingView<'j> {
    rule: &'static str,
    severity: &'static str,
    consequence: &'static str,
    line: Option<u32>,
    column: Option<u32>,
    path: Option<&'j str>,
    message: String,
    hint: &'j str,
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<&'j str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Vec<EditView<'j>>>,
}

/// One edit: what stands from the first place up to, but not including, the second becomes `with`. It may hold content of the
/// message, and goes only to the one who sent that message to be judged.
#[derive(Serialize)]
struct EditView<'j> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    with: &'j str,
}

impl<'j> JudgementView<'j> {
    /// The view of a judgement on the message in `text`, which is empty when it could not be decoded.
    pub fn of(file: &'j str, judgement: &'j Judgement, text: &str, language: Language) -> Self {
        Self {
            file,
            verdict: if judgement.is_accepted() { "accepted" } else { "refused" },
            message_type: judgement.type_code.as_deref().map(shown_code),
            version: judgement.kind.map(|kind| kind.version).filter(|version| !version.is_empty()),
            apprec: judgement.answer.as_ref().map(|answer| AppRecView {
                version: match answer.version {
                    AppRecVersion::V1_0 => "1.0",
                    AppRecVersion::V1_1 => "1.1",
                },
                status: answer.status(),
                errors: answer.errors.clone(),
            }),
            findings: judgement.findings.iter().map(|finding| FindingView::of(finding, text, language)).collect(),
        }
    }
}

impl<'j> FindingView<'j> {
    fn of(finding: &'j Finding, text: &str, language: Language) -> Self {
        Self {
            rule: finding.rule.id,
            severity: finding.consequence.severity(),
            consequence: finding.consequence.as_str(),
            line: finding.place.map(|place| place.line),
            column: finding.place.map(|place| place.column),
            path: finding.path.as_deref(),
            message: finding.sentence(language),
            hint: finding.hint(language),
            source: finding.rule.source,
            clause: finding.says.as_ref().map(|says| &*says.clause).filter(|clause| !clause.is_empty()),
            fix: finding.fix.as_deref().map(|fix| edits(fix, text)),
        }
    }
}

fn edits<'j>(fix: &'j Fix, text: &str) -> Vec<EditView<'j>> {
    let view = |edit: &'j crate::rulebook::Edit| {
        let (start, end) = (Place::of(text, edit.bytes.start), Place::of(text, edit.bytes.end));
        EditView {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            with: edit.with.expose(),
        }
    };
    fix.edits.iter().map(view).collect()
}

/// A code of the message, such as its type: shown only when it looks like one.
pub fn shown_code(code: &str) -> String {
    Detail::code(code).to_string().trim_matches('\'').to_string()
}
