//! One `Ident` of a message, as it is written: in the head, in felleskomponent1, or in a class of a dialogue or PLO message.

use crate::messages::msghead::{HeadView, MANY};
use crate::messages::place;
use crate::rulebook::{Detail, Finding, Fix, Rule};
use crate::xml::Node;
use std::borrow::Cow;

/// Other content (FHIR, XHTML) may have elements of the same name with another meaning.
const OURS: &str = "http://www.kith.no/xmlstds";

/// An `Ident`: `Id` and `TypeId`. What is missing is for the schema to say.
#[derive(Clone, Copy)]
pub struct Ident<'t> {
    /// The element itself.
    pub node: Node<'t>,
    /// `Id`.
    pub id: Node<'t>,
    /// `TypeId`.
    pub type_id: Node<'t>,
}

/// Every complete `Ident` of a message.
pub fn all<'v>(head: &'v HeadView<'_>) -> impl Iterator<Item = Ident<'v>> {
    head.survey.idents.iter().filter_map(|node| Ident::of(*node))
}

/// Those of one type, by `TypeId/@V`, that are not empty.
pub fn of_type<'v>(head: &'v HeadView<'_>, type_code: &'static str) -> impl Iterator<Item = Ident<'v>> {
    all(head).filter(move |ident| ident.type_code() == type_code && ident.id.has_text())
}

/// The findings of a rule that judges every identifier of one type; what is wrong is for `wrong` to say.
pub fn judge(
    head: &HeadView<'_>,
    rule: &'static Rule,
    type_code: &'static str,
    wrong: impl Fn(&str) -> Option<Detail>,
) -> Vec<Finding> {
    let finding = |ident: Ident<'_>| Some(place::finding_at(rule, ident.id).found(wrong(&ident.written())?));
    of_type(head, type_code).filter_map(finding).take(MANY).collect()
}

impl<'t> Ident<'t> {
    fn of(node: Node<'t>) -> Option<Self> {
        let namespace = node.name().namespace;
        let (id, type_id) = (node.child(namespace, "Id")?, node.child(namespace, "TypeId")?);
        namespace.starts_with(OURS).then_some(Self { node, id, type_id })
    }

    /// `Id`, as it is written.
    pub fn written(&self) -> Cow<'t, str> {
        self.id.text()
    }

    /// `TypeId/@V`.
    pub fn type_code(&self) -> &'t str {
        self.type_id.attribute("V").unwrap_or_default()
    }

    /// `TypeId/@S`, the OID of the list that the type is of.
    pub fn list(&self) -> &'t str {
        self.type_id.attribute("S").unwrap_or_default()
    }

    /// The child of this name of the person or organisation whose identifier it is.
    pub fn beside(&self, local: &str) -> Option<Node<'t>> {
        let owner = self.node.parent()?;
        owner.children().find(|child| child.name().local == local)
    }

    /// The edit that writes `Id` otherwise, where it stands in the text as it is read.
    pub fn rewritten(&self, id: String) -> Option<Fix> {
        Some(Fix::one(self.id.text_bytes()?, id))
    }
}

/// An identifier without the blanks and dots that people put between its digits.
pub fn plain(written: &str) -> String {
    written.chars().filter(|c| !c.is_whitespace() && *c != '.').collect()
}
