//! Where the issues of a resource stand in the bytes that it was read from, found in one further reading of them.

use super::super::json::{Cursor, Events, Token};
use super::issue::Issue;
use crate::xml::Place;

/// The place of each issue, in the order of the issues: of the name, or of the value in an array. The bytes are those that were
/// judged; for others, the places are somewhere in them.
pub fn places(bytes: &[u8], issues: &[Issue]) -> Vec<Place> {
    let mut wanted: Vec<(&[u32], usize)> = issues.iter().enumerate().map(|(at, issue)| (&*issue.trail, at)).collect();
    // The order of trails is the order in the document.
    wanted.sort_unstable();
    let mut found = vec![Place { line: 1, column: 1 }; issues.len()];
    let mut search =
        Search { cursor: Cursor::new(bytes), wanted: &wanted, found: &mut found, trail: Vec::new(), in_array: vec![] };
    let mut events = Events::of(bytes);
    while !search.wanted.is_empty() {
        let ahead = events.ahead();
        match events.next() {
            Ok(Some(token)) => search.take(&token, ahead),
            Ok(None) | Err(_) => break,
        }
    }
    found
}

struct Search<'a, 's> {
    cursor: Cursor<'a>,
    wanted: &'s [(&'s [u32], usize)],
    found: &'s mut [Place],
    /// Which member or item is next, on each level.
    trail: Vec<u32>,
    in_array: Vec<bool>,
}

impl Search<'_, '_> {
    fn take(&mut self, token: &Token<'_>, at: usize) {
        match token {
            Token::ObjectKey(_) => self.meet(at),
            Token::EndArray | Token::EndObject => {
                self.trail.pop();
                self.in_array.pop();
                self.step();
            }
            Token::StartArray | Token::StartObject => {
                self.meet_value(at);
                self.trail.push(0);
                self.in_array.push(matches!(token, Token::StartArray));
            }
            _ => {
                self.meet_value(at);
                self.step();
            }
        }
    }

    /// In an object, the name was met already.
    fn meet_value(&mut self, at: usize) {
        if self.in_array.last().is_none_or(|in_array| *in_array) {
            self.meet(at);
        }
    }

    fn meet(&mut self, at: usize) {
        while let Some(((_, number), rest)) = self.wanted.split_first().filter(|((trail, _), _)| **trail <= *self.trail) {
            self.found[*number] = self.cursor.place(at);
            self.wanted = rest;
        }
    }

    fn step(&mut self) {
        if let Some(next) = self.trail.last_mut() {
            *next += 1;
        }
    }
}
