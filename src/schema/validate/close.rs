//! Text in an open element, and its end.

use super::super::problem::{Childless, ProblemKind};
use super::super::set::{Content, Model};
use super::super::simple::SimpleType;
use super::frame::Frame;
use super::search::{choices, named, way_to_end};
use super::validator::Validator;

impl Validator<'_> {
    pub(super) fn text_in(&mut self, text: &str, offset: usize) {
        let set = self.set;
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.is_nil {
            return self.stray(text, offset, Some(Childless::Nil));
        }
        match &set.of(frame.of).content {
            Content::Simple(simple) => {
                if !std::mem::replace(&mut frame.has_text, true) {
                    self.simple_text(simple, text, offset);
                }
            }
            Content::Model(model) if !model.mixed => self.stray_unless_blank(text, offset),
            Content::All(all) if !all.mixed => self.stray_unless_blank(text, offset),
            Content::Model(_) | Content::All(_) => {
                frame.has_text = true;
                if frame.is_fixed_mixed {
                    self.fixed_mixed(text, offset);
                }
            }
            Content::Empty => self.stray(text, offset, Some(Childless::Empty)),
        }
    }

    fn stray_unless_blank(&mut self, text: &str, offset: usize) {
        if !text.bytes().all(is_white) {
            self.stray(text, offset, None);
        }
    }

    /// Text where none may stand, told once for an element, at its first character that is not blank.
    fn stray(&mut self, text: &str, offset: usize, why: Option<Childless>) {
        let Some(frame) = self.frames.last_mut() else { return };
        if std::mem::replace(&mut frame.stray_text_told, true) {
            return;
        }
        let blank = text.bytes().take_while(|byte| is_white(*byte)).count();
        let blank = if blank == text.len() { 0 } else { blank };
        let (element_offset, name) = (frame.offset, frame.name);
        let element = self.found(name, element_offset);
        self.record.add(offset + blank, element_offset, ProblemKind::StrayText { element, why });
    }

    fn simple_text(&mut self, simple: &SimpleType, text: &str, offset: usize) {
        let Some(frame) = self.frames.last() else { return };
        let (name, element, declaration) = (frame.name, frame.offset, frame.declaration);
        let preset = declaration.and_then(|id| self.set.element(id).preset.as_ref()).filter(|preset| preset.is_fixed);
        let kind = match (simple.check(text), preset) {
            (Err(unfit), _) => ProblemKind::BadText { element: self.found(name, element), unfit },
            (Ok(()), Some(preset)) if !simple.same_value(text, &preset.text) => {
                ProblemKind::NotTheFixedText { element: self.found(name, element), fixed: preset.text.clone() }
            }
            (Ok(()), _) => return self.note_identity(simple, text, offset, element, name),
        };
        self.record.add(offset, element, kind);
    }

    /// Mixed content with a fixed text is that text and nothing else (3.3.4, cvc-elt.5.2.2.2.1).
    fn fixed_mixed(&mut self, text: &str, offset: usize) {
        let Some(frame) = self.frames.last() else { return };
        let Some(preset) = frame.declaration.and_then(|id| self.set.element(id).preset.as_ref()) else { return };
        if *text != *preset.text {
            let (element, fixed) = (self.frame_name(frame), preset.text.clone());
            self.record.add(offset, frame.offset, ProblemKind::NotTheFixedText { element, fixed });
        }
    }

    /// The innermost element that is looked at ends; its end tag begins at `offset`.
    pub(super) fn close(&mut self, offset: usize) {
        let set = self.set;
        let Some(frame) = self.frames.last() else { return };
        let was_told = frame.is_nil || frame.claims_nil && frame.state == 0 && frame.met == 0;
        if !was_told {
            match &set.of(frame.of).content {
                Content::Model(model) => {
                    if !model.states[frame.state as usize].is_final {
                        self.incomplete(model, offset);
                    }
                }
                Content::All(all) => {
                    if all.missing(frame.met).next().is_some() && !frame.excused {
                        let missing = named(set, all.missing(frame.met).map(|member| member.name));
                        let (parent, expected) = (self.frame_name(frame), all.choices(set, frame.met));
                        self.record.add(offset, frame.offset, ProblemKind::MissingAtEnd { parent, missing, expected });
                    }
                }
                Content::Simple(simple) if !frame.has_text => self.no_text(simple, offset),
                Content::Simple(_) | Content::Empty => {}
            }
        }
        self.frames.pop();
        let depth = self.frames.len();
        if !(self.guesses.is_empty() && self.misplaced.is_empty() && self.aliases.is_empty()) {
            self.guesses.retain(|guess| guess.depth <= depth);
            self.misplaced.retain(|misplaced| misplaced.depth <= depth);
            self.aliases.retain(|alias| alias.depth <= depth);
        }
    }

    fn incomplete(&mut self, model: &Model, offset: usize) {
        let Some(Frame { state, offset: element, excused, .. }) = self.frames.last() else { return };
        let (state, element, excused) = (*state, *element, *excused);
        let mut missing = way_to_end(model, state);
        let excused = excused && missing.len() <= 1;
        // Wildcards have no names to be missing, but something must stand there all the same.
        let is_nameless = missing.is_empty();
        missing.retain(|name| !self.forgive(*name));
        if excused || missing.is_empty() && !is_nameless {
            return;
        }
        let Some(parent) = self.parent_name() else { return };
        let (missing, expected) = (named(self.set, missing), choices(self.set, model, state));
        self.record.add(offset, element, ProblemKind::MissingAtEnd { parent, missing, expected });
    }

    /// An element without text has the preset one, or the empty one (3.3.4, cvc-elt.5.1).
    fn no_text(&mut self, simple: &SimpleType, offset: usize) {
        let Some(frame) = self.frames.last() else { return };
        let (name, element) = (frame.name, frame.offset);
        let preset = frame.declaration.and_then(|id| self.set.element(id).preset.as_ref());
        let text = preset.map_or("", |preset| &preset.text);
        match simple.check(text) {
            Ok(()) => self.note_identity(simple, text, offset, element, name),
            Err(unfit) => {
                let kind = ProblemKind::BadText { element: self.found(name, element), unfit };
                self.record.add(offset, element, kind);
            }
        }
    }
}

pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}
