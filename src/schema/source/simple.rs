//! `simpleType` as written, and the choice between a named and an inline type.

use super::super::simple::FacetKind;
use super::super::trouble::SchemaTroubleKind;
use super::super::vocabulary::SCHEMA;
use super::element::Scope;
use super::syntax::{FacetDef, SimpleBody, SimpleDef, TypeDef, TypeRef};
use crate::xml::Node;

/// Everything that narrows a simple type.
pub(super) const FACETS: [&str; 12] = [
    "length",
    "minLength",
    "maxLength",
    "pattern",
    "enumeration",
    "whiteSpace",
    "minInclusive",
    "maxInclusive",
    "minExclusive",
    "maxExclusive",
    "totalDigits",
    "fractionDigits",
];

impl Scope<'_> {
    pub fn simple_type(&mut self, node: Node<'_>) -> Option<SimpleDef> {
        self.allow_attributes(node, &["name", "final"]);
        let at = self.at(node);
        let Some((kind, body)) = self.only_child(node, &["restriction", "list", "union"]) else {
            self.raise(node, SchemaTroubleKind::Unknown { construct: "simpleType without content".into() });
            return None;
        };
        let body = match kind {
            "restriction" => self.simple_restriction(body)?,
            "list" => self.list(body)?,
            _ => self.union(body),
        };
        Some(SimpleDef { at, body })
    }

    fn simple_restriction(&mut self, node: Node<'_>) -> Option<SimpleBody> {
        self.allow_attributes(node, &["base"]);
        let allowed: Vec<&str> = FACETS.into_iter().chain(["simpleType"]).collect();
        let children = self.children(node, &allowed);
        let inline = children.iter().find(|(name, _)| *name == "simpleType").map(|(_, child)| *child);
        let base = self.one_type(node, "base", inline)?;
        let facets = self.facets(&children);
        Some(SimpleBody::Restriction { base, facets })
    }

    pub fn facets(&mut self, children: &[(&str, Node<'_>)]) -> Vec<FacetDef> {
        let mut facets = Vec::new();
        for (name, child) in children {
            let Some(kind) = FacetKind::by_name(name) else { continue };
            self.allow_attributes(*child, &["value", "fixed"]);
            self.children(*child, &[]);
            let is_fixed = self.flag(*child, "fixed");
            match child.attribute("value") {
                Some(value) => facets.push(FacetDef { at: self.at(*child), kind, value: value.into(), is_fixed }),
                None => self.raise(*child, SchemaTroubleKind::BadAttribute { attribute: "value", wanted: "there" }),
            }
        }
        facets
    }

    fn list(&mut self, node: Node<'_>) -> Option<SimpleBody> {
        self.allow_attributes(node, &["itemType"]);
        let inline = self.only_child(node, &["simpleType"]).map(|(_, child)| child);
        Some(SimpleBody::List { item: self.one_type(node, "itemType", inline)? })
    }

    fn union(&mut self, node: Node<'_>) -> SimpleBody {
        self.allow_attributes(node, &["memberTypes"]);
        let at = self.at(node);
        let named = node.attribute("memberTypes").unwrap_or_default().split_ascii_whitespace();
        let mut members: Vec<TypeRef> =
            named.filter_map(|name| self.resolve(node, name)).map(|name| TypeRef::Named(name, at)).collect();
        for (_, child) in self.children(node, &["simpleType"]) {
            members.extend(self.simple_type(child).map(|simple| TypeRef::Inline(Box::new(TypeDef::Simple(simple)))));
        }
        if members.is_empty() {
            self.raise(node, SchemaTroubleKind::Unknown { construct: "union without members".into() });
        }
        SimpleBody::Union { members }
    }

    /// A simple type by name or inline: exactly one of them.
    fn one_type(&mut self, node: Node<'_>, attribute: &'static str, inline: Option<Node<'_>>) -> Option<TypeRef> {
        match (node.attribute(attribute).is_some(), inline) {
            (true, None) => {
                let at = self.at(node);
                self.reference(node, attribute).map(|name| TypeRef::Named(name, at))
            }
            (false, Some(child)) => self.simple_type(child).map(|simple| TypeRef::Inline(Box::new(TypeDef::Simple(simple)))),
            (true, Some(_)) | (false, None) => {
                let wanted = "there, or a simpleType inside instead";
                self.raise(node, SchemaTroubleKind::BadAttribute { attribute, wanted });
                None
            }
        }
    }

    /// A type of XML Schema itself.
    pub fn builtin(&mut self, node: Node<'_>, local: &str) -> TypeRef {
        TypeRef::Named(self.vocabulary.add(SCHEMA, local), self.at(node))
    }
}
