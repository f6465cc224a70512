//! What every element of a right message touches, close together: copies of what the set says elsewhere. Where something is
//! unusual or wrong, the set itself is asked.

use super::parts::{Content, Element, ElementId, Text, Type, TypeId};
use super::vocabulary::{NameKey, Vocabulary};

/// No automaton runs over the children.
pub(super) const NO_TRACK: u32 = u32::MAX;

/// The tables.
#[derive(Default)]
pub(super) struct Packed {
    /// The local names of all steps that are too long for [`Letters`].
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
    letters: Letters,
    /// Where the local name stands in [`Packed::names`], if it is long.
    long_name: u32,
    pub target: u32,
    pub particle: u32,
    pub element: ElementId,
    pub of: TypeId,
    /// See [`super::parts::Element::is_ordinary`].
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
    /// Nothing at all.
    Empty,
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
    short_name: u64,
    /// Every text is right.
    pub takes_all: bool,
    pub has_patterns: bool,
    pub text: Text,
    /// More than the text must be looked at.
    pub is_special: bool,
}

impl Packed {
    /// Copies what is needed from the parts of a set that is complete otherwise.
    pub fn of(vocabulary: &Vocabulary, types: &[Type], elements: &[Element]) -> Self {
        let mut new = Self::default();
        for one in types {
            let (mode, track, text) = match &one.content {
                Content::Empty => (Mode::Empty, NO_TRACK, None),
                Content::Simple(text) => (Mode::Text, NO_TRACK, Some(text.clone())),
                Content::All(all) => (if all.mixed { Mode::Mixed } else { Mode::Elements }, NO_TRACK, None),
                Content::Model(model) => {
                    let mode = if model.mixed { Mode::Mixed } else { Mode::Elements };
                    (mode, model.first_state, None)
                }
            };
            let first_use = new.uses.len() as u32;
            new.uses.extend(one.attributes.uses.iter().map(|rule| PackedUse {
                short_name: rule.short_name,
                takes_all: rule.text.simple.takes_every_text(),
                has_patterns: rule.text.simple.has_patterns(),
                text: rule.text.clone(),
                is_special: rule.text.is_special || rule.preset.is_some(),
            }));
            let uses = (first_use, new.uses.len() as u32);
            new.types.push(PackedType { mode, track, text, required: one.attributes.required, uses });
            new.add_model(vocabulary, elements, &one.content);
        }
        new
    }

    fn add_model(&mut self, vocabulary: &Vocabulary, elements: &[Element], content: &Content) {
        let Content::Model(model) = content else { return };
        self.finals.extend(model.states.iter().map(|state| state.is_final));
        for step in &model.steps {
            let (element, local) = (&elements[step.element.0 as usize], vocabulary.local_name(step.name));
            let (letters, long_name) = (Letters::of(local.as_bytes()), self.names.len() as u32);
            if !letters.are_all() {
                self.names.extend(local.bytes());
            }
            self.steps.push(PackedStep {
                name: step.name,
                letters,
                long_name,
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
        let is_same = step.letters == Letters::of(local)
            && step.name.namespace() == namespace
            && (step.letters.are_all() || self.names.get(step.long_name as usize..)?.starts_with(local));
        is_same.then_some(step)
    }

    #[inline]
    pub fn of_type(&self, id: TypeId) -> &PackedType {
        &self.types[id.0 as usize]
    }

    #[inline]
    pub fn is_final(&self, track: u32, state: u32) -> bool {
        self.finals.get(track.wrapping_add(state) as usize).is_some_and(|is_final| *is_final)
    }

    /// The attributes that a type may have.
    #[inline]
    pub fn uses(&self, of: TypeId) -> PackedUses<'_> {
        let (first, end) = self.of_type(of).uses;
        PackedUses(&self.uses[first as usize..end as usize])
    }
}

/// The attributes of a type.
pub(super) struct PackedUses<'p>(&'p [PackedUse]);

impl<'p> PackedUses<'p> {
    /// The one that has a short name and no namespace, and its number. Attributes mostly come in the order of the schema:
    /// those from `next` on are tried first.
    #[inline]
    pub fn find(&self, next: usize, short_name: u64) -> Option<(usize, &'p PackedUse)> {
        let expected = self.0.get(next).filter(|one| one.short_name == short_name).map(|one| (next, one));
        let found = expected.or_else(|| self.0.iter().enumerate().find(|(_, one)| one.short_name == short_name))?;
        // Long names and those with a prefix have no number.
        (short_name != 0).then_some(found)
    }
}

/// The length of a name and its letters: all of them up to sixteen bytes, else the first and last eight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Letters {
    first: u64,
    last: u64,
    len: u32,
}

impl Letters {
    /// Without a loop: names are short, and where they end is hard to foretell.
    #[inline]
    fn of(name: &[u8]) -> Self {
        let len = name.len() as u32;
        if let (Some(first), Some(last)) = (name.first_chunk::<8>(), name.last_chunk::<8>()) {
            return Self { first: u64::from_le_bytes(*first), last: u64::from_le_bytes(*last), len };
        }
        if let (Some(first), Some(last)) = (name.first_chunk::<4>(), name.last_chunk::<4>()) {
            return Self { first: u64::from(u32::from_le_bytes(*first)), last: u64::from(u32::from_le_bytes(*last)), len };
        }
        let at = |index: usize| name.get(index).map_or(0, |byte| u64::from(*byte));
        Self { first: at(0), last: at(1) << 8 | at(2), len }
    }

    fn are_all(self) -> bool {
        self.len <= 16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_up_to_sixteen_bytes_are_told_apart_by_their_letters() {
        let long = "abcdefghijklmnopq";
        let mut names: Vec<String> = (0..=16).map(|len| long[..len].to_owned()).collect();
        names.extend((0..=16).map(|len| "a".repeat(len)));
        names.extend((0..16).map(|at| format!("{}x{}", &long[..at], &long[at + 1..16])));
        names.sort();
        names.dedup();
        let letters: std::collections::BTreeSet<String> =
            names.iter().map(|name| format!("{:?}", Letters::of(name.as_bytes()))).collect();
        assert_eq!(letters.len(), names.len());
        assert!(names.iter().all(|name| Letters::of(name.as_bytes()).are_all()));
        assert!(!Letters::of(long.as_bytes()).are_all());
    }
}
