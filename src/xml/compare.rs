//! Whether two elements say the same. It knows what XML counts as difference: prefixes and attribute order are none.

use super::tree::Node;

impl Node<'_> {
    /// Whether both subtrees have the same names, attributes (in any order) and text in the same structure.
    /// Prefixes, comments and the choice of references or CDATA make no difference; white space does.
    pub fn says_the_same_as(self, other: Node<'_>) -> bool {
        let mut pairs = vec![(self, other)];
        while let Some((mine, theirs)) = pairs.pop() {
            if mine.name() != theirs.name() || !same_attributes(mine, theirs) {
                return false;
            }
            let (mut left, mut right) = (mine.inside(), theirs.inside());
            loop {
                match (left.next(), right.next()) {
                    (None, None) => break,
                    (Some(a), Some(b)) if a.as_text() == b.as_text() => {
                        if a.as_text().is_none() {
                            pairs.push((a, b));
                        }
                    }
                    _ => return false,
                }
            }
        }
        true
    }
}

fn same_attributes(mine: Node<'_>, theirs: Node<'_>) -> bool {
    mine.attributes().count() == theirs.attributes().count()
        && mine.attributes().all(|attribute| theirs.attributes().any(|other| other == attribute))
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limits;
    use super::super::tree::Tree;

    fn same(left: &str, right: &str) -> bool {
        let (left, right) = (Tree::read(left, &Limits::default()).0, Tree::read(right, &Limits::default()).0);
        left.root().expect("root").says_the_same_as(right.root().expect("root"))
    }

    #[test]
    fn prefixes_attribute_order_comments_and_cdata_make_no_difference() {
        assert!(same(
            "<a xmlns='urn:1' x='1' y='2'>t&lt;<b/><!-- c --></a>",
            "<p:a xmlns:p='urn:1' y='2' x='1'>t<![CDATA[<]]><p:b></p:b></p:a>"
        ));
    }

    #[test]
    fn names_attributes_text_and_order_make_a_difference() {
        for other in [
            "<a><c/><b/></a>",
            "<a><b/></a>",
            "<a><b/><c/> </a>",
            "<a x=''><b/><c/></a>",
            "<a xmlns='u'><b/><c/></a>",
            "<a><b><c/></b></a>",
        ] {
            assert!(!same("<a><b/><c/></a>", other), "{other}");
        }
        assert!(!same("<a x='1'/>", "<a x='2'/>"));
    }
}
