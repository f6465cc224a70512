//! Text in an open element, and its end.

use super::super::parts::{Content, Model, Text, TypeId};
use super::super::problem::{Childless, ProblemKind};
use super::super::simple::Unfit;
use super::frame::Frame;
use super::search::{choices, named, way_to_end};
use super::validator::Validator;

impl Validator<'_> {
    /// Text that is not what is usual where it stands.
    #[inline(never)]
    pub(super) fn unusual_text(&mut self, text: &str, offset: usize) {
        let Some(frame) = self.frames.last_mut() else { return };
        let why = match &self.set.of(frame.of).content {
            _ if frame.is_nil => Some(Childless::Nil),
            _ if frame.is_fixed_mixed => return self.fixed_mixed(text, offset),
            // Behind a child that may not stand here the text means nothing.
            Content::Simple(_) => return,
            Content::Empty => Some(Childless::Empty),
            Content::Model(_) | Content::All(_) => None,
        };
        self.stray(text, offset, why);
    }

    /// Text where none may stand, told once for an element, at its first character that is not blank.
    #[cold]
    fn stray(&mut self, text: &str, offset: usize, why: Option<Childless>) {
        let Some(frame) = self.frames.last_mut() else { return };
        if std::mem::replace(&mut frame.stray_text_told, true) {
            return;
        }
        let blank = text.bytes().take_while(|byte| *byte <= b' ').count();
        let blank = if blank == text.len() { 0 } else { blank };
        let (element_offset, name) = (frame.offset, frame.name);
        let element = self.found(name, element_offset);
        self.record.add(offset + blank, element_offset, ProblemKind::StrayText { element, why });
    }

    pub(super) fn simple_text(&mut self, of: TypeId, text: &str, offset: usize) {
        let Some(kind) = &self.set.packed.of_type(of).text else { return };
        match kind.simple.check(text) {
            Err(unfit) => self.bad_text(unfit, offset),
            Ok(()) if kind.is_special || self.frames.last().is_some_and(|frame| frame.has_preset) => {
                self.special_text(kind, text, offset);
            }
            Ok(()) => {}
        }
    }

    #[cold]
    fn bad_text(&mut self, unfit: Unfit, offset: usize) {
        let Some(frame) = self.frames.last() else { return };
        let element = self.frame_name(frame);
        self.record.add(offset, frame.offset, ProblemKind::BadText { element, unfit });
    }

    /// The text of an element with a preset value, or a text that has to do with the rest of the document.
    fn special_text(&mut self, kind: &Text, text: &str, offset: usize) {
        let Some(frame) = self.frames.last() else { return };
        let (name, element, declaration) = (frame.name, frame.offset, frame.declaration);
        let preset = declaration.and_then(|id| self.set.element(id).preset.as_ref()).filter(|preset| preset.is_fixed);
        if let Some(preset) = preset.filter(|preset| !kind.simple.same_value(text, &preset.text)) {
            let kind = ProblemKind::NotTheFixedText { element: self.found(name, element), fixed: preset.text.clone() };
            self.record.add(offset, element, kind);
            return;
        }
        self.note_identity(&kind.simple, text, offset, element, name);
    }

    /// Mixed content with a fixed text is that text and nothing else (3.3.4, cvc-elt.5.2.2.2.1).
    fn fixed_mixed(&mut self, text: &str, offset: usize) {
        let Some(frame) = self.frames.last_mut() else { return };
        frame.has_text = true;
        let Some(frame) = self.frames.last() else { return };
        let Some(preset) = frame.declaration.and_then(|id| self.set.element(id).preset.as_ref()) else { return };
        if *text != *preset.text {
            let (element, fixed) = (self.frame_name(frame), preset.text.clone());
            self.record.add(offset, frame.offset, ProblemKind::NotTheFixedText { element, fixed });
        }
    }

    /// What is missing when the innermost element that is looked at ends; its end tag begins at `offset`.
    #[inline(never)]
    pub(super) fn check_end(&mut self, offset: usize) {
        let set = self.set;
        let Some(frame) = self.frames.last() else { return };
        if frame.is_nil || frame.claims_nil && frame.state == 0 && frame.met == 0 {
            return;
        }
        match &set.of(frame.of).content {
            Content::Model(model) => {
                if !model.states[frame.state as usize].is_final {
                    self.incomplete(model, offset);
                }
            }
            Content::All(all) => {
                let missing = all.missing(frame.met).count();
                let is_told = frame.excused && missing == 1 && !self.record.is_empty();
                if missing > 0 && !is_told {
                    let missing = named(set, all.missing(frame.met).map(|member| member.name));
                    let (parent, expected) = (self.frame_name(frame), all.choices(set, frame.met));
                    self.record.add(offset, frame.offset, ProblemKind::MissingAtEnd { parent, missing, expected });
                }
            }
            Content::Simple(kind) if !frame.has_text => self.no_text(kind, offset),
            Content::Simple(_) | Content::Empty => {}
        }
    }

    #[inline]
    pub(super) fn close(&mut self) {
        self.frames.pop();
        // Guesses follow from problems.
        if !self.record.is_empty() {
            let depth = self.frames.len();
            self.guesses.retain(|guess| guess.depth <= depth);
            self.misplaced.retain(|misplaced| misplaced.depth <= depth);
            self.aliases.retain(|alias| alias.depth <= depth);
        }
    }

    #[cold]
    fn incomplete(&mut self, model: &Model, offset: usize) {
        let Some(Frame { state, offset: element, excused, .. }) = self.frames.last() else { return };
        let (state, element, excused) = (*state, *element, *excused);
        let mut missing = way_to_end(model, state);
        let excused = excused && missing.len() <= 1;
        // Wildcards have no names to be missing, but something must stand there all the same.
        let is_nameless = missing.is_empty();
        missing.retain(|name| !self.forgive(*name));
        let is_told = excused || missing.is_empty() && !is_nameless;
        if is_told && !self.record.is_empty() {
            return;
        }
        let Some(parent) = self.parent_name() else { return };
        let (missing, expected) = (named(self.set, missing), choices(self.set, model, state));
        self.record.add(offset, element, ProblemKind::MissingAtEnd { parent, missing, expected });
    }

    /// An element without text has the preset one, or the empty one (3.3.4, cvc-elt.5.1).
    fn no_text(&mut self, kind: &Text, offset: usize) {
        let Some(frame) = self.frames.last() else { return };
        let (name, element) = (frame.name, frame.offset);
        let preset = frame.declaration.and_then(|id| self.set.element(id).preset.as_ref());
        let text = preset.map_or("", |preset| &preset.text);
        match kind.simple.check(text) {
            Ok(()) => self.note_identity(&kind.simple, text, offset, element, name),
            Err(unfit) => self.bad_text(unfit, offset),
        }
    }
}

