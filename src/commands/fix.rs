//! `fix`: makes the mechanical mends that the findings of a message offer, and says what is left for a person.

use super::files;
use super::report::{Answer, Report, count};
use crate::config::schemas_of;
use crate::domain::Language;
use crate::messages::Judging;
use crate::pipeline::judge_alone;
use crate::rulebook::{Direction, Finding, Fix, apply};
use crate::xml::{Limits, decode};
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// One mend can bring the next mistake to light; a message that is not done by then is better mended by hand.
const ROUNDS: usize = 20;

/// What to mend, and where to put it.
pub struct Question<'q> {
    /// The file; `-` is standard input.
    pub file: &'q Path,
    /// As received, or as about to be sent.
    pub direction: Direction,
    /// A folder with further schemas.
    pub schemas: Option<&'q Path>,
    /// Whether the file itself is written anew; otherwise the mended message goes to standard output.
    pub write: bool,
    /// In which language.
    pub language: Language,
}

/// Mends. The answer is no when something is left. Its report belongs on standard error when the message goes to standard output.
pub fn fix(question: &Question<'_>) -> Report {
    let name = files::shown(question.file);
    let bytes = match files::read(question.file) {
        Ok(bytes) => bytes,
        Err(trouble) => return Report::trouble(format!("{name}: {trouble}")),
    };
    if question.write && question.file == Path::new("-") {
        return Report::trouble("standard input cannot be written back; leave --write out");
    }
    let Ok(text) = decode(&bytes) else {
        return Report::trouble(format!("{name}: this is no text in UTF-8 or ISO-8859-1 as it says; nothing can be mended"));
    };
    let schemas = match schemas_of(question.schemas) {
        Ok(schemas) => schemas,
        Err(troubles) => return Report::trouble(troubles.join("\n")),
    };
    let mended = mend(&text, &Judging::of(Limits::default(), question.direction).by(&schemas).with_mends());
    let new = encoded(&bytes, &mended.text);
    let nothing_to_write = question.write && mended.made == 0;
    if let Err(trouble) = if nothing_to_write { Ok(()) } else { put(question, &new) } {
        return Report::trouble(format!("{name}: {trouble}"));
    }
    report(&name, &mended, question)
}

/// A message with the mends made.
struct Mended {
    text: String,
    made: usize,
    left: Vec<Finding>,
}

/// What stops the message is mended first, for one slip can look like two: an attribute with a wrong name is also one that is
/// missing. What makes nothing better is not made.
fn mend(text: &str, judging: &Judging) -> Mended {
    let mut mended = Mended { text: text.to_string(), made: 0, left: findings(text, judging) };
    for _ in 0..ROUNDS {
        let Some(better) = one_round(&mended, judging) else { break };
        mended = better;
    }
    mended
}

fn findings(text: &str, judging: &Judging) -> Vec<Finding> {
    judge_alone(&as_utf8(text), judging).findings
}

/// Every mend that does not overlap another. The others come in the next round.
fn one_round(before: &Mended, judging: &Judging) -> Option<Mended> {
    let offered = |stops: bool| {
        let of_that_kind = before.left.iter().filter(move |finding| finding.consequence.stops() == stops);
        of_that_kind.filter_map(|finding| finding.fix.as_deref()).collect::<Vec<&Fix>>()
    };
    let first = offered(true);
    let (text, made) = apply(&before.text, if first.is_empty() { offered(false) } else { first }.as_slice());
    if made == 0 || text == before.text {
        return None;
    }
    let left = findings(&text, judging);
    (badness(&left) < badness(&before.left)).then_some(Mended { text, made: before.made + made, left })
}

/// How many findings stop the message, and how many there are. A mend may bring new warnings to light, but nothing that stops.
fn badness(findings: &[Finding]) -> (usize, usize) {
    (findings.iter().filter(|finding| finding.consequence.stops()).count(), findings.len())
}

/// The bytes that decode to this text with every offset as it is: a declared ISO-8859-1 is written in ISO-8859-1 again.
fn as_utf8(text: &str) -> Vec<u8> {
    if declares_latin1(text) { latin1(text).unwrap_or_else(|| text.as_bytes().to_vec()) } else { text.as_bytes().to_vec() }
}

/// The mended text in the encoding in which the message came.
fn encoded(before: &[u8], text: &str) -> Vec<u8> {
    const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
    let mut bytes = if before.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
    bytes.extend(as_utf8(text));
    bytes
}

fn declares_latin1(text: &str) -> bool {
    let declaration = text.split_once("?>").map_or("", |(declaration, _)| declaration).to_ascii_lowercase();
    declaration.starts_with("<?xml") && declaration.contains("iso-8859-1")
}

fn latin1(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

fn put(question: &Question<'_>, bytes: &[u8]) -> Result<(), String> {
    let written = if question.write {
        // Beside it first: whatever happens, the file is the old one or the new one, whole.
        let beside = question.file.with_added_extension("mended");
        std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, question.file))
    } else {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush())
    };
    written.map_err(|error| format!("cannot be written: {error}"))
}

fn report(name: &str, mended: &Mended, question: &Question<'_>) -> Report {
    let left: Vec<_> = mended.left.iter().filter(|finding| finding.consequence.stops()).collect();
    let mut text = format!("{name}: {} made", count(mended.made, "mend", "mends"));
    for finding in &left {
        let place = finding.place.map_or_else(String::new, |place| format!("{}:{}: ", place.line, place.column));
        let _ = write!(text, "\n  left: {place}{} {}", finding.rule.id, finding.sentence(question.language));
    }
    let json = json!({ "file": name, "made": mended.made, "left": left.len() });
    let answer = Answer::of(left.is_empty());
    Report { answer, text, json }
}
