//! The events of a document.

use super::super::problem::Problem;
use super::super::set::SchemaSet;
use super::super::vocabulary::NameKey;
use super::frame::Next;
use super::validator::Validator;
use crate::xml::{Limits, Reader, Start, Trouble, Watch};

impl Watch for Validator<'_> {
    fn start(&mut self, start: Start<'_>) {
        if self.skipped > 0 || self.record.is_full() {
            self.skipped += 1;
            return;
        }
        if let Some(element) = self.as_before(&start) {
            return self.open(Some(element), NameKey::NOBODY, &start);
        }
        self.start_looked_up(&start);
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

impl Validator<'_> {
    /// Kept out of the way of the many elements that come as before.
    #[inline(never)]
    fn start_looked_up(&mut self, start: &Start<'_>) {
        let arrival = self.arrival(start);
        match self.child(arrival, start) {
            Next::Declared(element) => self.open(Some(element), arrival.name, start),
            Next::Anything => self.open(None, arrival.name, start),
            Next::Skip => self.skipped = 1,
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
