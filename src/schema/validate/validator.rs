//! The state of one validation, and what every part of it needs: names, places, problems.

use std::collections::HashSet;

use super::super::problem::{Found, Problem, ProblemKind, Written};
use super::super::set::SchemaSet;
use super::super::simple::SimpleType;
use super::super::vocabulary::NameKey;
use super::frame::{Alias, Arrival, Frame, Guess, Misplaced};
use super::record::Record;
use super::seen::Seen;
use crate::xml::Start;

/// A namespace of the document that was not looked up yet.
const UNSEEN: u32 = u32::MAX - 1;

/// No step was taken from a state yet.
const NO_HABIT: u32 = u32::MAX;

/// Validates documents, one after the other. Its buffers are used again: after some documents nothing is allocated for an
/// element any more, unless something is wrong with it or it has an identifier.
///
/// It is told of a document through [`crate::xml::Watch`]; [`Validator::finish`] gives the problems and begins anew.
pub struct Validator<'s> {
    pub(super) set: &'s SchemaSet,
    pub(super) frames: Vec<Frame>,
    /// So many open elements at the end are not looked at.
    pub(super) skipped: usize,
    /// The schemas' number of each namespace of the document.
    namespaces: Vec<u32>,
    /// The step that was taken last from each state of all models, in this document or another.
    pub(super) habits: Vec<u32>,
    pub(super) record: Record,
    pub(super) seen: Seen<'s>,
    pub(super) guesses: Vec<Guess>,
    pub(super) misplaced: Vec<Misplaced>,
    pub(super) aliases: Vec<Alias>,
    ids: HashSet<Box<str>>,
    references: Vec<Reference>,
}

/// A reference to an identifier that may come later.
struct Reference {
    id: Box<str>,
    offset: usize,
    element: usize,
    name: NameKey,
}

impl<'s> Validator<'s> {
    /// A validator for documents of these schemas.
    pub fn new(set: &'s SchemaSet) -> Self {
        Self {
            set,
            frames: Vec::new(),
            skipped: 0,
            namespaces: Vec::new(),
            habits: vec![NO_HABIT; set.states],
            record: Record::default(),
            seen: Seen::new(),
            guesses: Vec::new(),
            misplaced: Vec::new(),
            aliases: Vec::new(),
            ids: HashSet::new(),
            references: Vec::new(),
        }
    }

    /// Everything that is wrong with the document, in document order, at most a thousand problems. Then the next document can
    /// come. After a document that is not well-formed, these are the problems of the part before the trouble.
    pub fn finish(&mut self) -> Vec<Problem> {
        for reference in std::mem::take(&mut self.references) {
            if !self.ids.contains(&reference.id) {
                let element = self.found(reference.name, reference.element);
                self.record.add(reference.offset, reference.element, ProblemKind::DanglingReference { element });
            }
        }
        self.frames.clear();
        self.skipped = 0;
        self.namespaces.clear();
        self.seen.clear();
        self.guesses.clear();
        self.misplaced.clear();
        self.aliases.clear();
        self.ids.clear();
        self.record.take()
    }

    /// The schemas' number of a namespace, looked up once for each document.
    #[inline]
    pub(super) fn namespace(&mut self, number: usize, name: &str) -> u32 {
        match self.namespaces.get(number) {
            Some(known) if *known != UNSEEN => *known,
            _ => self.new_namespace(number, name),
        }
    }

    /// The same, if it was looked up already.
    #[inline]
    pub(super) fn known_namespace(&self, number: usize) -> Option<u32> {
        self.namespaces.get(number).copied().filter(|known| *known != UNSEEN)
    }

    #[cold]
    fn new_namespace(&mut self, number: usize, name: &str) -> u32 {
        if self.namespaces.len() <= number {
            self.namespaces.resize(number + 1, UNSEEN);
        }
        let known = self.set.vocabulary.namespace(name);
        self.namespaces[number] = known;
        known
    }

    pub(super) fn arrival(&mut self, start: &Start<'_>) -> Arrival {
        let name = start.name();
        let namespace = self.namespace(start.namespace_number(), name.namespace);
        Arrival { name: self.set.vocabulary.key_in(namespace, name.local), namespace, offset: start.offset() }
    }

    /// A name for a problem: that of the schema, or where it is written.
    pub(super) fn found(&self, name: NameKey, tag_offset: usize) -> Found {
        if name == NameKey::NOBODY {
            return Found::Written(Written { offset: tag_offset + 1 });
        }
        Found::Known(self.set.vocabulary.name(name))
    }

    pub(super) fn frame_name(&self, frame: &Frame) -> Found {
        self.found(frame.name, frame.offset)
    }

    pub(super) fn parent_name(&self) -> Option<Found> {
        self.frames.last().map(|frame| self.frame_name(frame))
    }

    /// Identifiers and references to them, once the value is known to be right.
    pub(super) fn note_identity(&mut self, simple: &SimpleType, value: &str, offset: usize, element: usize, name: NameKey) {
        if simple.is_id() && !self.ids.insert(value.trim().into()) {
            let element_name = self.found(name, element);
            self.record.add(offset, element, ProblemKind::RepeatedId { element: element_name });
        }
        if simple.is_idref() {
            let ids = value.split_ascii_whitespace();
            self.references.extend(ids.map(|id| Reference { id: id.into(), offset, element, name }));
        }
    }
}
