//! Any bytes through the door: nothing panics, and what was read without trouble reads the same after writing.
#![no_main]

use bindeledd::xml::{Limits, Node, Tree, Writer, decode};
use libfuzzer_sys::fuzz_target;

/// Asks everything a caller may ask of an element.
fn look_at(node: Node<'_>) {
    assert!(node.place() >= node.parent().map_or(node.place(), Node::place), "a child begins behind its parent");
    assert!(node.has_text() || node.text().trim_matches([' ', '\t', '\n', '\r']).is_empty());
    assert!(node.path(&[("p", "urn:p")]).starts_with('/'));
    assert!(node.attributes().all(|(name, _)| !name.local.is_empty()));
}

fn look_at_all(root: Node<'_>) {
    let mut open = vec![root];
    // Places and paths are counted from the start each time: a few hundred elements show what thousands would.
    for _ in 0..300 {
        let Some(node) = open.pop() else { return };
        look_at(node);
        open.extend(node.children());
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode(bytes) else { return };
    let (tree, trouble) = Tree::read(&text, &Limits::default());
    let Some(root) = tree.root() else {
        assert!(trouble.is_some(), "a document without trouble has a root");
        return;
    };
    look_at_all(root);

    // Also what was salvaged before a trouble can be written, and then it is a whole document.
    let mut writer = Writer::new(&[]);
    writer.copy(root);
    let written = writer.finish();
    // Written once more than read, a document may grow beyond a limit: escaping is longer than CDATA.
    let roomy = Limits { document_bytes: usize::MAX, attribute_value_bytes: usize::MAX, ..Limits::default() };
    let (again, trouble) = Tree::read(&written, &roomy);
    assert_eq!(trouble, None);
    assert!(again.root().is_some_and(|copy| copy.says_the_same_as(root)));
});
