//! Changes to a text that remember where the places of the original ended up, and the lines of a text.

use std::ops::Range;

/// A text under change. Changes are given in places of the original and must not overlap.
pub struct Edit<'a> {
    text: &'a str,
    changes: Vec<(Range<usize>, String)>,
}

impl<'a> Edit<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, changes: Vec::new() }
    }

    pub fn replace(mut self, range: &Range<usize>, with: impl Into<String>) -> Self {
        self.changes.push((range.clone(), with.into()));
        self
    }

    pub fn remove(self, range: &Range<usize>) -> Self {
        self.replace(range, "")
    }

    pub fn insert(self, at: usize, what: impl Into<String>) -> Self {
        self.replace(&(at..at), what)
    }

    /// The changed text, and the lines (the first is 1) on which places of the original now are. A place where something was
    /// inserted is where the inserted begins; a place inside of what was replaced is where the replacement begins.
    pub fn done(mut self, places: &[usize]) -> (String, Vec<usize>) {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let moved = |place: usize| {
            let mut at = place as isize;
            for (range, with) in &self.changes {
                if range.end <= place && range.start < place {
                    at += with.len() as isize - range.len() as isize;
                } else if range.start < place {
                    at -= (place - range.start) as isize;
                }
            }
            at as usize
        };
        let places: Vec<usize> = places.iter().map(|place| moved(*place)).collect();
        let mut text = String::with_capacity(self.text.len() + 200);
        let mut at = 0;
        for (range, with) in &self.changes {
            text += &self.text[at..range.start];
            text += with;
            at = range.end;
        }
        text += &self.text[at..];
        let mut lines: Vec<usize> = places.into_iter().map(|place| line_of(&text, place)).collect();
        lines.sort_unstable();
        lines.dedup();
        (text, lines)
    }
}

/// The line of a place; the first is 1.
pub fn line_of(text: &str, place: usize) -> usize {
    1 + text.as_bytes()[..place].iter().filter(|byte| **byte == b'\n').count()
}
