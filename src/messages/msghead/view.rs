//! What a check on a MsgHead sees: the typed head, its type, and the tree to point into.

use super::model::{MsgHead, NAMESPACE};
use crate::messages::kind::MessageType;
use crate::messages::place;
use crate::messages::survey::Survey;
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
    /// Its elements by what they are.
    pub survey: Survey<'t>,
}

/// A check on a message with a MsgHead, by itself.
pub enum Check {
    /// One that can find one thing.
    One(fn(&HeadView<'_>) -> Option<Finding>),
    /// One that can find many: on every identifier, every code. No more than [`MANY`] are kept.
    Each(fn(&HeadView<'_>) -> Vec<Finding>),
}

/// So many findings of one rule say enough about one message; a message made of nothing but mistakes must not fill the log.
pub const MANY: usize = 50;

impl Check {
    /// What it finds.
    pub fn run(&self, view: &HeadView<'_>, findings: &mut Vec<Finding>) {
        match self {
            Self::One(check) => findings.extend(check(view)),
            Self::Each(check) => findings.extend(check(view).into_iter().take(MANY)),
        }
    }
}

impl HeadView<'_> {
    /// A finding that points at an element by its local names from the root.
    pub fn finding(&self, rule: &'static Rule, steps: &[&str]) -> Finding {
        place::finding(rule, self.root, steps)
    }

    /// The root element of the clinical message: the first child of `Content` in the first `Document`.
    pub fn content(&self) -> Option<Node<'_>> {
        let document = self.root.child(NAMESPACE, "Document")?;
        document.child(NAMESPACE, "RefDoc")?.child(NAMESPACE, "Content")?.children().next()
    }

    /// The `Document` elements, in order.
    pub fn documents(&self) -> impl Iterator<Item = Node<'_>> {
        self.root.children_named(NAMESPACE, "Document")
    }

    /// `MsgInfo/Type/@V`.
    pub fn type_code(&self) -> &str {
        &self.model.info.message_type.v
    }
}
