//! A spot in a configuration file: what a complaint points at.

use super::Complaint;
use super::complaint::Excerpt;
use crate::xml::Place;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// One file as it was read.
#[derive(Debug)]
pub(super) struct Source {
    /// Its path as it is shown.
    pub file: String,
    /// Its text; empty when it could not be read.
    pub text: String,
}

/// A stretch of one file, kept so that a complaint can still be made when all files have been read.
#[derive(Clone)]
pub struct Spot {
    source: Arc<Source>,
    span: Range<usize>,
}

impl Spot {
    pub(super) fn new(source: &Arc<Source>, span: Range<usize>) -> Self {
        Self { source: Arc::clone(source), span }
    }

    /// The first character of a file, for complaints about the file as a whole. The file need not exist.
    pub fn of_file(file: impl Into<String>) -> Self {
        Self { source: Arc::new(Source { file: file.into(), text: String::new() }), span: 0..0 }
    }

    /// The path of the file as it is shown.
    pub fn file(&self) -> &str {
        &self.source.file
    }

    /// Line and column.
    pub fn place(&self) -> Place {
        Place::of(&self.source.text, self.span.start)
    }

    /// A complaint about what stands here, with the line as the file has it.
    pub fn complain(&self, message: impl Into<String>) -> Complaint {
        let excerpt = (!self.span.is_empty()).then(|| Excerpt::of(&self.source.text, &self.span));
        Complaint::new(self.file(), self.place(), message.into(), excerpt)
    }

    /// A complaint about a key that nobody asked for; its value is not repeated.
    pub(super) fn complain_about_key(&self, message: impl Into<String>) -> Complaint {
        let excerpt = Excerpt::up_to(&self.source.text, &self.span);
        Complaint::new(self.file(), self.place(), message.into(), Some(excerpt))
    }

    /// A complaint that does not repeat the line: something secret may stand there.
    pub fn complain_without_repeating(&self, message: impl Into<String>) -> Complaint {
        Complaint::new(self.file(), self.place(), message.into(), None)
    }
}

impl fmt::Display for Spot {
    /// `config/routes/owner.toml:7:3`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { line, column } = self.place();
        write!(f, "{}:{line}:{column}", self.file())
    }
}

impl fmt::Debug for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A value and where it is written.
#[derive(Clone, Debug)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub spot: Spot,
}
