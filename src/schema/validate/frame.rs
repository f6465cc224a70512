//! An open element, and an element that arrives.

use super::super::packed::Mode;
use super::super::parts::{ElementId, Gate, Step, TypeId};
use super::super::vocabulary::NameKey;

/// An open element that is looked at.
pub(super) struct Frame {
    /// Where its start tag begins.
    pub offset: usize,
    /// Its name, [`NameKey::NOBODY`] if no schema has it.
    pub name: NameKey,
    /// The particles that were met, by their numbers modulo 64: for guesses. For an `all` group it is exact.
    pub met: u64,
    pub declaration: Option<ElementId>,
    pub of: TypeId,
    /// The number of the first state of its model, while that is what counts; else [`super::super::packed::NO_TRACK`].
    pub track: u32,
    /// The state of its content model.
    pub state: u32,
    pub mode: Mode,
    pub is_nil: bool,
    /// It says that it is nil but may not be: that was told, and that it is empty need not be.
    pub claims_nil: bool,
    /// It has text; or a child where only text may stand, after which the text means nothing.
    pub has_text: bool,
    /// It was said that text may not stand here.
    pub stray_text_told: bool,
    /// The child before was reported and may have stood for one that must be there.
    pub excused: bool,
    /// Its declaration has a fixed or default value.
    pub has_preset: bool,
    /// The text is fixed although the content is mixed.
    pub is_fixed_mixed: bool,
}

impl Frame {
    pub fn take(&mut self, step: &Step) {
        self.state = step.target;
        self.met |= bit(step.particle);
        self.excused = false;
    }

    pub fn pass(&mut self, gate: &Gate) {
        self.state = gate.target;
        self.excused = false;
    }
}

pub(super) fn bit(particle: u32) -> u64 {
    1 << (particle % 64)
}

/// An element that begins.
#[derive(Clone, Copy)]
pub(super) struct Arrival {
    pub name: NameKey,
    /// The schemas' number of its namespace.
    pub namespace: u32,
    pub offset: usize,
}

/// The element that an attribute or value belongs to, for problems.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    pub name: NameKey,
    pub offset: usize,
}

/// What is done with an element.
#[derive(Clone, Copy)]
pub(super) enum Next {
    /// It is this.
    Declared(ElementId),
    /// It is not declared; what is inside is looked at where it is.
    Anything,
    /// Neither it nor what is inside is looked at.
    Skip,
}

/// What is remembered of a guess in an open element: others were missing before this one, or so it seemed.
pub(super) struct Guess {
    /// How many elements were open.
    pub depth: usize,
    /// The state before the element.
    pub state: u32,
    /// The element.
    pub name: NameKey,
    /// The number of the problem that was reported.
    pub problem: usize,
}

/// An element that stood too early: where it belongs it will not be missed.
pub(super) struct Misplaced {
    pub depth: usize,
    pub name: NameKey,
}

/// A namespace that stands for another in an open element and everything inside: that it is wrong was said once.
pub(super) struct Alias {
    pub depth: usize,
    pub document_namespace: usize,
    pub namespace: u32,
}
