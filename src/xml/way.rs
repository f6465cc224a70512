//! The way to an element, for people and for what points at it later.

use super::tree::Node;

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
        self.add_step_of(self.number(None), prefix, path);
    }

    /// The same, when its [number](Node::number) is known.
    pub fn add_step_of<'p>(self, number: Option<usize>, prefix: &dyn Fn(usize) -> Option<&'p str>, path: &mut String) {
        let namespace = self.namespace_number();
        path.push('/');
        if namespace != 0 {
            let prefix = prefix(namespace).unwrap_or("*");
            path.push_str(prefix);
            path.push_str(if prefix.is_empty() { "" } else { ":" });
        }
        path.push_str(self.local());
        if let Some(number) = number {
            path.extend(["[", &number.to_string(), "]"]);
        }
    }

    /// Which one it is of the siblings of its name, from 1; none where it is the only one. An earlier sibling and its number, when
    /// somebody knows them, save counting from the first.
    pub fn number(self, earlier: Option<(Node<'t>, usize)>) -> Option<usize> {
        let parent = self.parent()?;
        if let Some((earlier, number)) = earlier.filter(|(one, _)| one.has_name_of(self)) {
            let between = earlier.behind().take_while(|node| *node != self).filter(|node| node.has_name_of(self)).count();
            return Some(number + between + 1);
        }
        let mut same = parent.inside().filter(|node| node.has_name_of(self));
        let before = same.by_ref().take_while(|node| *node != self).count();
        (before > 0 || same.next().is_some()).then_some(before + 1)
    }
}
