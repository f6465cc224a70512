//! Which elements may stand for which: substitution groups (3.3.6).

use std::collections::HashMap;

use super::super::parts::{Element, ElementId};
use super::super::set::SchemaSet;
use super::super::source::syntax::{At, ElementDef, TypeRef, Ways};
use super::super::trouble::SchemaTroubleKind;
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

/// The type of an element must come from that of the head of its substitution group, in a way that the head does not exclude
/// (3.3.6, e-props-correct.4). `definitions` are those of `set.elements`, in the same order.
pub(super) fn wrong_heads(set: &SchemaSet, definitions: &[&ElementDef]) -> Vec<(At, SchemaTroubleKind)> {
    let complaint = |(definition, member): (&&ElementDef, &Element)| {
        let head = *set.global_elements.get(&definition.head?)?;
        let derives = |excluded| set.derives(member.of, set.element(head).of, excluded);
        if derives(definitions[head.0 as usize].excluded) || is_unresolved(set, definition) {
            return None;
        }
        let why = if derives(Ways::NONE) {
            "its type comes from that of the other in a way that `final` there excludes"
        } else {
            "its type does not come from that of the other"
        };
        let [element, head] = [member.name, set.element(head).name].map(|name| set.vocabulary.shown(name));
        Some((definition.at, SchemaTroubleKind::WrongHead { element, head, why }))
    };
    definitions.iter().zip(&set.elements).filter_map(complaint).collect()
}

/// A type that does not exist has been complained about.
fn is_unresolved(set: &SchemaSet, definition: &ElementDef) -> bool {
    matches!(&definition.declared, Some(TypeRef::Named(name, _)) if !set.global_types.contains_key(name))
}

impl Substitutes for Substitution<'_> {
    fn substitutes(&self, element: ElementId) -> Vec<(NameKey, ElementId)> {
        let members = self.members.get(&element).map(Vec::as_slice).unwrap_or_default();
        // An abstract head stays: who writes it is told to write one of the others.
        std::iter::once(element).chain(members.iter().copied()).map(|id| (self.set.element(id).name, id)).collect()
    }
}
