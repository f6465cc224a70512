//! An element that does not fit where it stands: the best guess why, and the state from which to go on.
//!
//! The guess is as a good compiler makes it: one slip of the hand gives one problem. What a guess gets wrong can only be the
//! words and the number of problems, never whether there is one.

use super::super::parts::{All, ElementId, Member, Model};
use super::super::problem::{Choices, ProblemKind, Written};
use super::super::vocabulary::NameKey;
use super::frame::{Alias, Arrival, Guess, Misplaced, Next, bit};
use super::search::{choices, named, was_met, way_to};
use super::spelling::distance;
use super::validator::Validator;
use crate::xml::Start;

impl Validator<'_> {
    /// An element that has no step from the state of its parent's model.
    pub(super) fn misfit(&mut self, model: &Model, arrival: Arrival, start: &Start<'_>) -> Next {
        let state = self.frames.last().map_or(0, |frame| frame.state);
        let next = self.guess(model, arrival, start);
        if self.record.is_empty() {
            // A guess is silent only because something was told before; whatever it guesses, the document is not right.
            self.not_allowed(arrival, choices(self.set, model, state));
        }
        next
    }

    fn guess(&mut self, model: &Model, arrival: Arrival, start: &Start<'_>) -> Next {
        let local = start.name().local;
        if let Some(next) = self.place(model, arrival) {
            return next;
        }
        let alphabet = || model.steps.iter().map(|step| step.name);
        if let Some(name) = self.same_local(arrival, local, alphabet()) {
            self.wrong_namespace(name, arrival, start);
            return self.place(model, Arrival { name, ..arrival }).unwrap_or(Next::Skip);
        }
        if let Some(name) = self.nearest(model, local) {
            self.misspelled(name, arrival);
            return self.place(model, Arrival { name, ..arrival }).unwrap_or(Next::Skip);
        }
        let Some(frame) = self.frames.last_mut() else { return Next::Skip };
        frame.excused = true;
        let expected = choices(self.set, model, frame.state);
        self.not_allowed(arrival, expected)
    }

    /// Finds the place of an element that belongs to the model, and says what is wrong about where it stands.
    fn place(&mut self, model: &Model, arrival: Arrival) -> Option<Next> {
        let element = model.steps.iter().find(|step| step.name == arrival.name)?.element;
        let depth = self.frames.len();
        let frame = self.frames.last_mut()?;
        if let Some(step) = model.step(frame.state, arrival.name) {
            frame.take(step);
            return Some(Next::Declared(step.element));
        }
        if let Some(element) = self.take_back(model, arrival.name) {
            return Some(Next::Declared(element));
        }
        let frame = self.frames.last_mut()?;
        let before = frame.state;
        if let Some((mut missing, step)) = way_to(model, before, arrival.name) {
            let excused = std::mem::take(&mut frame.excused) && missing.len() <= 1;
            frame.take(&step);
            // A wildcard has no name to be missing, but something must stand there all the same.
            let is_nameless = missing.is_empty();
            missing.retain(|name| !self.forgive(*name));
            if is_nameless && !excused {
                self.not_allowed(arrival, choices(self.set, model, before));
            } else if !missing.is_empty() && !excused {
                self.missing_before(model, before, missing, arrival, depth);
            }
            return Some(Next::Declared(step.element));
        }
        let (parent, found) = (self.parent_name()?, self.set.vocabulary.name(arrival.name));
        let frame = self.frames.last()?;
        let expected = choices(self.set, model, frame.state);
        let kind = if was_met(model, frame.met, arrival.name) {
            ProblemKind::TooMany { found, parent, expected }
        } else {
            ProblemKind::TooLate { found, parent, expected }
        };
        self.record.add(arrival.offset, arrival.offset, kind);
        Some(Next::Declared(element))
    }

    fn missing_before(&mut self, model: &Model, state: u32, missing: Vec<NameKey>, arrival: Arrival, depth: usize) {
        let Some(parent) = self.parent_name() else { return };
        let kind = ProblemKind::MissingBefore {
            found: self.set.vocabulary.name(arrival.name),
            parent,
            missing: named(self.set, missing),
            expected: choices(self.set, model, state),
        };
        let problem = self.record.add(arrival.offset, arrival.offset, kind);
        self.guesses.push(Guess { depth, state, name: arrival.name, problem });
    }

    /// When an element comes that was said to be missing, it was not: the one before it came too early. The model goes on from
    /// where it was, and the early one is not missed where it belongs.
    fn take_back(&mut self, model: &Model, name: NameKey) -> Option<ElementId> {
        let depth = self.frames.len();
        let guess = self.guesses.last().filter(|guess| guess.depth == depth)?;
        let step = *model.step(guess.state, name)?;
        let (early, problem) = (guess.name, guess.problem);
        self.guesses.pop();
        self.misplaced.push(Misplaced { depth, name: early });
        self.record.change(problem, |problem| {
            if let ProblemKind::MissingBefore { found, parent, expected, .. } = problem.kind.clone() {
                problem.kind = ProblemKind::TooEarly { found, parent, expected };
            }
        });
        self.frames.last_mut()?.take(&step);
        Some(step.element)
    }

    /// Whether a missing element is one that stood too early; each is forgiven once.
    pub(super) fn forgive(&mut self, name: NameKey) -> bool {
        let depth = self.frames.len();
        let found = self.misplaced.iter().position(|misplaced| misplaced.depth == depth && misplaced.name == name);
        found.map(|at| self.misplaced.swap_remove(at)).is_some()
    }

    pub(super) fn misfit_of_all(&mut self, all: &All, member: Option<&Member>, arrival: Arrival, start: &Start<'_>) -> Next {
        let set = self.set;
        let Some(met) = self.frames.last().map(|frame| frame.met) else { return Next::Skip };
        let expected = all.choices(set, met);
        if let (Some(member), Some(parent)) = (member, self.parent_name()) {
            let found = set.vocabulary.name(arrival.name);
            self.record.add(arrival.offset, arrival.offset, ProblemKind::TooMany { found, parent, expected });
            return Next::Declared(member.element);
        }
        let open = || all.members.iter().filter(|member| met & bit(member.place) == 0);
        let local = start.name().local;
        let same = self.same_local(arrival, local, open().map(|member| member.name));
        let near = open().filter_map(|m| Some((distance(local, set.vocabulary.local_name(m.name))?, m.name))).min();
        let meant = same.or(near.map(|(_, name)| name)).and_then(|name| all.member(name));
        let Some(member) = meant else {
            if let Some(frame) = self.frames.last_mut() {
                frame.excused = true;
            }
            return self.not_allowed(arrival, expected);
        };
        if same.is_some() {
            self.wrong_namespace(member.name, arrival, start);
        } else {
            self.misspelled(member.name, arrival);
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.met |= bit(member.place);
        }
        Next::Declared(member.element)
    }

    pub(super) fn unknown_root(&mut self, arrival: Arrival, start: &Start<'_>) -> Next {
        let local = self.set.vocabulary.local(start.name().local);
        let mut same = self.set.global_elements.iter().filter(|(name, _)| Some(name.local()) == local);
        // Several namespaces may have such an element: then nobody knows which is meant.
        if let (Some((name, element)), None) = (same.next(), same.next()) {
            self.wrong_namespace(*name, arrival, start);
            return Next::Declared(*element);
        }
        let found = self.found(arrival.name, arrival.offset);
        self.record.add(arrival.offset, arrival.offset, ProblemKind::UnknownRoot { found });
        Next::Skip
    }

    fn not_allowed(&mut self, arrival: Arrival, expected: Choices) -> Next {
        let found = self.found(arrival.name, arrival.offset);
        if let Some(parent) = self.parent_name() {
            self.record.add(arrival.offset, arrival.offset, ProblemKind::NotAllowed { found, parent, expected });
        }
        // What is inside is judged if anybody knows how.
        self.set.global_elements.get(&arrival.name).map_or(Next::Skip, |element| Next::Declared(*element))
    }

    /// An element of the same local name in another namespace.
    fn same_local(&self, arrival: Arrival, local: &str, mut names: impl Iterator<Item = NameKey>) -> Option<NameKey> {
        let local = self.set.vocabulary.local(local)?;
        names.find(|name| name.local() == local && *name != arrival.name)
    }

    /// The wrong namespace is told once for an element and everything inside.
    fn wrong_namespace(&mut self, meant: NameKey, arrival: Arrival, start: &Start<'_>) {
        let (number, namespace) = (start.namespace_number(), meant.namespace());
        let is_known = |alias: &Alias| alias.document_namespace == number && alias.namespace == namespace;
        if self.aliases.iter().any(is_known) {
            return;
        }
        // It holds in the element that is about to be opened.
        self.aliases.push(Alias { depth: self.frames.len() + 1, document_namespace: number, namespace });
        let kind = ProblemKind::WrongNamespace {
            found: Written { offset: arrival.offset + 1 },
            parent: self.parent_name(),
            meant: self.set.vocabulary.name(meant),
        };
        self.record.add(arrival.offset, arrival.offset, kind);
    }

    fn misspelled(&mut self, meant: NameKey, arrival: Arrival) {
        let Some(parent) = self.parent_name() else { return };
        let meant = self.set.vocabulary.name(meant);
        let found = Written { offset: arrival.offset + 1 };
        self.record.add(arrival.offset, arrival.offset, ProblemKind::Misspelled { found, parent, meant });
    }

    /// The element with the nearest name among those that can still come, those that can come next before the others.
    fn nearest(&self, model: &Model, written: &str) -> Option<NameKey> {
        let state = self.frames.last()?.state;
        let near = |name: NameKey| distance(written, self.set.vocabulary.local_name(name)).map(|apart| (apart, name));
        let next = model.steps_of(state).iter().filter_map(|step| near(step.name)).min();
        let later = || {
            let mut all: Vec<(usize, NameKey)> = model.steps.iter().filter_map(|step| near(step.name)).collect();
            all.sort_unstable();
            all.dedup();
            all.into_iter().find(|(_, name)| way_to(model, state, *name).is_some())
        };
        next.or_else(later).map(|(_, name)| name)
    }
}
