//! The text between two tags, put together from pieces of the document and characters that references stand for.
//! It knows line ends and how long a text may be, not markup.

use super::limits::{Limit, Limits};
use super::tag::Span;
use super::trouble::Fail;

/// The run of text that is being read. A single piece is only pointed at; from the second on, or when line ends must be mended
/// (2.11), the run is made anew. The buffer of what was made also serves attribute values: a tag has no run.
pub(super) struct Run<'a> {
    text: &'a str,
    bytes_max: usize,
    pub span: Span,
    pub made: String,
}

impl<'a> Run<'a> {
    pub fn new(text: &'a str, limits: &Limits) -> Self {
        Self { text, bytes_max: limits.text_bytes, span: Span::EMPTY, made: String::new() }
    }

    pub fn clear(&mut self) {
        self.span = Span::EMPTY;
        self.made.clear();
    }

    pub fn is_empty(&self) -> bool {
        self.span.len == 0 && self.made.is_empty()
    }

    /// The whole run, once it is closed.
    #[inline]
    pub fn as_str(&self) -> &str {
        self.span.of(self.text, &self.made)
    }

    /// Takes a stretch without line ends to mend for the whole run; not if it is too long.
    #[inline]
    pub fn point_at(&mut self, at: usize, len: usize) -> bool {
        let fits = len <= self.bytes_max;
        if fits {
            self.span = Span::new(at, len);
        }
        fits
    }

    /// Adds a piece of the document.
    pub fn add(&mut self, at: usize, end: usize) -> Result<(), Fail> {
        let piece = &self.text[at..end];
        let mut returns = memchr::memchr_iter(b'\r', piece.as_bytes()).peekable();
        if self.is_empty() && returns.peek().is_none() {
            self.span = Span::new(at, piece.len());
            return self.check(at);
        }
        self.open();
        let mut from = 0;
        for offset in returns {
            self.made.push_str(&piece[from..offset]);
            self.made.push('\n');
            from = offset + if piece[offset..].starts_with("\r\n") { 2 } else { 1 };
        }
        self.made.push_str(&piece[from..]);
        self.check(at)
    }

    /// Adds the character meant by a reference that stands at `at`.
    pub fn push(&mut self, meant: char, at: usize) -> Result<(), Fail> {
        self.open();
        self.made.push(meant);
        self.check(at)
    }

    /// Nothing more is added.
    pub fn close(&mut self) {
        if self.span.len == 0 {
            self.span = Span::new(self.text.len(), self.made.len());
        }
    }

    /// Moves what was only pointed at to where more can be added.
    fn open(&mut self) {
        if self.span.len > 0 {
            self.made.push_str(self.span.of(self.text, ""));
            self.span = Span::EMPTY;
        }
    }

    fn check(&self, at: usize) -> Result<(), Fail> {
        let len = self.made.len().max(self.span.len as usize);
        if len > self.bytes_max { Err(Fail::too_much(Limit::TextBytes, self.bytes_max, at)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_piece_is_not_copied_and_several_are_joined() {
        let mut run = Run::new("one\r\ntwo", &Limits { text_bytes: 7, ..Limits::default() });
        assert!(run.add(0, 3).is_ok() && run.made.is_empty() && run.as_str() == "one");
        assert!(run.push('&', 3).is_ok() && run.add(3, 6).is_ok());
        run.close();
        assert_eq!(run.as_str(), "one&\nt");
        run.clear();
        assert!(run.push('<', 0).is_ok() && run.add(1, 8).is_ok() && run.push('x', 8).is_err());
        run.clear();
        assert!(run.is_empty() && run.point_at(5, 3) && run.as_str() == "two");
        assert!(!Run::new("one", &Limits { text_bytes: 2, ..Limits::default() }).point_at(0, 3));
    }
}
