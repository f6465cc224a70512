//! One entry of a report: which rule, where, and what became of it. Nothing of what the message says stands in it.

use super::rule::Rule;
use crate::domain::Language;
use crate::routing::LossClass;
use crate::xml::Place;

/// What a rule did at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loss {
    /// Which rule.
    pub rule: &'static Rule,
    /// What became of it here; never worse than the rule says.
    pub class: LossClass,
    /// Line and column in the text as it came. `None` for what is beyond the many that are located.
    pub place: Option<Place>,
    /// XPath in the field's usual prefixes.
    pub path: Option<String>,
}

impl Loss {
    /// The rule's words.
    pub fn words(&self, language: Language) -> &'static str {
        self.rule.what.in_language(language)
    }
}

/// The worst of some losses.
pub fn worst(losses: &[Loss]) -> LossClass {
    losses.iter().map(|loss| loss.class).max().unwrap_or(LossClass::Lossless)
}

/// The rules of some losses, each once, in the order in which they came: `P-01, P-06`.
pub fn rules_of<'l>(losses: impl IntoIterator<Item = &'l Loss>) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for loss in losses {
        if !ids.contains(&loss.rule.id) {
            ids.push(loss.rule.id);
        }
    }
    ids.join(", ")
}
