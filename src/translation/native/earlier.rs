//! Messages that a Bundle refers to, read from the store: their envelope, and their XML for what is copied from it.

use super::known::Known;
use crate::domain::MsgId;
use crate::messages::{Parsed, reread};
use crate::xml::{Limits, Node, Tree};

/// A stored message.
pub(super) struct Earlier<'k> {
    pub parsed: Parsed,
    tree: Tree<'k>,
}

/// Reads what was looked up. What cannot be read is as if it were not there.
pub(super) fn read(known: &Known) -> Vec<Earlier<'_>> {
    let limits = Limits::default();
    let one = |xml| {
        let (tree, _) = Tree::read(xml, &limits);
        let parsed = reread(str::as_bytes(xml), &limits)?;
        Some(Earlier { parsed, tree })
    };
    known.messages.iter().filter_map(|message| one(message.xml.as_str())).collect()
}

impl<'k> Earlier<'k> {
    pub fn is(&self, msg_id: &str) -> bool {
        self.parsed.envelope.msg_id == MsgId::new(msg_id)
    }

    pub fn type_code(&self) -> &str {
        &self.parsed.envelope.type_code
    }

    /// `MsgInfo/Patient`.
    pub fn patient(&self) -> Option<Node<'_>> {
        child(head_of(self.tree.root()?)?, "Patient")
    }

    /// The root element in the first document.
    pub fn content(&self) -> Option<Node<'_>> {
        ["Document", "RefDoc", "Content"]
            .iter()
            .try_fold(self.tree.root()?, |node, step| child(node, step))?
            .children()
            .next()
    }

    /// The questions that it asks.
    pub fn questions(&self) -> Vec<Node<'_>> {
        let content = self.content();
        content
            .into_iter()
            .flat_map(|content| content.children())
            .filter(|node| node.name().local == "Foresporsel")
            .collect()
    }
}

/// The first child of a local name, in whatever namespace.
pub(super) fn child<'t>(node: Node<'t>, local: &str) -> Option<Node<'t>> {
    node.children().find(|child| child.name().local == local)
}

/// `MsgInfo` of a MsgHead.
pub(super) fn head_of(root: Node<'_>) -> Option<Node<'_>> {
    child(root, "MsgInfo")
}
