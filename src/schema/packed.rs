//! What every element of a right message touches, close together: copies of what the set says elsewhere. Where something is
//! unusual or wrong, the set itself is asked.

use super::set::{Content, ElementId, SchemaSet, Text, TypeId};
use super::vocabulary::NameKey;

/// No automaton runs over the children.
pub(super) const NO_TRACK: u32 = u32::MAX;

/// No attribute has this for its letters.
const NO_LETTERS: u64 = u64::MAX;

/// The tables.
#[derive(Default)]
pub(super) struct Packed {
    /// The local names of all steps.
    names: Vec<u8>,
    /// The steps of all models, one model behind the other.
    steps: Vec<PackedStep>,
    /// Whether the content may end, for each state of all models.
    finals: Vec<bool>,
    /// As many as the set has types, in the same order.
    types: Vec<PackedType>,
    uses: Vec<PackedUse>,
}

/// A step of a content model, with what must be known of the element to open it.
pub(super) struct PackedStep {
    pub name: NameKey,
    local: (u32, u32),
    pub target: u32,
    pub particle: u32,
    pub element: ElementId,
    pub of: TypeId,
    /// See [`super::set::Element::is_ordinary`].
    pub is_ordinary: bool,
}

/// What is done with text, by far the most of the time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Only white space may stand between the children.
    Elements,
    /// Any text.
    Mixed,
    /// Text of a simple type.
    Text,
    /// Something else: look at the type.
    Other,
}

pub(super) struct PackedType {
    pub mode: Mode,
    /// The number of the first state of its model, or [`NO_TRACK`].
    pub track: u32,
    pub text: Option<Text>,
    pub required: u64,
    uses: (u32, u32),
}

pub(super) struct PackedUse {
    letters: u64,
    pub text: Text,
    /// More than the text must be looked at.
    pub is_special: bool,
}

impl Packed {
    /// Copies what is needed from a set that is complete otherwise.
    pub fn of(set: &SchemaSet) -> Self {
        let mut new = Self::default();
        for one in &set.types {
            let (mode, track, text) = match &one.content {
                Content::Empty => (Mode::Other, NO_TRACK, None),
                Content::Simple(text) => (Mode::Text, NO_TRACK, Some(text.clone())),
                Content::All(all) => (if all.mixed { Mode::Mixed } else { Mode::Elements }, NO_TRACK, None),
                Content::Model(model) => {
                    let mode = if model.mixed { Mode::Mixed } else { Mode::Elements };
                    (mode, model.first_state, None)
                }
            };
            let first_use = new.uses.len() as u32;
            new.uses.extend(one.attributes.uses.iter().map(|rule| PackedUse {
                letters: if rule.plain_name.is_empty() { NO_LETTERS } else { letters(rule.plain_name.as_bytes()) },
                text: rule.text.clone(),
                is_special: rule.text.is_special || rule.preset.is_some(),
            }));
            let uses = (first_use, new.uses.len() as u32);
            new.types.push(PackedType { mode, track, text, required: one.attributes.required, uses });
            new.add_model(set, &one.content);
        }
        new
    }

    fn add_model(&mut self, set: &SchemaSet, content: &Content) {
        let Content::Model(model) = content else { return };
        self.finals.extend(model.states.iter().map(|state| state.is_final));
        for step in &model.steps {
            let (element, local) = (set.element(step.element), set.vocabulary.local_name(step.name));
            let at = self.names.len() as u32;
            self.names.extend(local.bytes());
            self.steps.push(PackedStep {
                name: step.name,
                local: (at, local.len() as u32),
                target: step.target,
                particle: step.particle,
                element: step.element,
                of: element.of,
                is_ordinary: element.is_ordinary,
            });
        }
    }

    /// The step of this number, if it is for an element of this name.
    #[inline]
    pub fn step(&self, number: u32, namespace: u32, local: &[u8]) -> Option<&PackedStep> {
        let step = self.steps.get(number as usize)?;
        let (at, len) = step.local;
        let is_same = len as usize == local.len() && self.names.get(at as usize..)?.starts_with(local);
        (is_same && step.name.namespace() == namespace).then_some(step)
    }

    #[inline]
    pub fn of_type(&self, id: TypeId) -> &PackedType {
        &self.types[id.0 as usize]
    }

    #[inline]
    pub fn is_final(&self, track: u32, state: u32) -> bool {
        self.finals.get(track.wrapping_add(state) as usize).is_some_and(|is_final| *is_final)
    }

    /// The attribute of a type that has a short name and no namespace, and its number.
    #[inline]
    pub fn attribute(&self, of: &PackedType, local: &[u8]) -> Option<(usize, &PackedUse)> {
        let letters = letters(local);
        let uses = self.uses.get(of.uses.0 as usize..of.uses.1 as usize)?;
        uses.iter().enumerate().find(|(_, one)| one.letters == letters && letters != NO_LETTERS)
    }
}

/// A name of at most eight bytes as one number. (No name has the byte 0.)
#[inline]
fn letters(name: &[u8]) -> u64 {
    match name.len() {
        0..=8 => name.iter().fold(0, |made, byte| made << 8 | u64::from(*byte)),
        _ => NO_LETTERS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_have_numbers_of_their_own() {
        let names = ["V", "S", "DN", "OT", "VS", "a", "aa", "nullFlav", "aaaaaaaa"];
        let numbers: std::collections::HashSet<u64> = names.iter().map(|name| letters(name.as_bytes())).collect();
        assert_eq!(numbers.len(), names.len());
        assert_eq!(letters(b"nullFlavor"), NO_LETTERS);
    }
}
