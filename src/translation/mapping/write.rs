//! XML on the way back: an element is begun only when something is in it, so that what is absent stays absent.

use super::leaf::Written;
use crate::xml::{Limits, Tree, Writer};

/// Writes elements that may turn out to be absent.
pub(super) struct Out {
    writer: Writer,
    /// Elements that are begun as soon as something is in them.
    pending: Vec<(&'static str, &'static str)>,
}

impl Out {
    pub fn new(prefixes: &'static [(&'static str, &'static str)]) -> Self {
        Self { writer: Writer::new(prefixes), pending: Vec::new() }
    }

    /// Begins an element that is absent if nothing comes.
    pub fn may_open(&mut self, namespace: &'static str, local: &'static str) {
        self.pending.push((namespace, local));
    }

    /// Ends an element; one with nothing in it is written when it is told to be there.
    pub fn close(&mut self, is_there: bool) {
        if is_there {
            self.begin();
        }
        if self.pending.pop().is_none() {
            self.writer.close();
        }
    }

    /// The elements that wait are there.
    pub fn begin(&mut self) {
        for (namespace, local) in self.pending.drain(..) {
            self.writer.open(namespace, local);
        }
    }

    /// An attribute of the element that was begun last.
    pub fn attribute(&mut self, name: &str, value: &str) {
        self.begin();
        self.writer.attribute(name, value);
    }

    /// One element with a value, and the namespace of the elements inside, if it has some.
    pub fn leaf(&mut self, namespace: &'static str, local: &'static str, written: &Written<'_>, of_groups: &'static str) {
        self.begin();
        if let Some(markup) = &written.markup {
            let (tree, _) = Tree::read(markup, &Limits::default());
            return tree.root().into_iter().for_each(|root| self.writer.copy(root));
        }
        self.writer.open(namespace, local);
        self.inside(of_groups, written);
        self.writer.close();
    }

    /// The attributes, text or elements of a value in the open element.
    fn inside(&mut self, namespace: &'static str, written: &Written<'_>) {
        for (name, value) in &written.attributes.0 {
            self.writer.attribute(name, value);
        }
        if let Some(text) = &written.text {
            self.writer.text(text);
        }
        self.lines(namespace, written);
    }

    /// Elements beside each other.
    pub fn lines(&mut self, namespace: &'static str, written: &Written<'_>) {
        self.begin();
        for line in &written.lines {
            self.writer.open(namespace, line.name);
            for (name, value) in &line.attributes.0 {
                self.writer.attribute(name, value);
            }
            if let Some(text) = &line.text {
                self.writer.text(text);
            }
            self.writer.close();
        }
    }

    /// An element that is there and empty.
    pub fn empty(&mut self, namespace: &'static str, local: &'static str) {
        self.begin();
        self.writer.open(namespace, local);
        self.writer.close();
    }

    /// Exact XML.
    pub fn copy(&mut self, xml: &str) {
        self.begin();
        let (tree, _) = Tree::read(xml, &Limits::default());
        if let Some(root) = tree.root() {
            self.writer.copy(root);
        }
    }

    pub fn finish(self) -> String {
        self.writer.finish()
    }
}
