//! A complaint: where, what is wrong, and what to write instead.

use crate::xml::Place;
use std::fmt;
use std::ops::Range;

/// One thing that is wrong in one file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Complaint {
    /// The path of the file as it is shown.
    pub file: String,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1, in characters.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub suggestion: Option<String>,
    excerpt: Option<Excerpt>,
}

impl Complaint {
    pub(super) fn new(file: &str, place: Place, message: String, excerpt: Option<Excerpt>) -> Self {
        Self { file: file.to_string(), line: place.line, column: place.column, message, suggestion: None, excerpt }
    }

    /// With what to do about it.
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        if let Some(Excerpt { line, before, marked }) = &self.excerpt {
            write!(f, "\n {margin} |\n {number} | {line}\n {margin} | {}{}", " ".repeat(*before), "^".repeat(*marked))?;
        }
        if let Some(suggestion) = &self.suggestion {
            write!(f, "\n {margin} = help: {suggestion}")?;
        }
        Ok(())
    }
}

/// The line that a complaint is about, and what to mark in it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Excerpt {
    line: String,
    before: usize,
    marked: usize,
}

impl Excerpt {
    /// Longer lines are cut: nobody reads them.
    const MAX_CHARACTERS: usize = 160;

    /// As `of`, but without what comes after the span: a value that nobody asked for may be a secret.
    pub(super) fn up_to(text: &str, span: &Range<usize>) -> Self {
        let mut excerpt = Self::of(text, span);
        let shown = excerpt.before + excerpt.marked;
        if excerpt.line.chars().skip(shown).any(|c| c == '=') {
            excerpt.line = excerpt.line.chars().take(shown).chain(" = …".chars()).collect();
        }
        excerpt
    }

    /// The line in which a span begins. Tabs become blanks so that the mark stands under what it marks.
    pub(super) fn of(text: &str, span: &Range<usize>) -> Self {
        let start = text.floor_char_boundary(span.start);
        let end = text.floor_char_boundary(span.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let marked = text[start..end.min(line_end)].chars().count();
        let line: String = text[line_start..line_end].chars().take(Self::MAX_CHARACTERS).collect();
        let before = text[line_start..start].chars().count().min(Self::MAX_CHARACTERS);
        let room = line.chars().count().saturating_sub(before);
        Self { line: line.replace('\t', " ").trim_end().to_string(), before, marked: marked.min(room).max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_shows_the_line_and_marks_the_word() {
        let text = "title = \"x\"\n\turll = \"å\" # why\n";
        let span = text.find("urll").map(|at| at..at + 4).expect("it is there");
        let complaint =
            Complaint::new("a.toml", Place::of(text, span.start), "unknown".into(), Some(Excerpt::of(text, &span)));
        let shown = complaint.suggest("write `url`").to_string();
        assert_eq!(shown, "a.toml:2:2: unknown\n   |\n 2 |  urll = \"å\" # why\n   |  ^^^^\n   = help: write `url`");
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let text = "x".repeat(10_000);
        let excerpt = Excerpt::of(&text, &(9_000..9_010));
        assert_eq!(excerpt.line.len(), Excerpt::MAX_CHARACTERS);
        assert_eq!(excerpt.marked, 1);
    }
}