/// Only white space: a document has no other characters up to the blank (XML 1.0, production 2). Eight bytes at a time, the
/// last ones twice, for half of all text stands between tags.
#[inline]
pub(super) fn is_blank(text: &[u8]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    /// Lifts every byte above the blank to its high bit.
    const LIFT: u64 = 0x5F5F_5F5F_5F5F_5F5F;
    let is_blank = |word: u64| (word.wrapping_add(LIFT) | word) & HIGH == 0;
    if let Some(last) = text.last_chunk::<8>() {
        let (eights, _) = text.as_chunks::<8>();
        return is_blank(u64::from_le_bytes(*last)) && eights.iter().all(|eight| is_blank(u64::from_le_bytes(*eight)));
    }
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        return is_blank(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)));
    }
    text.iter().all(|byte| *byte <= b' ')
}

#[cfg(test)]
mod tests {
    use super::is_blank;

    #[test]
    fn only_white_space_is_blank_wherever_another_character_stands() {
        let white: Vec<u8> = b" \t\n\r".iter().copied().cycle().take(40).collect();
        for len in 0..40 {
            assert!(is_blank(&white[..len]));
            for at in 0..len {
                for other in ["!", "~", "\u{7F}", "æ", "\u{A0}", "\u{2028}", "\u{10FFFF}"] {
                    let mut text = white[..at].to_vec();
                    text.extend(other.bytes());
                    text.extend(&white[at..len]);
                    assert!(!is_blank(&text), "{other:?} at {at} of {len}");
                }
            }
        }
    }
}
