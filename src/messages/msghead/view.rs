//! What a check on a MsgHead sees: the typed head, its type, and the tree to point into.

use super::model::MsgHead;
use crate::messages::kind::MessageType;
use crate::messages::place;
use crate::rulebook::{Finding, Rule};
use crate::xml::Node;

/// A MsgHead under judgement.
pub struct HeadView<'t> {
    /// The head as types.
    pub model: &'t MsgHead,
    /// Which type of message it is.
    pub kind: &'static MessageType,
    /// The root element.
    pub root: Node<'t>,
}

impl HeadView<'_> {
    /// A finding that points at an element by its local names from the root.
    pub fn finding(&self, rule: &'static Rule, steps: &[&str]) -> Finding {
        place::finding(rule, self.root, steps)
    }
}
