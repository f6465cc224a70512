//! Where elements stand, for many elements of one document: what two ways have in common is written once, and siblings are counted
//! on from the one before.

use crate::xml::Node;

/// The way to the element that was asked for last.
#[derive(Default)]
pub(super) struct Ways<'t> {
    text: String,
    /// The elements on it, from the root.
    steps: Vec<Step<'t>>,
}

#[derive(Clone, Copy)]
struct Step<'t> {
    node: Node<'t>,
    /// Which one of its name it is, if there are several.
    number: Option<usize>,
    /// How far the text goes to it.
    length: usize,
}

impl<'t> Ways<'t> {
    /// The way to an element: see [`Node::path_with`].
    pub fn to<'p>(&mut self, node: Node<'t>, prefix: &dyn Fn(usize) -> Option<&'p str>) -> &str {
        self.reach(node, prefix);
        &self.text
    }

    /// As deep as the document may be. What the way went on to from there before.
    fn reach<'p>(&mut self, node: Node<'t>, prefix: &dyn Fn(usize) -> Option<&'p str>) -> Option<Step<'t>> {
        if let Some(at) = self.steps.iter().rposition(|known| known.node == node) {
            let went_on_to = self.steps.get(at + 1).copied();
            self.steps.truncate(at + 1);
            self.text.truncate(self.steps[at].length);
            return went_on_to;
        }
        let beside = match node.parent() {
            Some(parent) => self.reach(parent, prefix),
            None => {
                self.steps.clear();
                self.text.clear();
                None
            }
        };
        let earlier = beside.filter(|beside| beside.node.offset() < node.offset());
        let number = node.number(earlier.and_then(|earlier| Some((earlier.node, earlier.number?))));
        node.add_step_of(number, prefix, &mut self.text);
        self.steps.push(Step { node, number, length: self.text.len() });
        None
    }
}
