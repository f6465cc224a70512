//! Elements of a message as they are written: namespaces, and the few forms that a value has.

use super::code::Code;
use crate::messages::msghead::model::NAMESPACE;
use crate::xml::{Draft, Node};

/// An element that holds nothing of what it was made from.
pub(super) type Element = Draft<'static>;

/// A namespace and the prefix that the field writes.
pub(super) struct Space {
    pub prefix: &'static str,
    pub name: &'static str,
}

const fn space(prefix: &'static str, name: &'static str) -> Space {
    Space { prefix, name }
}

pub(super) static MH: Space = space("", NAMESPACE);
pub(super) static FK1: Space = space("fk1", "http://www.kith.no/xmlstds/felleskomponent1");
pub(super) static B64: Space = space("b64", "http://www.kith.no/xmlstds/base64container");
pub(super) static DIALOG_1_0: Space = space("dia", "http://www.kith.no/xmlstds/dialog/2006-10-11");
pub(super) static DIALOG_1_1: Space = space("dia", "http://www.kith.no/xmlstds/dialog/2013-01-23");
pub(super) static PO: Space = space("po", "http://www.kith.no/xmlstds/po/poKomponent/2012-04-01");
pub(super) static EPJ1: Space = space("epj1", "http://www.kith.no/xmlstds/epj/epj1/2008-02-20");
pub(super) static EPJ2: Space = space("epj2", "http://www.kith.no/xmlstds/epj/epj2/2008-02-20");
pub(super) static EPJ3: Space = space("epj3", "http://www.kith.no/xmlstds/epj/epj3/2008-02-20");
pub(super) static META: Space = space("m1", "http://www.kith.no/xmlstds/epj/meta/2008-02-20");

impl Space {
    /// An empty element.
    pub fn element(&self, local: &str) -> Element {
        Draft::new(self.prefix, self.name, local)
    }

    /// An element with a text.
    pub fn text(&self, local: &str, text: &str) -> Element {
        self.element(local).with_text(&sendable(text))
    }

    /// An element of kind CS: a code without its list.
    pub fn cs(&self, local: &str, code: &Code) -> Element {
        self.element(local).with("V", &sendable(&code.v)).with("DN", sendable(&code.dn).trim())
    }

    /// An element of kind CV: a code with its list.
    pub fn cv(&self, local: &str, code: &Code) -> Element {
        let element =
            self.element(local).with("V", &sendable(&code.v)).with("S", &code.oid()).with("DN", sendable(&code.dn).trim());
        match code.original_text.as_deref() {
            Some(text) => element.with("OT", sendable(text).trim()),
            None => element,
        }
    }

    /// An element of kind TS: a point in time.
    pub fn ts(&self, local: &str, time: &str) -> Element {
        self.element(local).with("V", time)
    }
}

/// What XML may hold: FHIR's JSON may hold control characters.
fn sendable(text: &str) -> String {
    let may_stand = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\n' | '\t' | '\r');
    text.chars().filter(may_stand).collect()
}

/// Puts a part into an element, if there is one.
pub(super) fn put(into: &mut Element, part: impl Into<Option<Element>>) {
    if let Some(part) = part.into() {
        into.push(part);
    }
}

/// A copy of an element that borrows nothing.
pub(super) fn copy(node: Node<'_>) -> Element {
    let name = node.name();
    let mut made = Draft::new("", name.namespace, name.local);
    for (attribute, value) in node.attributes().filter(|(attribute, _)| !is_about_schemas(attribute.namespace)) {
        made = if attribute.namespace.is_empty() {
            made.with(attribute.local, value)
        } else {
            made.with_named("", attribute.namespace, attribute.local, value)
        };
    }
    let mut has_children = false;
    for child in node.children() {
        has_children = true;
        made.push(copy(child));
    }
    if has_children { made } else { made.with_text(&node.text()) }
}

fn is_about_schemas(namespace: &str) -> bool {
    namespace == "http://www.w3.org/2001/XMLSchema-instance"
}
