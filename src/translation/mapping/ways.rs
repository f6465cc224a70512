//! Where elements stand, for many elements of one document: what two ways have in common is written once.

use crate::xml::Node;

/// The way to the element that was asked for last.
#[derive(Default)]
pub(super) struct Ways<'t> {
    text: String,
    /// The elements on it, from the root, and how far the text goes to each.
    steps: Vec<(Node<'t>, usize)>,
}

impl<'t> Ways<'t> {
    /// The way to an element: see [`Node::path_with`].
    pub fn to<'p>(&mut self, node: Node<'t>, prefix: &dyn Fn(usize) -> Option<&'p str>) -> &str {
        self.reach(node, prefix);
        &self.text
    }

    /// As deep as the document may be.
    fn reach<'p>(&mut self, node: Node<'t>, prefix: &dyn Fn(usize) -> Option<&'p str>) {
        if let Some(at) = self.steps.iter().rposition(|(known, _)| *known == node) {
            self.steps.truncate(at + 1);
            return self.text.truncate(self.steps[at].1);
        }
        match node.parent() {
            Some(parent) => self.reach(parent, prefix),
            None => {
                self.steps.clear();
                self.text.clear();
            }
        }
        node.add_step(prefix, &mut self.text);
        self.steps.push((node, self.text.len()));
    }
}
