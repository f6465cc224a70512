//! Ways into the content of a clinical message: by local name, for the versions of one class differ in namespace only.

use crate::xml::Node;

/// The first child with this local name, in whatever namespace.
pub fn child<'t>(node: Node<'t>, local: &str) -> Option<Node<'t>> {
    node.children().find(|child| child.name().local == local)
}

/// The children with this local name.
pub fn each<'t>(node: Node<'t>, local: &'static str) -> impl Iterator<Item = Node<'t>> + use<'t> {
    node.children().filter(move |child| child.name().local == local)
}

/// The first element on a path of local names.
pub fn at<'t>(node: Node<'t>, steps: &[&str]) -> Option<Node<'t>> {
    steps.iter().try_fold(node, |node, step| child(node, step))
}

/// Whether there is anything to read in the element or in what it contains.
pub fn says_something(node: Node<'_>) -> bool {
    node.descendants().any(Node::has_text)
}

/// Whether the child with this local name is there and says something.
pub fn has(node: Node<'_>, local: &str) -> bool {
    child(node, local).is_some_and(says_something)
}

/// The code of a coded value: its attribute `V`.
pub fn code(node: Node<'_>) -> &str {
    node.attribute("V").unwrap_or_default().trim()
}

/// The number of the code list of a coded value: what stands last in its OID. Empty when no list is named, as in a CS.
pub fn list(node: Node<'_>) -> &str {
    let oid = node.attribute("S").unwrap_or_default().trim();
    oid.strip_prefix("2.16.578.1.12.4.1.1.").unwrap_or_default()
}

/// Whether a coded value has this code of this list.
pub fn is_code(node: Node<'_>, number: &str, wanted: &str) -> bool {
    list(node) == number && code(node) == wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::{Limits, Tree};

    #[test]
    fn content_is_found_by_local_names_in_any_namespace() {
        let text = "<a xmlns='one'><b xmlns='two'><c V=' 5 ' S='2.16.578.1.12.4.1.1.9069'/><d>1</d><e> </e></b></a>";
        let (tree, _) = Tree::read(text, &Limits::default());
        let b = at(tree.root().expect("a root"), &["b"]).expect("b");
        let c = child(b, "c").expect("c");
        assert!(is_code(c, "9069", "5") && !is_code(c, "9068", "5"));
        assert!(has(b, "d") && !has(b, "e") && !has(b, "f"));
        assert!(at(b, &["c", "d"]).is_none());
    }
}
