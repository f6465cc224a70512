//! Which elements may stand for which: substitution groups (3.3.6).

use std::collections::HashMap;

use super::super::parts::ElementId;
use super::super::set::SchemaSet;
use super::super::source::syntax::{ElementDef, Ways};
use super::super::vocabulary::NameKey;
use super::automaton::Substitutes;
use super::builder::CHAIN;

/// The members of every head.
pub(super) struct Substitution<'s> {
    set: &'s SchemaSet,
    members: HashMap<ElementId, Vec<ElementId>>,
}

impl<'s> Substitution<'s> {
    /// `definitions` are those of `set.elements`, in the same order. A head that is not declared has been complained about.
    pub fn of(set: &'s SchemaSet, definitions: &[&ElementDef]) -> Self {
        let mut members: HashMap<ElementId, Vec<ElementId>> = HashMap::new();
        for (number, definition) in definitions.iter().enumerate() {
            let member = ElementId(number as u32);
            let mut head = definition.head;
            for _ in 0..CHAIN {
                let Some(id) = head.and_then(|head| set.global_elements.get(&head)) else { break };
                if may_stand_for(set, member, *id) {
                    members.entry(*id).or_default().push(member);
                }
                head = definitions[id.0 as usize].head;
            }
        }
        Self { set, members }
    }
}

fn may_stand_for(set: &SchemaSet, member: ElementId, head: ElementId) -> bool {
    let (member, head) = (set.element(member), set.element(head));
    let block = head.block.with(set.of(head.of).block);
    !member.is_abstract && !head.block.meet(Ways::SUBSTITUTION) && set.derives(member.of, head.of, block)
}

impl Substitutes for Substitution<'_> {
    fn substitutes(&self, element: ElementId) -> Vec<(NameKey, ElementId)> {
        let members = self.members.get(&element).map(Vec::as_slice).unwrap_or_default();
        // An abstract head stays: who writes it is told to write one of the others.
        std::iter::once(element).chain(members.iter().copied()).map(|id| (self.set.element(id).name, id)).collect()
    }
}
