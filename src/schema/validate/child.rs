//! An element arrives in an open one: the step that it takes. What is done when there is none stands in `misfit`.

use super::super::packed::PackedStep;
use super::super::parts::{All, Content};
use super::super::problem::{Childless, ProblemKind};
use super::super::source::syntax::Process;
use super::frame::{Arrival, Next, bit};
use super::validator::Validator;
use crate::xml::Start;

impl<'s> Validator<'s> {
    /// The step that was taken from here the last time, if it is the same element again. Messages are creatures of habit: so
    /// most names need not be looked up.
    #[inline]
    pub(super) fn as_before(&mut self, start: &Start<'_>) -> Option<&'s PackedStep> {
        let namespace = self.known_namespace(start.namespace_number())?;
        let frame = self.frames.last_mut()?;
        let habit = *self.habits.get(frame.track.wrapping_add(frame.state) as usize)?;
        let step = self.set.packed.step(habit, namespace, start.local_bytes())?;
        frame.state = step.target;
        frame.met |= bit(step.particle);
        frame.excused = false;
        Some(step)
    }

    pub(super) fn child(&mut self, arrival: Arrival, start: &Start<'_>) -> Next {
        let set = self.set;
        let Some(frame) = self.frames.last_mut() else { return self.root(arrival, start) };
        if frame.is_nil {
            return self.childless(arrival, Childless::Nil);
        }
        match &set.of(frame.of).content {
            Content::Model(model) => {
                if frame.is_fixed_mixed {
                    return self.childless(arrival, Childless::Text);
                }
                if let Some(number) = model.step_number(frame.state, arrival.name) {
                    self.habits[(model.first_state + frame.state) as usize] = model.first_step + number as u32;
                    let step = &model.steps[number];
                    frame.take(step);
                    return Next::Declared(step.element);
                }
                if let Some(gate) = model.gate(frame.state, arrival.namespace) {
                    frame.pass(gate);
                    return self.through(gate.wildcard.process, arrival);
                }
                self.misfit(model, arrival, start)
            }
            Content::All(all) => self.child_of_all(all, arrival, start),
            Content::Simple(_) => self.childless(arrival, Childless::Text),
            Content::Empty => self.childless(arrival, Childless::Empty),
        }
    }

    fn root(&mut self, arrival: Arrival, start: &Start<'_>) -> Next {
        match self.set.global_elements.get(&arrival.name) {
            Some(element) => Next::Declared(*element),
            None => self.unknown_root(arrival, start),
        }
    }

    /// A wildcard lets the element in.
    fn through(&mut self, process: Process, arrival: Arrival) -> Next {
        match (process, self.set.global_elements.get(&arrival.name)) {
            (Process::Skip, _) => Next::Skip,
            (Process::Strict | Process::Lax, Some(element)) => Next::Declared(*element),
            (Process::Lax, None) => Next::Anything,
            (Process::Strict, None) => {
                let found = self.found(arrival.name, arrival.offset);
                if let Some(parent) = self.parent_name() {
                    self.record.add(arrival.offset, arrival.offset, ProblemKind::Undeclared { found, parent });
                }
                Next::Skip
            }
        }
    }

    fn child_of_all(&mut self, all: &All, arrival: Arrival, start: &Start<'_>) -> Next {
        let Some(frame) = self.frames.last_mut() else { return Next::Skip };
        match all.member(arrival.name) {
            Some(member) if frame.met & bit(member.place) == 0 => {
                frame.met |= bit(member.place);
                frame.excused = false;
                Next::Declared(member.element)
            }
            member => self.misfit_of_all(all, member, arrival, start),
        }
    }

    /// An element where none may stand: told once, and not looked at.
    fn childless(&mut self, arrival: Arrival, why: Childless) -> Next {
        let found = self.found(arrival.name, arrival.offset);
        if let Some(parent) = self.parent_name() {
            self.record.add(arrival.offset, arrival.offset, ProblemKind::ChildNotAllowed { found, parent, why });
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.has_text = true;
        }
        Next::Skip
    }
}
