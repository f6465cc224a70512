//! One rule of translation: what differs between two versions, and what becomes of it on the way; and what rules tell.

use super::edition::Edition;
use super::wanted::Wanted;
use crate::domain::Text;
use crate::routing::LossClass;
use crate::xml::{Draft, Node};

/// What a rule does with a document.
pub type Run = for<'t> fn(&mut Draft<'t>, &mut Told<'t>);

/// What a rule does on the way in one direction.
#[derive(Clone, Copy)]
pub enum Step {
    /// It changes what differs.
    Does(Run),
    /// It puts back what it once told in labels.
    PutsBack(Run),
}

/// A rule.
pub struct Rule {
    /// Its number: `P-02`.
    pub id: &'static str,
    /// Its name: the sentence that says what differs, as its file is called.
    pub name: &'static str,
    /// What becomes of it, in words.
    pub what: Text,
    /// The element or attribute that it is about.
    pub before: &'static str,
    /// Where it stands afterwards.
    pub after: &'static str,
    /// The worst that it does to content; `Lossless` where nothing is displaced.
    pub class: LossClass,
    /// Document and section.
    pub source: &'static str,
    /// From the newer version to the older one; `None` when there is nothing to do.
    pub down: Option<Step>,
    /// From the older version to the newer one.
    pub up: Option<Step>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

/// What the rules are told about a document, and what they tell.
pub struct Told<'t> {
    /// Into which version.
    pub to: Edition,
    /// What is wanted, and what is known beside the message.
    pub wanted: Wanted<'t>,
    /// `MsgInfo` of the message; `None` for a document alone.
    pub head: Option<Node<'t>>,
    /// What they told so far.
    pub entries: Vec<Entry<'t>>,
}

/// What a rule did at an element of the original.
pub struct Entry<'t> {
    /// Which rule.
    pub rule: &'static Rule,
    /// What became of it.
    pub class: LossClass,
    /// Where; `None` for the document as such.
    pub at: Option<Node<'t>>,
}

impl<'t> Told<'t> {
    /// Nothing told yet.
    pub fn new(to: Edition, wanted: Wanted<'t>, head: Option<Node<'t>>) -> Self {
        Self { to, wanted, head, entries: Vec::new() }
    }

    /// Tells what became of something at an element.
    pub fn tell(&mut self, rule: &'static Rule, class: LossClass, at: Option<Node<'t>>) {
        self.entries.push(Entry { rule, class, at });
    }
}
