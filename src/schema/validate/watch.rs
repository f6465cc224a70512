//! The events of a document.

use super::super::packed::Mode;
use super::super::parts::TypeId;
use super::super::problem::Problem;
use super::super::set::SchemaSet;
use super::close::is_blank;
use super::frame::Next;
use super::validator::Validator;
use crate::xml::{Limits, Reader, Start, Trouble, Watch};

impl Watch for Validator<'_> {
    fn start(&mut self, start: Start<'_>) {
        if self.skipped > 0 || self.record.is_full() {
            self.skipped += 1;
            return;
        }
        match self.as_before(&start) {
            Some(step) => {
                let frame = self.new_frame(Some(step.element), step.name, step.of, &start);
                self.open(frame, !step.is_ordinary, &start);
            }
            None => self.start_looked_up(&start),
        }
    }

    fn text(&mut self, text: &str, offset: usize) {
        if self.skipped > 0 || self.record.is_full() {
            return;
        }
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.mode == Mode::Elements && is_blank(text.as_bytes()) || frame.mode == Mode::Mixed {
            return;
        }
        if frame.mode == Mode::Text && !frame.has_text {
            frame.has_text = true;
            let of = frame.of;
            return self.simple_text(of, text, offset);
        }
        self.unusual_text(text, offset);
    }

    fn end(&mut self, offset: usize) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let is_complete = self.frames.last().is_some_and(|frame| match frame.mode {
            Mode::Text => frame.has_text,
            // What is in it was told when it came.
            Mode::Empty => true,
            Mode::Elements | Mode::Mixed | Mode::Other => self.set.packed.is_final(frame.track, frame.state),
        });
        if !is_complete {
            self.check_end(offset);
        }
        self.close();
    }
}

impl Validator<'_> {
    /// Kept out of the way of the many elements that come as before.
    #[inline(never)]
    fn start_looked_up(&mut self, start: &Start<'_>) {
        let arrival = self.arrival(start);
        match self.child(arrival, start) {
            Next::Declared(id) => {
                // A name that was misspelled or in a wrong namespace is known by its declaration.
                let element = self.set.element(id);
                let frame = self.new_frame(Some(id), element.name, element.of, start);
                self.open(frame, !element.is_ordinary, start);
            }
            // Without a declaration an element may have anything in it (lax assessment).
            Next::Anything => {
                let frame = self.new_frame(None, arrival.name, TypeId::ANY, start);
                self.open(frame, false, start);
            }
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
