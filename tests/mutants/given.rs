//! What a mutation is made from and what comes out: a document's outline, dice, and the changed text with its right lines.

use super::edit::Edit;
use super::outline::{Attribute, Element, Outline};
use bindeledd::domain::{Chance, Seeded};
use std::ops::Range;

/// Dice from a seed.
pub struct Dice(Seeded);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Seeded::new(seed))
    }

    pub fn below(&self, limit: usize) -> usize {
        (self.0.next_u64() % limit as u64) as usize
    }

    pub fn one_of<T: Clone>(&self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[self.below(from.len())].clone())
    }
}

/// What every mutation is given.
pub struct Given<'a> {
    pub outline: &'a Outline<'a>,
    pub dice: &'a Dice,
    /// Namespace and name of the types that a schema has named, for `xsi:type`.
    pub types: &'a [(String, String)],
}

/// A changed document.
pub struct Made {
    pub text: String,
    /// The lines on which a first complaint is right; empty when nobody can say.
    pub lines: Vec<usize>,
}

impl<'a> Given<'a> {
    pub fn elements(&self) -> impl Iterator<Item = (usize, &'a Element)> {
        self.outline.elements.iter().enumerate()
    }

    /// An element that fits.
    pub fn element(&self, fits: impl Fn(&Element) -> bool) -> Option<(usize, &'a Element)> {
        let fitting: Vec<usize> = self.elements().filter(|(_, element)| fits(element)).map(|(index, _)| index).collect();
        self.dice.one_of(&fitting).map(|index| (index, &self.outline.elements[index]))
    }

    /// An element that is not the root.
    pub fn inner(&self, fits: impl Fn(&Element) -> bool) -> Option<(usize, &'a Element)> {
        self.element(|element| element.parent.is_some() && fits(element))
    }

    /// An attribute that is no namespace declaration, with its element.
    pub fn attribute(&self, fits: impl Fn(&Attribute) -> bool) -> Option<(&'a Element, &'a Attribute)> {
        let outline = self.outline;
        let own = |element: &'a Element| element.attributes.iter().map(move |attribute| (element, attribute));
        let told = |attribute: &Attribute| !outline.str(&attribute.name).starts_with("xmlns");
        let fitting: Vec<_> =
            outline.elements.iter().flat_map(own).filter(|(_, attribute)| told(attribute) && fits(attribute)).collect();
        self.dice.one_of(&fitting)
    }

    pub fn edit(&self) -> Edit<'a> {
        Edit::of(self.outline.text)
    }

    pub fn str(&self, range: &Range<usize>) -> &'a str {
        self.outline.str(range)
    }

    /// The prefix of an element's name with its colon, or nothing.
    pub fn prefix(&self, element: &Element) -> &'a str {
        let name = self.str(&element.name);
        name.find(':').map_or("", |colon| &name[..=colon])
    }

    /// The name of an element without its prefix.
    pub fn local(&self, element: &Element) -> Range<usize> {
        element.name.start + self.prefix(element).len()..element.name.end
    }

    /// Where an element's absence shows: at the next sibling, where that is none at the parent's end, or at the parent itself.
    pub fn absence(&self, index: usize) -> Vec<usize> {
        let parent = self.outline.parent(&self.outline.elements[index]);
        let behind = self.outline.next_sibling(index).map(|next| next.start.start);
        behind.or(parent.map(Element::close)).into_iter().chain(parent.map(|parent| parent.start.start)).collect()
    }

    /// Places between the children of a structure, the last of them before its end tag.
    pub fn gap(&self, element: &Element) -> usize {
        let starts = element.children.iter().map(|child| self.outline.elements[*child].start.start);
        let gaps: Vec<usize> = starts.chain([element.close()]).collect();
        gaps[self.dice.below(gaps.len())]
    }
}

/// Finishes an edit.
pub fn made(edit: Edit<'_>, places: &[usize]) -> Option<Made> {
    let (text, lines) = edit.done(places);
    Some(Made { text, lines })
}

/// One changed character of a name, as a typing error makes it.
pub fn typo(name: &str, dice: &Dice) -> String {
    let letters: Vec<char> = name.chars().collect();
    let at = dice.below(letters.len());
    match dice.below(4) {
        0 => letters.iter().collect::<String>() + "e",
        1 if letters.len() > 1 => letters.iter().enumerate().filter(|(n, _)| *n != at.max(1)).map(|(_, c)| *c).collect(),
        2 => letters.iter().enumerate().flat_map(|(n, c)| std::iter::repeat_n(*c, if n == at { 2 } else { 1 })).collect(),
        _ => letters.iter().enumerate().map(|(n, c)| if n == at && n > 0 { 'x' } else { *c }).collect::<String>() + "_",
    }
}

/// The same name with the case of its first letter, or of all of them, turned.
pub fn other_case(name: &str, dice: &Dice) -> String {
    let turned = |c: char| if c.is_lowercase() { c.to_uppercase().collect::<String>() } else { c.to_lowercase().collect() };
    let first = name.chars().next().map(turned).unwrap_or_default();
    match dice.below(3) {
        0 => name.to_uppercase(),
        1 => name.to_lowercase(),
        _ => first + &name.chars().skip(1).collect::<String>(),
    }
}
