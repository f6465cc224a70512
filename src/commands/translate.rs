//! `translate`: a message in another version to standard output, and what became of what differs to standard error.

use super::files;
use super::report::{Answer, Printed};
use crate::domain::{Language, Text};
use crate::messages::Judging;
use crate::routing::{LossClass, Understands};
use crate::translation::versions::{Edition, Known, Loss, NotTranslated, Wanted, translate_as_within, worst};
use crate::xml::Limits;
use serde_json::json;
use std::path::Path;

/// What is to be translated, and how it is told.
pub struct Question<'q> {
    /// The file; `-` is standard input.
    pub file: &'q Path,
    /// Into what.
    pub to: To<'q>,
    /// Whether the losses are told as JSON, one object on each line.
    pub as_json: bool,
    /// The most that may be lost.
    pub max_loss: LossClass,
    /// In which language.
    pub language: Language,
}

/// Into what a message is translated.
#[derive(Clone, Copy)]
pub enum To<'q> {
    /// Another version.
    Version(Edition),
    /// Another type of dialog message.
    Type {
        /// Which.
        code: &'static str,
        /// The file of the message that it answers.
        earlier: Option<&'q Path>,
        /// Whom it asks for where it names nobody.
        contact_profession: Option<&'static str>,
    },
}

const REFUSED: Text = Text {
    en: "not translated: more would be lost than is allowed",
    nb: "ikke oversatt: mer ville gå tapt enn det som er tillatt",
    nn: "ikkje omsett: meir ville gå tapt enn det som er tillate",
};
const NOTHING: Text = Text {
    en: "there is nothing in it to put into that version",
    nb: "det er ikke noe i den å sette over til den versjonen",
    nn: "det er ikkje noko i ho å setje over til den versjonen",
};

/// Translates. The answer is no when more would be lost than is allowed; then nothing goes to standard output.
pub fn translate(question: &Question<'_>) -> Printed {
    let name = files::shown(question.file);
    let fault = |words: String| Printed { answer: Answer::Fault, out: String::new(), troubles: format!("{name}: {words}") };
    let no = |troubles: String| Printed { answer: Answer::No, out: String::new(), troubles };
    let bytes = match files::read(question.file) {
        Ok(bytes) => bytes,
        Err(trouble) => return fault(trouble),
    };
    let (understands, into_type, parent) = match question.to {
        To::Version(edition) => (edition.alone(), None, None),
        To::Type { code, earlier, contact_profession } => {
            let parent = match earlier.map(files::read).transpose() {
                Ok(parent) => parent,
                Err(trouble) => return fault(trouble),
            };
            (Understands { contact_profession, ..Understands::default() }, Some(code), parent)
        }
    };
    let understands = Understands { max_loss: question.max_loss, ..understands };
    let known = Known { parent, ..Known::default() };
    let wanted = Wanted { into_type, known: &known, ..Wanted::of(&understands) };
    let judging = Judging::incoming(Limits::default());
    match translate_as_within(&bytes, wanted, &judging) {
        Ok(translation) => {
            let mut told = told(&name, &translation.losses, question);
            if translation.into.is_empty() && translation.losses.is_empty() && !question.as_json {
                told = format!("{name}: {}", NOTHING.in_language(question.language));
            }
            Printed { answer: Answer::Good, out: translation.text.trim_end().to_string(), troubles: told }
        }
        Err(NotTranslated::TooMuchIsLost(losses)) => {
            let mut told = told(&name, &losses, question);
            if !question.as_json {
                let (found, allowed) = (worst(&losses).as_str(), question.max_loss.as_str());
                told += &format!("\n{name}: {} ({found} > {allowed})", REFUSED.in_language(question.language));
            }
            no(told)
        }
        Err(NotTranslated::Unreadable) => {
            no(format!("{name}: this is no XML that can be read; `bindeledd validate` says why"))
        }
        Err(NotTranslated::Defect(rules)) => fault(format!(
            "the translation would break {}; this is a defect of the program, not of the message",
            rules.join(", ")
        )),
    }
}

fn told(name: &str, losses: &[Loss], question: &Question<'_>) -> String {
    let one = |loss: &Loss| {
        if question.as_json { as_json(loss, question.language) } else { as_text(name, loss, question.language) }
    };
    losses.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn as_text(name: &str, loss: &Loss, language: Language) -> String {
    let place = loss.place.map_or_else(String::new, |place| format!(":{}:{}", place.line, place.column));
    let path = loss.path.as_deref().map_or_else(String::new, |path| format!("\n   = {path}"));
    format!("{}[{}]: {}\n  --> {name}{place}{path}", loss.class.as_str(), loss.rule.id, loss.words(language))
}

fn as_json(loss: &Loss, language: Language) -> String {
    json!({
        "rule": loss.rule.id,
        "class": loss.class.as_str(),
        "line": loss.place.map(|place| place.line),
        "column": loss.place.map(|place| place.column),
        "path": loss.path,
        "before": loss.rule.before,
        "after": loss.rule.after,
        "message": loss.words(language),
    })
    .to_string()
}
