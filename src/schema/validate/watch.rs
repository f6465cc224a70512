//! The events of a document.

use super::super::problem::Problem;
use super::super::set::SchemaSet;
use super::frame::Next;
use super::validator::Validator;
use crate::xml::{Limits, Reader, Start, Trouble, Watch};

impl Watch for Validator<'_> {
    fn start(&mut self, start: Start<'_>) {
        if self.skipped > 0 || self.record.is_full() {
            self.skipped += 1;
            return;
        }
        let arrival = self.arrival(&start);
        match self.child(arrival, &start) {
            Next::Declared(element) => self.open(Some(element), arrival, &start),
            Next::Anything => self.open(None, arrival, &start),
            Next::Skip => self.skipped = 1,
        }
    }

    fn text(&mut self, text: &str, offset: usize) {
        if self.skipped == 0 && !self.record.is_full() {
            self.text_in(text, offset);
        }
    }

    fn end(&mut self, offset: usize) {
        if self.skipped > 0 {
            self.skipped -= 1;
        } else {
            self.close(offset);
        }
    }
}

/// Everything that is wrong with a decoded document, and why it could not be read to its end, if so. For those who want no tree.
pub fn validate(set: &SchemaSet, text: &str, limits: &Limits) -> (Vec<Problem>, Option<Trouble>) {
    let mut validator = Validator::new(set);
    let mut reader = Reader::new(text, *limits);
    let trouble = reader.watched(&mut validator);
    (validator.finish(), trouble)
}
