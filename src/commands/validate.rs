//! `validate`: judges messages in files by the rules alone, as their receiver would. No configuration is needed.

use super::files;
use super::judged::Judged;
use super::line::Format;
use super::report::{Answer, Printed, count};
use super::sarif::sarif;
use super::snippet::snippet;
use crate::config::schemas_of;
use crate::domain::{Language, Text};
use crate::messages::Judging;
use crate::messages::apprec::error_text;
use crate::pipeline::{ExpectedAnswer, Judgement, judge_alone};
use crate::routing::AppRecVersion;
use crate::rulebook::{Consequence, Direction, Finding, apply};
use crate::web::{JudgementView, shown_code};
use crate::xml::{Limits, decode};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What is to be judged, and how it is told.
pub struct Question<'q> {
    /// The files; `-` is standard input.
    pub files: &'q [PathBuf],
    /// As received, or as about to be sent.
    pub direction: Direction,
    /// A folder with further schemas.
    pub schemas: Option<&'q Path>,
    /// In which form the answer is printed.
    pub format: Format,
    /// In which language.
    pub language: Language,
}

/// Judges every file; the answer is no when one of them would not go through.
pub fn validate(question: &Question<'_>) -> Printed {
    let schemas = match schemas_of(question.schemas) {
        Ok(schemas) => schemas,
        Err(troubles) => return Printed { answer: Answer::Fault, out: String::new(), troubles: troubles.join("\n") },
    };
    let judging = Judging::of(Limits::default(), question.direction).by(&schemas).with_mends();
    let mut judged = Vec::new();
    let mut troubles = Vec::new();
    for path in question.files {
        let name = files::shown(path);
        match files::read(path) {
            Ok(bytes) => {
                let text = decode(&bytes).map(|text| text.into_owned()).unwrap_or_default();
                judged.push(Judged { name, text, judgement: judge_alone(&bytes, &judging) });
            }
            Err(trouble) => troubles.push((name, trouble)),
        }
    }
    let all_good = judged.iter().all(|one| one.judgement.is_accepted());
    let answer = if troubles.is_empty() { Answer::of(all_good) } else { Answer::Fault };
    let out = match question.format {
        Format::Text => text(&judged, &troubles, question),
        Format::Json => json_lines(&judged, question.language),
        Format::Sarif => format!("{:#}", sarif(&judged, question.language)),
    };
    let troubles: Vec<String> = troubles.iter().map(|(name, trouble)| format!("{name}: {trouble}")).collect();
    Printed { answer, out: if judged.is_empty() { String::new() } else { out }, troubles: troubles.join("\n") }
}

/// One object for each file, each on a line of its own.
fn json_lines(judged: &[Judged], language: Language) -> String {
    // Our own structs of texts and numbers always can be written.
    let view = |one: &Judged| {
        serde_json::to_string(&JudgementView::of(&one.name, &one.judgement, &one.text, language)).unwrap_or_default()
    };
    judged.iter().map(view).collect::<Vec<_>>().join("\n")
}

fn text(judged: &[Judged], troubles: &[(String, String)], question: &Question<'_>) -> String {
    let text: String = judged.iter().map(|one| one_as_text(one, question)).collect();
    let refused = judged.iter().filter(|one| !one.judgement.is_accepted()).count();
    let mut numbers = vec![format!("{} accepted", judged.len() - refused)];
    if refused > 0 {
        numbers.push(format!("{refused} refused"));
    }
    if !troubles.is_empty() {
        numbers.push(format!("{} not read", troubles.len()));
    }
    text + &format!("{}: {}", count(judged.len() + troubles.len(), "file", "files"), numbers.join(", "))
}

fn one_as_text(one: &Judged, question: &Question<'_>) -> String {
    let Judged { name, text, judgement } = one;
    let mut said: String = judgement.findings.iter().map(|finding| shown(finding, name, text, question.language)).collect();
    let _ = write!(said, "{name}: {}", if judgement.is_accepted() { "accepted" } else { "refused" });
    if let (Some(kind), Some(code)) = (judgement.kind, &judgement.type_code) {
        let _ = write!(said, ": {}, {}", shown_code(code), kind.label());
    }
    let _ = writeln!(said, "; {}\n", answer_in_words(judgement, question));
    said
}

fn answer_in_words(judgement: &Judgement, question: &Question<'_>) -> String {
    let blocked = judgement.findings.iter().any(|finding| finding.consequence == Consequence::Block);
    let prefix = if blocked { "it may not be sent as it is; if it were, " } else { "" };
    let outgoing = question.direction == Direction::Outgoing;
    match &judgement.answer {
        Some(ExpectedAnswer { version, errors }) => {
            let version = match version {
                AppRecVersion::V1_0 => "1.0",
                AppRecVersion::V1_1 => "1.1",
            };
            let receiver = if outgoing { "its receiver would answer" } else { "the receiver answers" };
            match errors.as_slice() {
                [] => format!("{prefix}{receiver} with a positive AppRec {version}"),
                codes => format!("{prefix}{receiver} with a negative AppRec {version}: {}", codes.join(", ")),
            }
        }
        None if judgement.kind.is_none() => {
            "no AppRec, because nobody can be answered by one: the transport says so at once".into()
        }
        None => format!("{prefix}no AppRec is sent for it"),
    }
}

const HELP: Text = Text { en: "help", nb: "hjelp", nn: "hjelp" };
const SOURCE: Text = Text { en: "source", nb: "kilde", nn: "kjelde" };
const PATH: Text = Text { en: "path", nb: "sti", nn: "stig" };
const APPREC: Text = Text { en: "AppRec", nb: "AppRec", nn: "AppRec" };
const MENDED: Text = Text { en: "mended", nb: "rettet", nn: "retta" };

/// One finding, as compilers tell theirs.
fn shown(finding: &Finding, name: &str, text: &str, language: Language) -> String {
    let mut said = format!("{}[{}]: {}\n", finding.consequence.severity(), finding.rule.id, finding.sentence(language));
    let mut add = |label: Text, value: &str| {
        let _ = writeln!(said, "   = {}: {value}", label.in_language(language));
    };
    if let Some(path) = &finding.path {
        add(PATH, path);
    }
    add(HELP, finding.hint(language));
    if let Some(mended) = mended_line(finding, text) {
        add(MENDED, &mended);
    }
    if let Some(reason) = finding.refusal() {
        let code = crate::messages::apprec::error_code(reason);
        add(APPREC, &format!("{code} {}", error_text(code)));
    }
    let clause = finding.says.as_ref().map(|says| &*says.clause).filter(|clause| !clause.is_empty());
    let source = finding.rule.source;
    add(SOURCE, &clause.map_or_else(|| source.to_string(), |clause| format!("{source}; XML Schema {clause}")));
    said.push('\n');
    match finding.place {
        None => said,
        Some(place) => {
            let (first, rest) = said.split_once('\n').unwrap_or((&said, ""));
            let shown = snippet(text, place, "");
            format!("{first}\n  --> {name}:{}:{}\n{shown}{rest}", place.line, place.column)
        }
    }
}

/// The line on which a fix begins, as it reads with the fix made.
fn mended_line(finding: &Finding, text: &str) -> Option<String> {
    const SHOWN_CHARACTERS: usize = 160;
    let fix = finding.fix.as_deref()?;
    let start = fix.span().start;
    let (mended, made) = apply(text, &[fix]);
    let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at + 1);
    let line = mended.get(line_start..)?.lines().next()?.trim();
    let shown: String = line.chars().take(SHOWN_CHARACTERS).collect();
    (made == 1 && !shown.is_empty()).then_some(shown)
}
