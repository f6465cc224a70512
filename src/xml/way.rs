//! The way to an element, for people and for what points at it later.

use super::scan::is_same;
use super::tree::Node;
use std::fmt::Write as _;

impl<'t> Node<'t> {
    /// The way to this element as XPath, such as `/mh:MsgHead/mh:Document[2]`. A number is given where siblings have the
    /// same name. `prefixes` are pairs of prefix and namespace; a namespace without one is written `*:local`.
    pub fn path(self, prefixes: &[(&str, &str)]) -> String {
        let names: Vec<&str> = self.namespaces().collect();
        let prefix = |number: usize| prefixes.iter().find(|(_, known)| *known == names[number]).map(|(prefix, _)| *prefix);
        self.path_with(&prefix)
    }

    /// The same, when the prefixes of the document's namespaces are known by their numbers.
    pub fn path_with<'p>(self, prefix: &dyn Fn(usize) -> Option<&'p str>) -> String {
        let mut path = String::with_capacity(200);
        self.add_path(prefix, &mut path);
        path
    }

    /// As deep as the document may be: see [`Limits::depth_elements`](super::limits::Limits::depth_elements).
    fn add_path<'p>(self, prefix: &dyn Fn(usize) -> Option<&'p str>, path: &mut String) {
        if let Some(parent) = self.parent() {
            parent.add_path(prefix, path);
        }
        self.add_step(prefix, path);
    }

    /// Adds the last step of that way, from the parent to this element: `/mh:Document[2]`.
    pub fn add_step<'p>(self, prefix: &dyn Fn(usize) -> Option<&'p str>, path: &mut String) {
        let (namespace, local) = (self.namespace_number(), self.local());
        path.push('/');
        if namespace != 0 {
            let prefix = prefix(namespace).unwrap_or("*");
            path.push_str(prefix);
            path.push_str(if prefix.is_empty() { "" } else { ":" });
        }
        path.push_str(local);
        let Some(parent) = self.parent() else { return };
        let is_alike =
            |node: &Node<'t>| node.namespace_number() == namespace && is_same(node.local().as_bytes(), local.as_bytes());
        let mut same = parent.inside().filter(is_alike);
        let before = same.by_ref().take_while(|node| *node != self).count();
        if before > 0 || same.next().is_some() {
            // Writing to a String cannot fail.
            let _ = write!(path, "[{}]", before + 1);
        }
    }
}
