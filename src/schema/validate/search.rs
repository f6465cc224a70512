//! Ways through a content model that was left: what is missing, what could come next. Used only where something is wrong.

use std::collections::VecDeque;

use super::super::parts::{All, Member, Model, Step};
use super::super::problem::{Choice, Choices};
use super::super::set::SchemaSet;
use super::super::vocabulary::{NameKey, SchemaName};
use super::frame::bit;

/// So many missing elements are named.
const MISSING: usize = 12;

/// The shortest way from a state to a step that wants an element, and the elements that it skips.
pub(super) fn way_to(model: &Model, from: u32, name: NameKey) -> Option<(Vec<NameKey>, Step)> {
    let found = walk(model, from, None, |state| model.step(state, name).is_some())?;
    let step = *model.step(found.state, name)?;
    Some((found.skipped, step))
}

/// The shortest way from a state to an end.
pub(super) fn way_to_end(model: &Model, from: u32) -> Vec<NameKey> {
    walk(model, from, None, |state| model.states[state as usize].is_final).map(|found| found.skipped).unwrap_or_default()
}

/// What could come next.
pub(super) fn choices(set: &SchemaSet, model: &Model, state: u32) -> Choices {
    let mut steps: Vec<&Step> = model.steps_of(state).iter().collect();
    steps.sort_by_key(|step| step.particle);
    let is_final = model.states[state as usize].is_final;
    let listed = steps.iter().take(Choices::LISTED).map(|step| {
        let ends = |state: u32| model.states[state as usize].is_final;
        let required = !is_final && walk(model, state, Some(step.particle), ends).is_none();
        Choice { name: set.vocabulary.name(step.name), required }
    });
    Choices {
        elements: listed.collect(),
        more: steps.len().saturating_sub(Choices::LISTED),
        others: !model.gates_of(state).is_empty(),
        end: is_final,
    }
}

struct Found {
    state: u32,
    skipped: Vec<NameKey>,
}

/// Breadth first, the particles of each state in their order. `without` is a particle that may not be used.
fn walk(model: &Model, from: u32, without: Option<u32>, is_there: impl Fn(u32) -> bool) -> Option<Found> {
    const NOBODY: u32 = u32::MAX;
    /// From where a state was reached, and by which element (none for a wildcard).
    #[derive(Clone, Copy)]
    struct Reached(u32, Option<NameKey>);
    let mut reached: Vec<Option<Reached>> = vec![None; model.states.len()];
    reached[from as usize] = Some(Reached(NOBODY, None));
    let mut waiting = VecDeque::from([from]);
    while let Some(state) = waiting.pop_front() {
        if is_there(state) {
            let mut skipped = Vec::new();
            let mut at = state;
            while let Some(Reached(before, by)) = reached[at as usize].filter(|reached| reached.0 != NOBODY) {
                skipped.extend(by);
                at = before;
            }
            skipped.reverse();
            skipped.truncate(MISSING);
            return Some(Found { state, skipped });
        }
        let steps = model.steps_of(state).iter().map(|step| (step.particle, step.target, Some(step.name)));
        let gates = model.gates_of(state).iter().map(|gate| (gate.particle, gate.target, None));
        let mut ways: Vec<(u32, u32, Option<NameKey>)> = steps.chain(gates).collect();
        ways.sort_by_key(|way| way.0);
        for (particle, target, by) in ways {
            if Some(particle) != without && reached[target as usize].is_none() {
                reached[target as usize] = Some(Reached(state, by));
                waiting.push_back(target);
            }
        }
    }
    None
}

/// Whether an element of that name has been met, as far as the bits can tell.
pub(super) fn was_met(model: &Model, met: u64, name: NameKey) -> bool {
    model.steps.iter().any(|step| step.name == name && met & bit(step.particle) != 0)
}

impl All {
    pub(super) fn member(&self, name: NameKey) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The members that must be there and are not.
    pub(super) fn missing(&self, met: u64) -> impl Iterator<Item = &Member> {
        let is_left_out = self.is_optional && met == 0;
        self.members.iter().filter(move |member| !is_left_out && member.required && met & bit(member.place) == 0)
    }

    pub(super) fn choices(&self, set: &SchemaSet, met: u64) -> Choices {
        let open: Vec<&Member> = self.members.iter().filter(|member| met & bit(member.place) == 0).collect();
        let listed = open.iter().take(Choices::LISTED);
        Choices {
            elements: listed.map(|m| Choice { name: set.vocabulary.name(m.name), required: m.required }).collect(),
            more: open.len().saturating_sub(Choices::LISTED),
            others: false,
            end: self.missing(met).next().is_none(),
        }
    }
}

/// Names for a person.
pub(super) fn named(set: &SchemaSet, names: impl IntoIterator<Item = NameKey>) -> Vec<SchemaName> {
    names.into_iter().take(MISSING).map(|name| set.vocabulary.name(name)).collect()
}
