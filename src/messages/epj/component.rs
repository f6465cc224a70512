//! A component of a record: an element with a `komponentID`.

use crate::xml::Node;

/// Namespace of the table of contents of an extract.
pub const EXTRACT: &str = "http://www.kith.no/xmlstds/epj/EPJEkstrakt/2008-02-20";
const META: &str = "http://www.kith.no/xmlstds/epj/meta/2008-02-20";

/// The id of a component.
pub fn id<'t>(component: Node<'t>) -> &'t str {
    component.attribute("komponentID").unwrap_or_default().trim()
}

/// Whether it only points at a component: a node in the table of contents.
pub fn is_pointer(component: Node<'_>) -> bool {
    component.is(EXTRACT, "Node")
}

/// One of its attributes in the namespace of all components.
pub fn meta<'t>(component: Node<'t>, local: &str) -> Option<&'t str> {
    component.attributes().find(|(name, _)| name.is(META, local)).map(|(_, value)| value)
}
