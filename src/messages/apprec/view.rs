//! What a check on an AppRec sees.

use super::model::AppRec;
use crate::messages::place;
use crate::rulebook::{Finding, Rule};
use crate::xml::Node;

/// An AppRec under judgement.
pub struct AppRecView<'t> {
    /// The receipt as types.
    pub model: &'t AppRec,
    /// The root element.
    pub root: Node<'t>,
}

impl AppRecView<'_> {
    /// A finding that points at an element by its local names from the root.
    pub fn finding(&self, rule: &'static Rule, steps: &[&str]) -> Finding {
        place::finding(rule, self.root, steps)
    }
}
